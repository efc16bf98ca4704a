"""Answers: one for each item and piece of equipment, changed while the sheet is open."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from models.text.words import Refused
from tests.support import checks
from tests.support.staff import Staff, last_change, no_add, no_edit


@pytest.fixture
def sheet(book: Book, project: str) -> Record:
    """A sheet of a template in use."""
    template = checks.template(book, project)
    day = {"template": template, "day": "2026-11-20", "round": 1}
    return book.add("sheet", day, project=project)


@pytest.fixture
def item(book: Book, sheet: Record) -> str:
    """Its item that is answered with a reading."""
    return checks.items(book, sheet.values()["template"])[1]


def test_an_item_is_answered_once_for_each_piece_of_equipment(
    book: Book, sheet: Record, item: str
) -> None:
    values = {"sheet": sheet.id, "item": item, "result": "ok", "reading": "22"}
    made = book.add("answer", values)
    assert made.project == sheet.project
    assert made.number in no_add(book, "answer", values)
    site = book.add("site", {"name": "机房"}).id
    device = book.add("equipment", {"name": "UPS", "site": site}).id
    assert book.add("answer", {**values, "device_row": device}).id != made.id


@pytest.mark.parametrize("absent", ["sheet", "item"])
def test_an_answer_needs_its_sheet_and_item(
    book: Book, sheet: Record, item: str, project: str, absent: str
) -> None:
    values = {"sheet": sheet.id, "item": item}
    del values[absent]
    assert "需要填写" in no_add(book, "answer", values, project)


def test_reading_reason_and_verdict_are_written_as_one_value(
    book: Book, sheet: Record, item: str
) -> None:
    made = book.add("answer", {"sheet": sheet.id, "item": item, "result": "ok", "reading": "24"})
    book.edit(made.id, {"reading": "28.5", "result": "not_ok"})
    outcome = {"result": "not_ok", "reading": "28.5", "reason": None}
    assert last_change(book, made.id) == {"outcome": outcome}


def test_an_answer_is_settled_with_its_sheet(
    book: Book, staff: Staff, sheet: Record, item: str
) -> None:
    for one in checks.items(book, sheet.values()["template"]):
        answer = book.add("answer", {"sheet": sheet.id, "item": one, **checks.fine(book, one)})
    book.move(sheet.id, "submit")
    assert "重新打开" in no_edit(staff.engineer, answer.id, remark="补充")
    book.move(sheet.id, "reopen")
    assert staff.engineer.edit(answer.id, {"remark": "补充"}).values()["remark"] == "补充"


def test_only_the_declared_results_are_taken(book: Book, sheet: Record, item: str) -> None:
    with pytest.raises(Refused, match="只能是以下之一"):
        book.add("answer", {"sheet": sheet.id, "item": item, "result": "maybe"})
