"""A shelf for tests: records in a table of their own, and the searches over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from models.search import engine
from models.search.engine import Search, Text

PRAGMAS = {"journal_mode": "wal", "synchronous": "off"}


class Shelf:
    """Records in a table of their own, and searches over it: what the book is to the search."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = self.open()
        with self.db.atomic("IMMEDIATE"):
            engine.create(self.db)
            self.db.execute_sql(
                "CREATE TABLE rec(id TEXT PRIMARY KEY, type, n INTEGER, project, body TEXT)"
            )
        self.search = Search(self.db, self.texts)

    def open(self) -> SqliteDatabase:
        """Another connection, as another process has one."""
        return SqliteDatabase(str(self.path), pragmas=PRAGMAS, check_same_thread=False)

    def texts(self, type: str, ids: Sequence[str]) -> list[Text]:
        """What `Search` asks its owner for."""
        marks = ",".join("?" * len(ids))
        sql = f"SELECT id, n, project, body FROM rec WHERE type=? AND id IN ({marks})"
        rows = self.db.execute_sql(sql, (type, *ids)).fetchall()
        return [
            (id, n, project, body.decode("utf-8", "surrogatepass")) for id, n, project, body in rows
        ]

    def save(self, id: str, body: str, n: int = 0, type: str = "fix", project: str = "p:1") -> None:
        """Save a record and mark it, in one transaction."""
        with self.db.atomic("IMMEDIATE"):
            row = (id, type, n or int(id), project, body.encode("utf-8", "surrogatepass"))
            self.db.execute_sql("INSERT OR REPLACE INTO rec VALUES(?, ?, ?, ?, ?)", row)
            engine.mark(self.db, type, id)

    def drop(self, id: str, type: str = "fix") -> None:
        """Void a record: it is not to be found any more."""
        with self.db.atomic("IMMEDIATE"):
            self.db.execute_sql("DELETE FROM rec WHERE id=?", (id,))
            engine.mark(self.db, type, id)

    def index(self) -> None:
        """Index all that waits."""
        while self.search.index_some():
            pass

    def ids(self, query: str, **options: Any) -> list[str]:
        """The ids found, newest first."""
        return [hit.id for hit in self.search.find(query, **options)]
