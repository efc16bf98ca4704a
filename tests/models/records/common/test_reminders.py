"""Reminders of every type: rival versions, each once, while there are two."""

from __future__ import annotations

from models.book.book import Book
from models.records.common.reminders import contested
from tests.support.checks import template


def test_one_version_after_the_other_reminds_nobody(book: Book, project: str) -> None:
    template(book, project, follows=template(book, project))
    assert list(contested(book)) == []


def test_versions_beside_each_other_are_both_brought_to_mind(book: Book, project: str) -> None:
    one = template(book, project)
    two = template(book, project, follows=one)
    three = template(book, project, publish=False)
    # What only a merge brings: both follow the first.
    with book.store.write():
        sql = "UPDATE template SET follows=?, state='published' WHERE id=?"
        book.store.db.execute_sql(sql, (one, three))
    assert {reminder.record.id for reminder in contested(book)} == {two, three}
