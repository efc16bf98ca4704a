"""The customer's voice on the page of a project."""

from __future__ import annotations

from models.book.book import Book
from tests.support.project_lines import section, texts


def test_complaints_that_are_not_closed_are_named(book: Book, project: str) -> None:
    assert texts(section(book, project, "customer")) == ["无|"]
    made = book.add("complaint", {"subject": "夜间无人接听"}, project=project)
    (line,) = section(book, project, "customer")
    assert (line.key, str(line.state)) == (made.id, "已受理，待确认")
