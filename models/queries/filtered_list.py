"""Listed: rows of one type that fit any filter, found off the screen, row number by row number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.queries.filters import Filter
from models.queries.paging import Row, SqlCondition
from models.schema.record import HEADER, Record
from models.storage.store import places

if TYPE_CHECKING:
    from models.search.engine import Search
    from models.storage.store import Store

MOST = 5_000
"""Rows that are listed at most: the newest, and the list says so."""
STEP = 500


class Listed:
    """Rows that fit any filter, once `find` has found their row numbers: slower, off the screen."""

    def __init__(
        self,
        store: Store,
        cls: type[Record],
        names: Sequence[str],
        condition: SqlCondition,
        wanted: Filter,
        search: Search | None = None,
    ) -> None:
        self.store = store
        self.cls = cls
        self.names = tuple(names)
        self.more = False
        """Whether there are more than the newest `MOST`."""
        self._if = condition
        self._wanted = wanted
        self._search = search
        self._ns: list[int] = []

    def find(self) -> None:
        """Look through the table or the index; call it where nobody waits."""
        found = self._searched() if self._wanted.words else self._scanned("")
        self.more = len(found) > MOST
        self._ns = found[:MOST]

    def count(self) -> int:
        """How many were found."""
        return len(self._ns)

    def window(self, top: int, size: int) -> list[Row]:
        """The rows from a position on; one that is gone since leaves its place to the next."""
        ns = self._ns[top : top + size]
        names = ",".join(f'"{name}"' for name in self.names)
        sql = f'SELECT {names} FROM "{self.cls.kind.name}" WHERE n IN ({places(ns)})'
        at = self.names.index("n")
        rows = {row[at]: row for row in self.store.rows(sql, ns)}
        return [rows[n] for n in ns if n in rows]

    def place(self, id: str) -> int | None:
        """Where a record stands."""
        found = self.store.row(f'SELECT n FROM "{self.cls.kind.name}" WHERE id=?', (id,))
        return self._ns.index(found[0]) if found and found[0] in self._ns else None

    def _scanned(self, more: str, *params: Any) -> list[int]:
        where = self._if.where("n>=? AND n<=?", *([more] if more else []))
        sql = f'SELECT n FROM "{self.cls.kind.name}" WHERE {where} ORDER BY {self._order()} LIMIT ?'
        within = (self._if.low, self._if.high)
        found = self.store.rows(sql, (*within, *params, *self._if.params, MOST + 1))
        return [row[0] for row in found]

    def _searched(self) -> list[int]:
        """Row numbers of hits of the full-text search that fit the rest as well."""
        if self._search is None or "void" in self._wanted.marks:
            return self._by_text()
        ids: list[str] = []
        before = None
        types = {self.cls.kind.name}
        while len(ids) <= MOST:
            page = self._search.find(self._wanted.words, limit=STEP, before=before, types=types)
            ids += [hit.id for hit in page]
            if len(page) < STEP:
                break
            before = page[-1].n
        found: list[int] = []
        for at in range(0, len(ids), STEP):
            some = ids[at : at + STEP]
            found += self._scanned(f"id IN ({places(some)})", *some)
        return found if self._wanted.sort else sorted(found, reverse=True)

    def _by_text(self) -> list[int]:
        """The same without an index: every text of the type is looked at."""
        texts = [n for n, spec in self.cls.specs().items() if spec.kind in ("line", "prose")]
        whole = "||char(10)||".join(f"""ifnull("{name}",'')""" for name in ("number", *texts))
        words = self._wanted.words.split()
        return self._scanned(" AND ".join(f"instr(lower({whole}),lower(?))" for _ in words), *words)

    def _order(self) -> str:
        name = self._wanted.sort.lstrip("-")
        if name not in self.cls.fields() and name not in HEADER:
            return "n DESC"
        turned = " DESC" if self._wanted.sort.startswith("-") else ""
        return f'"{name}" IS NULL, "{name}"{turned}, n DESC'
