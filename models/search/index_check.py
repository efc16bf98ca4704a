"""Whether the index still holds what the records say, and its repair: for `sitebook check`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import peewee

from models.search import text as searchtext
from models.search.engine import Search, by_type
from models.search.index import Doc, mark, start_over
from models.storage.store import places

BATCH = 200
BUMPS = 1 << 12
"""How far a document's row id may lie above its record's `n`."""

TERMS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.doc_terms USING fts5vocab(main, doc_fts, row)"
INDEXED = "SELECT rowid FROM doc_fts WHERE doc_fts MATCH ? ORDER BY rowid"

Named = tuple[str, str]


class Compared(NamedTuple):
    """What a comparison found before it repaired it; `sound` when there was nothing."""

    checked: int
    """Records compared."""
    wrong: int
    """Records whose indexed text, type, project or place differed, or that were missing."""
    extra: int
    """Indexed records that are not to be found any more."""
    rebuilt: bool
    """Whether the index held other tokens than its own texts give, and was made anew."""

    @property
    def sound(self) -> bool:
        """Nothing had to be repaired."""
        return not (self.wrong or self.extra or self.rebuilt)


def compare_and_rebuild(search: Search, known: Iterable[tuple[str, Sequence[str]]]) -> Compared:
    """Compare the index with every record that `known` names, (type, ids) each, and repair it.

    Waiting records are indexed first. Writes are short, so others may save meanwhile, and what
    is found wrong is only marked and indexed again. 100,000 records of 500 characters take some
    40 s when all is well.
    """
    while search.index_some(BATCH):
        pass
    rebuilt = not _tokens_agree(search)
    wrong: list[Named] = []
    seen: set[str] = set()
    for type, some in by_type((type, id) for type, ids in known for id in ids):
        wrong += _wrong(search, type, some, seen)
    rows = search.db.execute_sql("SELECT type, id FROM doc").fetchall()
    extra = [(type, id) for type, id in rows if id not in seen]
    with search.write():
        for type, id in (*wrong, *extra):
            mark(search.db, type, id)
        if rebuilt:
            start_over(search.db)
    while search.index_some(BATCH):
        pass
    return Compared(len(seen), len(wrong), len(extra), rebuilt)


def _wrong(search: Search, type: str, ids: Sequence[str], seen: set[str]) -> list[Named]:
    """Which of these records the index holds otherwise, waiting ones aside."""
    with search.db.atomic():
        texts = search.texts(type, ids)
        sql = f"SELECT n, id, type, project, body FROM doc WHERE id IN ({places(ids)})"
        docs = {row[1]: Doc._make(row) for row in search.db.execute_sql(sql, ids).fetchall()}
        sql = f"SELECT record FROM dirty WHERE record IN ({places(ids)})"
        waiting = {row[0] for row in search.db.execute_sql(sql, ids).fetchall()}
    seen |= {text[0] for text in texts}
    wrong: list[Named] = []
    for id, n, project, body in texts:
        doc = docs.get(id)
        due = Doc(doc.n if doc else n, id, type, project, searchtext.fold(body))
        if id not in waiting and (doc != due or not n <= due.n < n + BUMPS):
            wrong.append((type, id))
    return wrong


def _tokens_agree(search: Search) -> bool:
    """Whether the index holds exactly the tokens that the texts in `doc` give.

    Compared as sums over all terms of hash × documents, so that nothing of the size of the
    index is held; the row ids are compared type by type.
    """
    db = search.db
    db.execute_sql(TERMS)
    left = 0
    try:
        with db.atomic():
            for row in db.execute_sql("SELECT n, id, type, project, body FROM doc"):
                found = Doc._make(row).tokens().split(" ")
                left += sum(map(hash, found))
            for term, documents in db.execute_sql("SELECT term, doc FROM doc_terms"):
                left -= hash(term) * documents
            types = [row[0] for row in db.execute_sql("SELECT DISTINCT type FROM doc").fetchall()]
            return left == 0 and all(_rows_agree(search, type) for type in types)
    except (peewee.DatabaseError, sqlite3.DatabaseError):
        return False


def _rows_agree(search: Search, type: str) -> bool:
    tag = searchtext.tag("t", type)
    indexed = search.db.execute_sql(INDEXED, (tag,))
    texts = search.db.execute_sql("SELECT n FROM doc WHERE type=? ORDER BY n", (type,))
    return list(indexed.fetchall()) == list(texts.fetchall())
