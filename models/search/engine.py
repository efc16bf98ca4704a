"""Full-text search of all records: newest first, complete at any moment, also just after a save.

A save only marks its record as dirty; batches index it in the background, because indexing
inside the save would make saves two to six times slower. A search is the index without the dirty
records, plus a look at the dirty records' own text. The index streams newest first only by row
id, so a document's row id is the record's `n`, which is derived from its time.

An index can drift silently and then misses hits: `models.search.index_check` finds and repairs it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from itertools import islice
from typing import Any

from peewee import SqliteDatabase

from models.frozen import NamedTuple
from models.search import text
from models.search.index import Dirty, Doc, create, mark, mark_many, replace, start_over
from models.search.text import Spots

__all__ = ["CHUNK", "Hit", "Search", "Text", "Texts", "create", "mark", "mark_many"]

Text = tuple[str, int, str, str]
"""(id, n, project, body): a record's place and all of its text, parts joined by newlines."""
Texts = Callable[[str, Sequence[str]], list[Text]]
"""Given a type and ids, the texts of those that are to be found; others count as deleted."""
Write = Callable[[], AbstractContextManager[Any]]

LAST = (1 << 63) - 1
CHUNK = 500
"""Records asked for at once."""
KEPT = 10_000
"""Dirty texts held in memory between searches."""
BATCH = 20
"""Records indexed at once: some 5 ms of one write transaction."""
MERGE_PAGES = 64
MERGES = 3
"""Bounds of the upkeep after a batch: index pages merged per transaction, and transactions."""

FIND = (
    "SELECT d.n, d.id, d.type, d.project, d.body FROM doc_fts f CROSS JOIN doc d ON d.n = f.rowid"
    " WHERE doc_fts MATCH ? AND f.rowid < ? ORDER BY f.rowid DESC"
)
MERGE = "INSERT INTO doc_fts(doc_fts, rank) VALUES('merge', ?)"


class Hit(NamedTuple):
    """A record found; `spots` are the (start, end) of the words within `snippet`."""

    id: str
    type: str
    n: int
    snippet: str
    spots: Spots


