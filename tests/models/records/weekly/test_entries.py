"""The weekly entry: owed, begun, handed in, and late or not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.book.book import Book
from models.book.log.transitions import made_by
from models.calendar.business_dates import instant
from models.records.weekly import entries
from models.schema.record import Record
from models.text.words import Refused
from tests.support.entry_weeks import (
    W47,
    W48,
    entry,
    go,
    submitted,
)

pytestmark = pytest.mark.usefixtures("clock")


def test_an_empty_week_says_so_and_can_be_handed_in(book: Book, project: str) -> None:
    weekly = submitted(book)
    assert (weekly.state, weekly.progress) == ("submitted", "本周没有检查、处置或升级。")
    with pytest.raises(Refused, match="还需要填写：本周进展"):
        made = book.add("weekly", {"week": W48, "person": book.me}, project=project)
        book.move(made.id, "submit")


@pytest.mark.parametrize(
    ("week", "due"),
    [
        ("2026-W47", (date(2026, 11, 23), 720)),
        ("2026-W40", (date(2026, 10, 8), 720)),  # the National Day holiday
        ("2026-W06", (date(2026, 2, 9), 720)),
        ("2026-W07", (date(2026, 2, 24), 720)),  # the Spring Festival
    ],
)
def test_due_at_noon_of_the_next_working_day(week: str, due: tuple[date, int]) -> None:
    assert entries.due_at(week) == instant(*due)
    assert entries.due_at(week, clock="09:30") == instant(due[0], 570)


def late(book: Book, weekly: Record, due: int) -> bool:
    """Whether an entry is late by now."""
    return entries.late(made_by(book.store, weekly.id), due, book.change_log.now())


def test_late_is_what_came_after_its_time_the_first_time(
    book: Book, project: str, clock: Any
) -> None:
    due = entries.due_at(W47)
    go(clock, "11-23 11:59")
    weekly = submitted(book)
    go(clock, "11-25 09:00")
    assert not late(book, weekly, due)
    book.move(weekly.id, "return", comment="补充")
    book.move(weekly.id, "submit")
    assert not late(book, weekly, due)
    go(clock, "11-30 12:01")
    assert late(book, submitted(book, W48), entries.due_at(W48))


def test_an_entry_is_begun_by_its_first_save(book: Book, project: str) -> None:
    assert entry(book).weekly is None
    made = entries.keep(book, entry(book), {"risks": "雨季"})
    assert (made.week, made.person, made.risks) == (W47, book.me, "雨季")
    book.void(made.id, "误建")
    assert entry(book).weekly is None
    assert entries.keep(book, entry(book), {"risks": "汛期"}).id == made.id


def test_what_changed_after_a_first_handing_in_is_told(book: Book, project: str) -> None:
    weekly = submitted(book)
    assert entries.changed_since(book.change_log.history(weekly.id)) is None
    book.move(weekly.id, "return", comment="写具体些")
    book.edit(weekly.id, {"progress": "更换电池 4 节", "risks": "雨季"})
    weekly = entries.submit(book, entry(book), {})
    assert entries.changed_since(book.change_log.history(weekly.id)) == ["progress", "risks"]
