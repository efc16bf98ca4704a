"""Working calendars: leads and the general office put a year in use, fixed while it is."""

from __future__ import annotations

from pathlib import Path

from models.calendar import working_calendar
from tests.support.staff import Staff, no_add, no_edit, no_move

DATA = Path(working_calendar.__file__).parent / "data"


def content() -> str:
    """The text of a year file that can be read."""
    return sorted(DATA.glob("*.csv"))[-1].read_text(encoding="utf-8")


def test_leads_and_the_general_office_keep_the_calendar(staff: Staff) -> None:
    for book in (staff.engineer, staff.quality, staff.desk):
        assert "总经部" in no_add(book, "calendar_year", {"name": "2027"})
    for book in (staff.manager, staff.department, staff.office):
        made = book.add("calendar_year", {"name": "2027"})
        assert (made.state, made.project) == ("draft", None)


def test_a_year_is_used_with_its_content_and_fixed_then(staff: Staff) -> None:
    made = staff.office.add("calendar_year", {"name": "2027"})
    assert "内容" in no_move(staff.office, made.id, "use")
    staff.office.edit(made.id, {"content": content()})
    assert "需要角色" in no_move(staff.engineer, made.id, "use")
    assert staff.manager.move(made.id, "use").state == "in_use"
    assert "不能修改" in no_edit(staff.office, made.id, content="")


def test_a_year_is_withdrawn_and_may_be_used_again(staff: Staff) -> None:
    made = staff.office.add("calendar_year", {"name": "2027", "content": content()})
    staff.office.move(made.id, "use")
    assert staff.manager.move(made.id, "withdraw").state == "withdrawn"
    assert "不能修改" in no_edit(staff.office, made.id, name="2028")
    assert staff.office.move(made.id, "use").state == "in_use"


def test_what_cannot_be_read_is_not_put_to_use(staff: Staff) -> None:
    made = staff.office.add("calendar_year", {"name": "2027", "content": "not a calendar"})
    assert no_move(staff.office, made.id, "use")
    assert staff.office.get(made.id).state == "draft"