class Search:
    """Finds records by any part of their text.

    `texts` reads the records' text from their own rows. `write` opens a write transaction; the
    indexer makes its own short ones. Every method may be called from any thread or process.
    """

    def __init__(self, db: SqliteDatabase, texts: Texts, write: Write | None = None) -> None:
        self.db = db
        self.texts = texts
        self.write: Write = write or (lambda: db.atomic("IMMEDIATE"))
        self._fresh: dict[Dirty, Doc | None] = {}
        self._known = False

    def mark(self, type: str, id: str) -> None:
        """Note that a record was saved (see `mark`)."""
        mark(self.db, type, id)

    def pending(self) -> int:
        """How many records wait to be indexed; a search finds them all the same."""
        return int(self.db.execute_sql("SELECT count(*) FROM dirty").fetchone()[0])

    def _ready(self) -> None:
        """Make the index anew when another version folded or cut the text otherwise."""
        if not self._known:
            row = self.db.execute_sql("SELECT name FROM doc_layout").fetchone()
            if row is None or row[0] != text.LAYOUT:
                with self.write():
                    start_over(self.db)
            self._known = True

    # -- finding -----------------------------------------------------------------------------

    def find(
        self,
        query: str,
        *,
        limit: int = 20,
        before: int | None = None,
        types: Collection[str] | None = None,
        projects: Collection[str] | None = None,
    ) -> list[Hit]:
        """The newest records that hold every word of `query`, as part of a word too.

        Only records of the given types and projects (the keys that `texts` gives, whatever
        rights are granted by) are found; None means any, an empty collection none. `before` is
        the `n` of the last hit of the page before; hits that share one `n` come on one page.
        """
        wanted = text.words(query)
        nowhere = any(only is not None and not only for only in (types, projects))
        if not wanted or limit < 1 or nowhere:
            return []
        self._ready()
        top = LAST if before is None else before

        def fits(doc: Doc) -> bool:
            return (
                doc.n < top
                and (types is None or doc.type in types)
                and (projects is None or doc.project in projects)
                and all(word in doc.body for word in wanted)
            )

        with self.db.atomic():  # one moment for marks, index and excerpts: others write meanwhile
            dirty = self._unindexed()
            found = [doc for doc in dirty.values() if doc is not None and fits(doc)]
            skip = {one.id for one in dirty}
            asked = (text.match(wanted, types, projects), top)
            with closing(self.db.execute_sql(FIND, asked)) as rows:
                indexed = (doc for doc in map(Doc._make, rows) if doc.id not in skip and fits(doc))
                found += islice(indexed, limit)
            return self._hits(_newest(found, limit), wanted)

    def _hits(self, found: list[Doc], wanted: list[str]) -> list[Hit]:
        """Excerpts come from the records' own text; the index knows only its folded form."""
        read: dict[str, str] = {}
        for type, ids in by_type((doc.type, doc.id) for doc in found):
            read |= {id: body for id, _, _, body in self.texts(type, ids)}
        hits = []
        for doc in found:
            if doc.id in read:
                shown = text.excerpt(read[doc.id], wanted)
                hits.append(Hit(doc.id, doc.type, doc.n, *shown))
        return hits

    def _unindexed(self) -> dict[Dirty, Doc | None]:
        """Every dirty record with its text; one that is unchanged since is not read again."""
        marks = self._marks(-1)
        kept = self._fresh
        fresh = {one: kept[one] for one in marks if one in kept}
        fresh |= self._read([one for one in marks if one not in kept])
        self._fresh = fresh if len(fresh) <= KEPT else {}
        return fresh

    def _marks(self, limit: int) -> list[Dirty]:
        sql = "SELECT record, type, stamp FROM dirty LIMIT ?"
        return [Dirty(*row) for row in self.db.execute_sql(sql, (limit,)).fetchall()]

    def _read(self, marks: Sequence[Dirty]) -> dict[Dirty, Doc | None]:
        """Folded texts of dirty records; None for those that are not to be found any more."""
        read: dict[str, Doc] = {}
        for type, ids in by_type((one.type, one.id) for one in marks):
            for id, n, project, body in self.texts(type, ids):
                read[id] = Doc(n, id, type, project, text.fold(body))
        return {one: read.get(one.id) for one in marks}

    # -- indexing ----------------------------------------------------------------------------

    def index_some(self, limit: int = BATCH) -> int:
        """Index a batch of dirty records; returns how many were taken off the list.

        Call it in the background until it returns 0. Texts are read and cut before the write
        begins; a record saved meanwhile has another stamp and stays on the list.
        """
        self._ready()
        batch = self._read(self._marks(limit))
        ready = [(one, doc, doc.tokens() if doc else "") for one, doc in batch.items()]
        done = 0
        if ready:
            with self.write():
                done = sum(replace(self.db, *one) for one in ready)
        if done:
            self._merge(MERGES * -(-done // BATCH))
        return done

    def _merge(self, times: int) -> None:
        """Merge a few pages of the index, so that it stays quick and no write takes long."""
        connection = self.db.connection()
        for _ in range(times):
            before = connection.total_changes
            with self.write():
                self.db.execute_sql(MERGE, (MERGE_PAGES,))
            if connection.total_changes - before < 2:  # nothing was left to merge
                return


def by_type(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """(type, id) pairs as calls to `texts`: one type each, at most `CHUNK` ids."""
    groups: dict[str, list[str]] = {}
    for type, id in pairs:
        groups.setdefault(type, []).append(id)
    for type, ids in groups.items():
        for at in range(0, len(ids), CHUNK):
            yield type, ids[at : at + CHUNK]


def _newest(found: list[Doc], limit: int) -> list[Doc]:
    """The first page, newest first; hits of one `n` are not parted."""
    found.sort(key=lambda doc: (-doc.n, doc.id))
    end = limit
    while end < len(found) and found[end].n == found[limit - 1].n:
        end += 1
    return found[:end]
