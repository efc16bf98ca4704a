"""The weekly report on the page of a project."""

from __future__ import annotations

from models.book.book import Book
from tests.support.project_lines import section


def test_the_newest_report_is_opened_else_the_page_of_the_week(book: Book, project: str) -> None:
    (line,) = section(book, project, "reports")
    assert line.place == "project_week"
    for week in ("2026-W46", "2026-W47"):
        made = book.add("weekly_report", {"week": week}, project=project)
    (line,) = section(book, project, "reports")
    assert line.key == made.id
