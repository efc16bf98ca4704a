"""Reminders of what every type may have: versions that a merge has brought beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book import permissions
from models.derived import revisions
from models.queries.waiting.agenda import Reminder, reminds

if TYPE_CHECKING:
    from models.book.book import Book


@reminds
def contested(book: Book) -> Iterator[Reminder]:
    """Two approved versions of one line wait for those who may write them, until one is retired."""
    for type in revisions.types():
        for id in revisions.versions(book.store, type).contested():
            record = book.get(id)
            if permissions.writing(book.people, book.me, record.kind, record.project) is None:
                yield Reminder("decide", record, None)
