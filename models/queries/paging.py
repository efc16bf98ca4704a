"""Paging: the rows of one type by position, newest first, with no table ever read as a whole.

Rows are reached from the nearest **anchor**, a position whose row number is known: the first
row, the end, and every window read before. Going on from there costs what is shown, wherever in
100,000 rows that is; an OFFSET from the top costs 66 ms in the middle of them (measured).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.calendar import business_dates
from models.queries.filters import ENTERED_LATE_MS, Filter
from models.schema.kind import HEADER
from models.schema.record import Record
from models.storage.store import places

if TYPE_CHECKING:
    from models.search.engine import Search
    from models.storage.store import Store

Row = tuple[Any, ...]
TOP = (1 << 63) - 1
BOTTOM = -(1 << 62)
"""Row numbers go by the time: what occurred before 1970, a clock that was reset, is below 0."""
MOST = 5_000
"""Rows that are listed at most: the newest, and the list says so."""
STEP = 500
AMOUNTS = {
    "number": ('CAST("{name}" AS REAL)', '"{name}"'),
    "money": ('substr("{name}",1,3)', 'CAST(substr("{name}",5) AS REAL)', '"{name}"'),
}
"""What sorts decimal text by its amount, money by its currency first: they are not compared."""
STATES = (
    "WITH RECURSIVE s(state) AS (SELECT min(state) FROM {table} UNION ALL"
    " SELECT (SELECT min(state) FROM {table} WHERE state>s.state) FROM s WHERE state IS NOT NULL)"
    " SELECT state FROM s"
)
"""The different states, by jumps through the index: DISTINCT walks all of it."""


class SqlCondition:
    """A filter as SQL; `low` and `high` bound the row numbers, that is, when it occurred."""

    def __init__(
        self, store: Store, cls: type[Record], wanted: Filter, zone: str, today: str = ""
    ) -> None:
        self.parts: list[str] = []
        self.params: list[Any] = []
        self.low, self.high = BOTTOM, TOP
        self._look = StateView(store)
        if wanted.states:
            sql, params = self._look.narrowed(cls.kind.name, wanted.states)
            self._add(sql, *params)
        if wanted.project:
            self._add("project=?", wanted.project)
        if wanted.week:
            first, after = business_dates.week_span(wanted.week, zone)
            self.low, self.high = first << 12, (after << 12) - 1
        self.void = "void IS NOT NULL" if "void" in wanted.marks else "void IS NULL"
        two = bool(wanted.states and wanted.project)
        self.cheap = not (self._others(cls, wanted, today) or two or "void" in wanted.marks)
        """Whether a window and the count come out of indexes, fast enough to wait for."""

    def _others(self, cls: type[Record], wanted: Filter, today: str) -> bool:
        """Add what no index answers; whether there was any."""
        before = len(self.parts)
        if wanted.by:
            self._add("author=?", wanted.by)
        if "overdue" in wanted.marks:
            ended = [state.name for state in cls.kind.states if state.ended]
            due = cls.kind.due_sql
            self._add(f"{due}<?" if due else "0", *([today] if due else []))
            sql, params = self._look.narrowed(cls.kind.name, ended)
            self._add(f"NOT ({sql})", *params)
        if "late" in wanted.marks:
            self._add("recorded-occurred>?", ENTERED_LATE_MS)
        return len(self.parts) > before or bool(wanted.words or wanted.sort)

    def _add(self, sql: str, *params: Any) -> None:
        self.parts.append(sql)
        self.params += params

    def where(self, *more: str) -> str:
        """The whole condition, with more parts before it."""
        return " AND ".join([*more, *self.parts, self.void])


class Pages:
    """Rows of a type that fit a filter which indexes answer, as tuples of `names`.

    Positions hold until `count` is called again.
    """

    def __init__(
        self, store: Store, cls: type[Record], names: Sequence[str], condition: SqlCondition
    ) -> None:
        self.store = store
        self.cls = cls
        self.names = tuple(names)
        self._if = condition
        self._table = f'"{cls.kind.name}"'
        self._n = self.names.index("n")
        self._total = 0
        self._anchors: dict[int, int] = {}

    def count(self) -> int:
        """Count again; what was known of positions is forgotten."""
        self._total = self._count(self._if.low)
        self._anchors = {0: self._if.high, self._total: self._if.low - 1}
        return self._total

    def window(self, top: int, size: int) -> list[Row]:
        """The rows from a position on; fewer than `size` only at the end."""
        if top >= self._total:
            return []
        near = min(self._anchors, key=lambda at: top - at if at <= top else at - top)
        rows = self._down(near, top, size) if near <= top else self._up(near, top, size)
        if rows:
            self._anchors[top] = rows[0][self._n]
            self._anchors.setdefault(top + len(rows), rows[-1][self._n] - 1)
        return rows

    def place(self, id: str) -> int | None:
        """The position of a record, None if it is not among these."""
        found = self._rows("SELECT n", "id=? AND n>=? AND n<=?", (id, self._if.low, self._if.high))
        if not found:
            return None
        n = int(found[0][0])
        at = self._count(n + 1)
        self._anchors[at] = n
        return at

    def _down(self, near: int, top: int, size: int) -> list[Row]:
        bounds = (self._anchors[near], self._if.low)
        order = f"ORDER BY n DESC LIMIT {size} OFFSET {top - near}"
        return self._read("n<=? AND n>=?", bounds, order)

    def _up(self, near: int, top: int, size: int) -> list[Row]:
        bounds = (self._anchors[near], self._if.high)
        order = f"ORDER BY n LIMIT {near - top}"
        return self._read("n>? AND n<=?", bounds, order)[::-1][:size]

    def _read(self, more: str, bounds: Sequence[Any], order: str) -> list[Row]:
        columns, params = shown_columns(self.store, self.cls, self.names)
        return self._rows(f"SELECT {columns}", more, (*params, *bounds), order)

    def _rows(self, select: str, more: str, params: Sequence[Any], order: str = "") -> list[Row]:
        sql = f"{select} FROM {self._table} WHERE {self._if.where(more)} {order}"
        return self.store.rows(sql, (*params, *self._if.params))

    def _count(self, low: int) -> int:
        """How many have this row number or a higher one.

        Counting 'not void' would read every row (160 ms): this is all less those in the small
        index of void ones, to which the signs before the other columns lead SQLite.
        """
        within = [] if (low, self._if.high) == (BOTTOM, TOP) else [low, self._if.high]
        gone = [f"+{part}" for part in (["n>=?", "n<=?"] if within else []) + self._if.parts]
        every = [*(["n>=? AND n<=?", self._every_state()] if within else []), *self._if.parts]
        params = [*within, *self._if.params]
        return self._number(every, params) - self._number(["void IS NOT NULL", *gone], params)

    def _number(self, parts: Sequence[str], params: Sequence[Any]) -> int:
        where = f" WHERE {' AND '.join(parts)}" if parts else ""  # without, it is read off the tree
        found = self.store.row(f"SELECT COUNT(*) FROM {self._table}{where}", params)
        return int(found[0]) if found else 0

    def _every_state(self) -> str:
        """True of every row, in a form that lets the index on `state` answer for a range of n."""
        if self._if.parts:
            return "1"
        known = self.store.rows(STATES.format(table=self._table))
        quoted = (str(name).replace("'", "''") for (name,) in known if name is not None)
        return f"state IN ({','.join(f'{chr(39)}{name}{chr(39)}' for name in quoted)})"


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
        """Look through the table or the index; call it off the thread of the screen."""
        found = self._searched() if self._wanted.words else self._scanned("")
        self.more = len(found) > MOST
        self._ns = found[:MOST]

    def count(self) -> int:
        """How many were found."""
        return len(self._ns)

    def window(self, top: int, size: int) -> list[Row]:
        """The rows from a position on; one that is gone since leaves its place to the next."""
        ns = self._ns[top : top + size]
        columns, params = shown_columns(self.store, self.cls, self.names)
        sql = f'SELECT {columns} FROM "{self.cls.kind.name}" WHERE n IN ({places(ns)})'
        at = self.names.index("n")
        rows = {row[at]: row for row in self.store.rows(sql, (*params, *ns))}
        return [rows[n] for n in ns if n in rows]

    def place(self, id: str) -> int | None:
        """The position of a record."""
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
        spec = self.cls.specs().get(name)
        parts = AMOUNTS[spec.kind] if spec is not None and spec.kind in AMOUNTS else ('"{name}"',)
        by = "".join(f", {part.format(name=name)}{turned}" for part in parts)
        return f'"{name}" IS NULL{by}, n DESC'


def shown_columns(store: Store, cls: type[Record], names: Sequence[str]) -> tuple[str, list[Any]]:
    """The columns of a SELECT, with the state that is shown now, and their parameters."""
    if "state" not in names:
        return ",".join(f'"{name}"' for name in names), []
    state, params = StateView(store).sql(cls.kind.name)
    return ",".join(state if name == "state" else f'"{name}"' for name in names), params


def pages(
    store: Store,
    cls: type[Record],
    names: Sequence[str],
    wanted: Filter,
    *,
    zone: str = business_dates.DEFAULT_ZONE,
    today: str = "",
    search: Search | None = None,
) -> Pages | Listed:
    """The rows of a type that fit a filter; a `Listed` wants its `find` called first."""
    condition = SqlCondition(store, cls, wanted, zone, today)
    every = ("n", "id", *(name for name in names if name not in ("n", "id")))
    if condition.cheap:
        return Pages(store, cls, every, condition)
    return Listed(store, cls, every, condition, wanted, search)
