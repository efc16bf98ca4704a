"""Reminders of duplicate rounds: one for each round, and none where there is one sheet."""

from __future__ import annotations

from models.book.book import Book
from models.derived.revision_copy import new_revision
from models.records.checks import reminders
from tests.support import checks


def test_one_is_given_for_each_round_done_twice(book: Book, project: str) -> None:
    old = checks.template(book, project)
    values = {"day": book.today.isoformat(), "round": 1}
    first = book.add("sheet", {**values, "template": old}, project=project)
    assert list(reminders.duplicates(book)) == []
    fresh = new_revision(book, book.get(old))
    book.move(fresh.id, "publish")
    book.add("sheet", {**values, "template": fresh.id}, project=project)
    assert [one.record.id for one in reminders.duplicates(book)] == [first.id]
