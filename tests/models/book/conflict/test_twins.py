"""Twins: records of one ref that are not void, by type; a ref of two types is none."""

from __future__ import annotations

from models.book.book import Book
from models.book.conflict.twins import twins


def written_elsewhere(book: Book, type: str, project: str, ref: str) -> str:
    """A record with a ref, as another device would have added it: no look-up finds the first."""
    values = {"phenomenon": "x"} if type in ("fix", "escalation") else {"name": "x"}
    id = book.add(type, values, project=project).id
    with book.store.write():
        book.store.db.execute_sql(f'UPDATE "{type}" SET ref=? WHERE id=?', (ref, id))
    return id


def test_only_living_records_of_one_type_are_twins(book: Book, project: str) -> None:
    first, second = (written_elsewhere(book, "fix", project, "a:1") for _ in range(2))
    written_elsewhere(book, "fix", project, "a:2")
    written_elsewhere(book, "escalation", project, "a:1")
    (found,) = twins(book.store)
    assert (found.ref, [one.id for one in found.records]) == ("a:1", [first, second])
    book.void(first, "重复")
    assert [*twins(book.store)] == []
    book.restore(first)
    assert len([*twins(book.store)]) == 1
