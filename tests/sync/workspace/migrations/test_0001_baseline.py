"""The first migration of a book makes what a new book has."""

from __future__ import annotations

from pathlib import Path

from models.storage import format
from models.storage.store import Store
from sync.workspace.setup import begin
from sync.workspace.workspace import MIGRATIONS
from tests.support.table_shapes import shape


def test_a_book_made_by_migrations_has_the_tables_of_a_new_one(tmp_path: Path) -> None:
    new = begin(tmp_path / "new", name="测试员")
    made = Store(tmp_path / "made.sqlite3")
    with made.write():
        assert "0001_baseline" in format.migrate(made.db, MIGRATIONS)
    made.grow()
    assert shape(made.db) == shape(new.store.db)
    assert {"meta", "change", "head", "transition", "quarantine", "fix"} <= shape(made.db).keys()
    made.close()
    new.close()
