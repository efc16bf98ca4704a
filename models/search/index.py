"""The index's tables: the documents, their tokens, and the marks of what waits to be indexed.

SQLite 3.40 deletes from an index without content only given the exact old text: `doc` keeps it.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from itertools import repeat

from peewee import SqliteDatabase

from models.frozen import NamedTuple
from models.search import text

_MARKS = "".join(c for c in string.punctuation if c not in "'\"")
TABLES = (
    "CREATE TABLE IF NOT EXISTS doc(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " type TEXT NOT NULL, project TEXT NOT NULL, body TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS doc_fts USING fts5(text, content='',"
    f""" columnsize=0, detail=none, tokenize="ascii tokenchars '{_MARKS}''""'")""",
    "CREATE TABLE IF NOT EXISTS dirty(record TEXT PRIMARY KEY, type TEXT NOT NULL,"
    " stamp INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS doc_layout(name TEXT NOT NULL)",
)
# Merging in small steps of our own bounds the longest write: automatic merges took 50 ms.
SETTINGS = (("automerge", 0), ("crisismerge", 64), ("usermerge", 8))
MARK = (
    "INSERT INTO dirty(record, type, stamp) VALUES(?, ?, random())"
    " ON CONFLICT(record) DO UPDATE SET stamp = random()"
)
PUT = "INSERT INTO doc_fts(rowid, text) VALUES(?, ?)"
TAKE = "INSERT INTO doc_fts(doc_fts, rowid, text) VALUES('delete', ?, ?)"


class Doc(NamedTuple):
    """A record as the index holds it, or is to hold it; `body` is folded."""

    n: int
    id: str
    type: str
    project: str
    body: str

    def tokens(self) -> str:
        """What the index is given, and must be given again to take it out."""
        return " ".join(text.tokens(self.body, self.type, self.project))


class Dirty(NamedTuple):
    """A record saved since it was indexed; every save gives another stamp."""

    id: str
    type: str
    stamp: int


def create(db: SqliteDatabase) -> None:
    """Make the tables that are missing (inside a write transaction)."""
    for sql in TABLES:
        db.execute_sql(sql)
    for name, value in SETTINGS:
        db.execute_sql("INSERT INTO doc_fts(doc_fts, rank) VALUES(?, ?)", (name, value))
    if db.execute_sql("SELECT 1 FROM doc_layout").fetchone() is None:
        start_over(db)


def mark(db: SqliteDatabase, type: str, id: str) -> None:
    """Note that a record was saved, inside the save's own transaction: a new one, an edit, a void.

    The stamp shows the indexer that a text it has read is no longer the newest.
    """
    db.connection().execute(MARK, (id, type))


def mark_many(db: SqliteDatabase, type: str, ids: Iterable[str]) -> None:
    """`mark` for a batch that arrives at once."""
    db.connection().executemany(MARK, zip(ids, repeat(type), strict=False))


def start_over(db: SqliteDatabase) -> None:
    """Empty the index and mark all that was in it (inside a write transaction).

    Searches stay complete meanwhile, only slower, until `index_some` has worked through it.
    """
    db.execute_sql("INSERT OR IGNORE INTO dirty SELECT id, type, random() FROM doc")
    db.execute_sql("DELETE FROM doc")
    db.execute_sql("INSERT INTO doc_fts(doc_fts) VALUES('delete-all')")
    db.execute_sql("DELETE FROM doc_layout")
    db.execute_sql("INSERT INTO doc_layout VALUES(?)", (text.LAYOUT,))


def replace(db: SqliteDatabase, mark: Dirty, doc: Doc | None, tokens: str) -> bool:
    """Put a record's document in place of the old one (inside a write transaction).

    `tokens` are the document's, cut beforehand. False, and nothing done, when the record was
    saved again since it was read.
    """
    sql = "DELETE FROM dirty WHERE record=? AND stamp=? RETURNING 1"
    if db.execute_sql(sql, (mark.id, mark.stamp)).fetchone() is None:
        return False
    sql = "DELETE FROM doc WHERE id=? RETURNING n, id, type, project, body"
    for row in db.execute_sql(sql, (mark.id,)).fetchall():
        old = Doc._make(row)
        db.execute_sql(TAKE, (old.n, old.tokens()))
    if doc is not None:
        n = _free(db, doc.n)
        db.execute_sql("INSERT INTO doc VALUES(?, ?, ?, ?, ?)", doc._replace(n=n))
        db.execute_sql(PUT, (n, tokens))
    return True


def _free(db: SqliteDatabase, n: int) -> int:
    """The next row id that no record of another type has taken."""
    while db.execute_sql("SELECT 1 FROM doc WHERE n=?", (n,)).fetchone():
        n += 1
    return n
