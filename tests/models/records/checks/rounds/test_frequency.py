"""Frequency: the period of a day, and what falls due in a span of days."""

from __future__ import annotations

from datetime import date

import pytest

from models.book.book import Book
from models.records.checks.rounds import due_rounds, frequency
from models.text.words import language
from tests.support.check_days import FRIDAY, MONDAY
from tests.support.checks import template

pytestmark = pytest.mark.usefixtures("morning")


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        ("daily", date(2026, 11, 20), date(2026, 11, 20)),
        (None, date(2026, 11, 20), date(2026, 11, 20)),
        ("weekly", date(2026, 11, 16), date(2026, 11, 22)),
        ("monthly", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarterly", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(every: str | None, first: date, last: date) -> None:
    assert frequency.period(every, FRIDAY) == (first, last)
    assert frequency.period("monthly", date(2024, 2, 29)) == (date(2024, 2, 1), date(2024, 2, 29))


def test_what_falls_due_in_a_week(book: Book, project: str) -> None:
    template(book, name_zh="日检", on_days=None, rounds=2)
    template(book, name_zh="周检", frequency="weekly", on_days=None)
    template(book, name_zh="月检", frequency="monthly", on_days=None)
    (of,) = due_rounds.mine(book)
    found = frequency.due_count(book.store, of, MONDAY, date(2026, 11, 29))
    assert [(t.name(), n) for t, n in found] == [("日检", 10), ("周检", 1)]
    found = frequency.due_count(book.store, of, date(2026, 11, 30), date(2026, 12, 6))
    assert [(t.name(), n) for t, n in found] == [("日检", 10), ("周检", 1), ("月检", 1)]
    language.now = "en"
    assert found[0][0].name() == "Room, daily"
