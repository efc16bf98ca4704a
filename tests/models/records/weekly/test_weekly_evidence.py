"""Evidence of the weekly reports: how many of the quarter's weeks were issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.checks.quarterly.question_evidence import Evidence, Quarter, evidence


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A Friday in the middle of a quarter."""
    with time_machine.travel(instant(date(2026, 10, 23), 540) / 1000, tick=False):
        yield


def found(book: Book, project: str) -> Evidence:
    quarter = Quarter(project, date(2026, 10, 1), date(2026, 12, 31))
    (one,) = [e for e in evidence(book, "documents", quarter) if "周报" in str(e.text)]
    return one


def test_the_weeks_that_are_over_are_counted(book: Book, project: str) -> None:
    assert str(found(book, project).text) == "项目周报应有 3 份，已签发 0 份"
    made = book.add("weekly_report", {"week": "2026-W41"}, project=project)
    assert found(book, project).records == ()
    book.move(made.id, "issue", comment="补签")
    one = found(book, project)
    assert one.records == (made.id,) and "已签发 1 份" in str(one.text)
