"""Quarterly checks of tests, answered as far as a test wants them."""

from __future__ import annotations

from models.book.book import Book
from models.book.rows import child_rows
from models.records.checks.quarterly.quarterly_answer import QuarterlyAnswer
from models.schema.record import Record
from tests.support.staff import attach

QUARTER = {"quarter": "2026-Q4"}


def check(book: Book, project: str) -> Record:
    """A check of the last quarter of 2026."""
    return book.add("quarterly_check", QUARTER, project=project)


def questions(book: Book, made: Record) -> dict[str, Record]:
    """Question -> its row."""
    found = child_rows.rows_of(book.store, made, QuarterlyAnswer)
    return {str(row.values()["question"]): row for row in found if row.void is None}


def report(book: Book, project: str) -> str:
    """The service report of the quarter; its id."""
    return book.add("service_report", {**QUARTER, "summary": "平稳"}, project=project).id


def answered(book: Book, made: Record, *but: str) -> None:
    """Every question with yes, except some."""
    if made.project and not made.values()["service_report"]:
        book.edit(made.id, {"service_report": report(book, made.project)})
    book.add("spare_part", {"check": made.id, "part": "光模块", "verdict": "enough"})
    file = attach(book, made.id)
    for name, row in questions(book, made).items():
        if name not in but:
            book.move(row.id, "yes", {"evidence": file})
