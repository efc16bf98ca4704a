"""Sheets: one for each round of a day, submitted by those on site, reviewed by another person."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from tests.support import checks
from tests.support.staff import Staff, no_add, no_edit, no_move


@pytest.fixture
def sheet(staff: Staff, book: Book, project: str) -> Record:
    """A sheet of an engineer with every item answered."""
    template = checks.template(book, project, rounds=2)
    day = {"template": template, "day": "2026-11-20", "round": 1}
    made = staff.engineer.add("sheet", day, project=project)
    for item in checks.items(book, template):
        found = checks.fine(book, item)
        staff.engineer.add("answer", {"sheet": made.id, "item": item, **found})
    return made


def test_a_round_of_a_day_has_one_sheet(staff: Staff, project: str, sheet: Record) -> None:
    values = sheet.values()
    again = {name: values[name] for name in ("template", "day", "round")}
    assert sheet.number in no_add(staff.colleague, "sheet", again, project)
    second = staff.colleague.add("sheet", {**again, "round": 2}, project=project)
    assert second.id != sheet.id and second.state == "open"


@pytest.mark.parametrize("absent", ["template", "day", "round"])
def test_a_sheet_needs_what_makes_it_the_same_one(
    book: Book, project: str, sheet: Record, absent: str
) -> None:
    values = {"template": sheet.values()["template"], "day": "2026-11-23", "round": 1}
    del values[absent]
    assert "需要填写" in no_add(book, "sheet", values, project)


@pytest.mark.parametrize(("move", "state"), [("submit", "submitted"), ("reopen", "open")])
def test_those_on_site_submit_and_take_back(
    staff: Staff, sheet: Record, move: str, state: str
) -> None:
    if move == "reopen":
        staff.engineer.move(sheet.id, "submit")
    for book in (staff.quality, staff.desk, staff.department):
        assert "需要角色" in no_move(book, sheet.id, move)
    assert staff.colleague.move(sheet.id, move).state == state


def test_a_submitted_sheet_is_reviewed_by_a_lead_or_returned(staff: Staff, sheet: Record) -> None:
    staff.engineer.move(sheet.id, "submit")
    assert "重新打开" in no_edit(staff.engineer, sheet.id, remark="补充")
    assert "需要角色" in no_move(staff.engineer, sheet.id, "review")
    assert "理由" in no_move(staff.manager, sheet.id, "return")
    staff.manager.move(sheet.id, "return", comment="温度请复测")
    staff.engineer.move(sheet.id, "submit")
    assert staff.department.move(sheet.id, "review").state == "reviewed"
    assert "不能修改" in no_edit(staff.manager, sheet.id, remark="补充")
    assert "理由" in no_move(staff.manager, sheet.id, "return")
    assert staff.manager.move(sheet.id, "return", comment="补测湿度").state == "returned"


def test_nobody_reviews_the_sheet_they_submitted(staff: Staff, sheet: Record) -> None:
    staff.manager.move(sheet.id, "submit")
    assert "另一个人" in no_move(staff.manager, sheet.id, "review")
    assert staff.department.move(sheet.id, "review").state == "reviewed"
