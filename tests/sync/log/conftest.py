"""A database with the tables of a book, and the versions of one space in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from models.book.people import People
from models.storage.store import Store
from sync.log.version_lookup import VersionLookup
from sync.workspace import workspace
from tests.sync.log.logged import NOW, SPACE


@pytest.fixture
def db(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """The database, empty."""
    store = Store(tmp_path / "book.sqlite3")
    store.create()
    with store.write():
        workspace.create_tables(store)
    yield store.db
    store.close()


@pytest.fixture
def names(db: SqliteDatabase) -> VersionLookup:
    """The versions of the space, on that database."""
    return VersionLookup(db.connection(), People(db), SPACE, NOW)
