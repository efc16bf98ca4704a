"""The first migration of a hub makes what a new hub has, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.storage import format
from sync.hub.storage.database import HISTORY, MIGRATIONS, Base
from tests.support.table_shapes import shape


def test_a_hub_made_by_migrations_has_the_tables_of_a_new_one(
    request: pytest.FixtureRequest, tmp_path: Path, url: str
) -> None:
    new = Base(url)
    new.create()
    other = (
        f"sqlite:///{tmp_path}/made.sqlite3"
        if new.sqlite
        else str(request.getfixturevalue("postgres")())
    )
    made = Base(other)
    assert "0001_baseline" in format.migrate(made.db, MIGRATIONS, HISTORY)
    assert shape(made.db) == shape(new.db) != {}
    assert ("hub_format" in made.db.get_tables()) is not made.sqlite
    made.close()
    new.close()
