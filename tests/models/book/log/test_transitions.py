"""The moves of a record in their order."""

from __future__ import annotations

from models.book.book import Book
from models.book.log.transitions import made_by
from tests.support.escalations import ESCALATED


def test_moves_are_listed_with_who_when_and_why(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "甲"}, project=project)
    assert made_by(book.store, made.id) == []
    book.move(made.id, "fix", {"cause": "老化", "correction": "更换"}, comment="已换电池")
    book.move(made.id, "escalate", ESCALATED)
    first, second = made_by(book.store, made.id)
    assert (first.move, first.origin, first.state) == ("fix", "open", "fixed")
    assert (first.author, first.comment, first.alone) == (book.me, "已换电池", False)
    assert (second.origin, second.state, second.comment) == ("fixed", "escalated", None)
    assert first.at <= second.at
