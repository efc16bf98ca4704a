"""First steps: a problem that is recorded says that the book is at work."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.queries.waiting.first_steps import first_steps


@pytest.mark.parametrize("type", ["fix", "escalation"])
def test_a_recorded_problem_ends_them(book: Book, project: str, type: str) -> None:
    assert first_steps(book)
    book.add(type, {"phenomenon": "告警"}, project=project)
    assert first_steps(book) == []
