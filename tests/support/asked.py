"""Asked: what a database is asked while something is done, for tests of work done only once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from models.storage.store import Store


@contextmanager
def asked(store: Store, words: str) -> Iterator[list[str]]:
    """The statements that hold these words, as they are run."""
    found: list[str] = []
    run: Any = store.db.execute_sql

    def spy(sql: str, *more: Any) -> Any:
        if words in sql:
            found.append(sql)
        return run(sql, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.db, "execute_sql", spy)
        yield found
