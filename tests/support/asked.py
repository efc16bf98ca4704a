"""Asked: what a database is asked while something is done, for tests of work done only once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.storage.store import Store


@contextmanager
def asked(store: Store, words: str) -> Iterator[list[str]]:
    """The statements that hold these words, as they are run: with the values in their places."""
    found: list[str] = []
    connection = store.db.connection()
    connection.set_trace_callback(lambda sql: found.append(sql) if words in sql else None)
    try:
        yield found
    finally:
        connection.set_trace_callback(None)
