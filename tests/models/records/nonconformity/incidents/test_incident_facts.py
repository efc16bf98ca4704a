"""Facts of incidents: the course, the losses, a level that is not the rules'."""

from __future__ import annotations

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import facts_of, json_of
from tests.support import incidents
from tests.support.incidents import BEGAN
from tests.support.staff import Staff


def told(book: Book, id: str) -> dict[str, str]:
    """Label -> text; those without a label by their text."""
    found = facts_of(book, book.get(id), StateView(book.store))
    return {str(one.label or one.text): one.text for one in found}


def test_the_course_and_the_losses_are_shown(staff: Staff, project: str) -> None:
    made = incidents.noted(staff.engineer, project)
    loss = {"incident": made.id, "bearer": "customer", "item": "停产", "amount": "CNY 1500"}
    staff.engineer.add("incident_loss", loss)
    found = told(staff.engineer, made.id)
    assert found["损失合计"] == "客户 1,500.00 元"
    assert found["时间线"].split("\n")[0] == "11-20 10:00  事故开始"


def test_a_level_that_is_not_the_rules_is_told(staff: Staff, project: str) -> None:
    made = incidents.levelled(staff, project, level="three")
    assert "与规则得出的二级（较大）不同" in told(staff.engineer, made.id)
    loss = {"incident": made.id, "bearer": "company", "item": "赔偿", "amount": "CNY 300000"}
    staff.engineer.add("incident_loss", loss)
    again = [text for text in told(staff.engineer, made.id) if "重新定级" in text]
    assert len(again) == 1 and "一级（重大）" in again[0]
    said = json_of(StateView(staff.engineer.store), staff.engineer.get(made.id))
    assert (said["level_now"], said["losses"]) == ("one", ["company CNY 300000"])


def test_what_is_learnt_before_it_is_levelled_is_told(staff: Staff, project: str) -> None:
    made = incidents.reported(staff, project)
    staff.engineer.edit(made.id, {"reputation": "public"})
    found = told(staff.quality, made.id)
    assert any("一级（重大）" in text for text in found)
    assert any("对商誉的影响" in text for text in found)  # changed since it was reported


def test_a_long_course_says_how_long_it_is(staff: Staff, project: str) -> None:
    made = incidents.noted(staff.engineer, project)
    for n in range(35):
        event = {"incident": made.id, "happened_at": BEGAN + n * 60_000, "what": f"第 {n} 步"}
        staff.engineer.add("incident_event", event)
    lines = told(staff.engineer, made.id)["时间线"].split("\n")
    assert len(lines) == 31 and "共 37 条" in lines[-1]


def test_what_a_closed_incident_lacks_is_marked_for_those_who_read_its_files(
    staff: Staff, project: str
) -> None:
    incident = incidents.reviewed(staff, project)
    file = incidents.final(staff, incident)
    staff.quality.move(incident.id, "close", {"no_actions": "已退役"})
    assert not any("还没有生效" in text for text in told(staff.office, incident.id))
    staff.office.move(file.id, "reopen", comment="有新事实")
    for book in (staff.quality, staff.department, staff.office):
        assert any("还没有生效" in text for text in told(book, incident.id))
    assert not any("还没有生效" in text for text in told(staff.colleague, incident.id))
