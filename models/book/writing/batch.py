"""Batch: several separate saves that become durable together, for long streams of records.

Waiting for the disk is most of what a save costs. Each save of a batch keeps its own transaction
in the log, and one that is refused takes only itself back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.book.book import Book

Touched = set[tuple[str, str]]


@contextmanager
def batch(book: Book) -> Iterator[Callable[[], Touched]]:
    """All saves of the block are on the disk when it ends, or none of them.

    Those who wait for `book.saved` are called once, after the commit, with what was saved.
    """
    told, stayed = list(book.saved), Touched()
    book.saved[:] = [stayed.update]
    try:
        with book.store.write():
            yield lambda: stayed
    finally:
        book.saved[:] = told
    for tell in told:
        tell(stayed)


@contextmanager
def alone(book: Book) -> Iterator[None]:
    """One save within a batch: when it raises, only what it wrote is taken back."""
    with book.store.db.savepoint():
        yield
