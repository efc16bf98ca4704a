"""Rules of the weekly status: what submitting, issuing and accepting bring about."""

from __future__ import annotations

from typing import Any, cast

from models.book.book import Book
from models.records.weekly import problem_intake
from models.records.weekly.weekly_report import WeeklyReport, WeeklySupplement
from models.storage import rows
from tests.support.entry_weeks import W47, entry, fix, go, submitted, the


def issued(book: Book) -> WeeklyReport:
    """The project's week, issued."""
    made = book.ensure("weekly_report", {"week": W47}, project=the(book).id)
    return cast(WeeklyReport, book.move(made.id, "issue"))


def test_submitting_takes_the_weeks_problems_in_whatever_door_it_comes_by(
    book: Book, project: str, clock: Any
) -> None:
    fix(book, project, "UPS 告警")
    values = {"week": W47, "person": book.me, "progress": "x"}
    made = book.add("weekly", values, project=project)
    assert problem_intake.problems_of(book.store, made.id) == []
    book.move(made.id, "submit")
    (row,) = problem_intake.problems_of(book.store, made.id)
    assert row.phenomenon == "UPS 告警"


def test_a_report_notes_the_entries_that_it_is_issued_with(book: Book, clock: Any) -> None:
    made = submitted(book)
    report = issued(book)
    assert report.state == "issued"
    assert made.id in str(report.values())


def test_an_entry_accepted_after_the_issue_is_added_there(
    book: Book, project: str, clock: Any
) -> None:
    issued(book)
    go(clock, "11-24 09:00")
    made = submitted(book)
    assert rows.fetch(book.store, WeeklySupplement, "") == []
    book.move(made.id, "accept")
    (added,) = rows.fetch(book.store, WeeklySupplement, "")
    assert made.id in added.values().values()
    assert entry(book).weekly is not None
