"""Facts: drawing again gives the same, unless something of it was changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.book.derived_state import StateView
from models.calendar.business_dates import instant
from models.queries.facts import facts_of, json_of
from models.schema.record import Record
from tests.support.random_checks import draw, furnished
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False):
        yield


def said(book: Book, record: Record) -> list[str]:
    return [one.text for one in facts_of(book, record, StateView(book.store))]


def agrees(book: Book, record: Record) -> object:
    return json_of(StateView(book.store), record)["draw_agrees"]


@pytest.mark.shows(20)
def test_drawing_again_gives_the_same(staff: Staff, project: str) -> None:
    furnished(staff.manager, project)
    book = staff.department
    made = draw(book, project)
    assert said(book, made) == ["结果一致"] and agrees(book, made) is True
    book.move(made.id, "begin")
    row = book.store.row("SELECT id FROM random_check")
    assert row is not None
    check = book.get(str(row[0]))
    assert "结果一致" in said(staff.quality, check) and agrees(staff.quality, check) is True
    other = staff.colleague.me
    if check.values()["drawn_person"] == other:
        other = staff.engineer.me
    book.edit(check.id, {"person": other})
    assert "受检人员或现场与抽中的不同" in said(book, book.get(check.id))
    book.store.db.execute_sql("UPDATE random_check SET drawn_person=?", (other,))
    assert any("不一致" in text for text in said(book, book.get(check.id)))
    assert agrees(book, book.get(check.id)) is False


def test_one_that_was_not_drawn_says_so(staff: Staff, project: str) -> None:
    made = staff.department.add("random_check", {"day": "2026-11-20"}, project=project)
    assert said(staff.quality, made)[0] == "未经抽取，由检查人选定"
    assert agrees(staff.quality, made) is None
