"""The service report on the page of a project."""

from __future__ import annotations

from models.book.book import Book
from tests.support.project_lines import section


def test_the_newest_service_report_is_named(book: Book, project: str) -> None:
    made = book.add("service_report", {"quarter": "2026-Q3"}, project=project)
    assert made.id in {line.key for line in section(book, project, "reports")}
