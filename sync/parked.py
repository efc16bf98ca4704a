"""Parked: what a newer version of the program wrote, kept and passed on until this one knows it.

A parked change changes nothing here, and whoever built on it is in no conflict with what stood
before it. When the program has learnt it, its records are made anew from the log, so that
nothing newer is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models.record import kinds
from sync.change import Change
from sync.names import Names
from sync.values import What, unknown

ADD = "INSERT OR IGNORE INTO parked VALUES(?,?,?,?,?,?,?)"


class Row(NamedTuple):
    """One thing of one change that this version does not understand."""

    space: str
    idx: int
    seq: int
    what: str
    """'type', 'move', 'state', 'judge', 'field' or 'value'."""
    name: str
    record: str
    type: str


def rows(names: Names, c: Change, found: Sequence[What]) -> list[Row]:
    """What is noted of a change."""
    idx = names.idx(c.device)
    return [Row(names.space, idx, c.seq, *what, c.record, c.type) for what in found]


def put(names: Names, some: Sequence[Row]) -> None:
    """Write rows."""
    if some:
        names.db.executemany(ADD, some)
        names.forget()


def known_now(names: Names) -> list[tuple[str, str]]:
    """(type, record) of parked changes that this version understands better than the last one.

    Their notes are made anew; the records are for `sync.rebuild`.
    """
    sql = "SELECT DISTINCT idx, seq FROM parked WHERE space=?"
    found = dict[tuple[str, str], None]()
    for idx, seq in names.db.execute(sql, (names.space,)).fetchall():
        change = names.change((idx, seq))
        if change is None:
            continue
        fresh = rows(names, change, unknown(change))
        if fresh != _noted(names, idx, seq):
            sql = "DELETE FROM parked WHERE space=? AND idx=? AND seq=?"
            names.db.execute(sql, (names.space, idx, seq))
            put(names, fresh)
            if change.type in kinds:
                found[change.type, change.record] = None
    names.forget()
    return list(found)


def _noted(names: Names, idx: int, seq: int) -> list[Row]:
    sql = "SELECT * FROM parked WHERE space=? AND idx=? AND seq=?"
    return [Row(*row) for row in names.db.execute(sql, (names.space, idx, seq))]


def spaces(db: object) -> Iterable[str]:
    """Spaces with something parked."""
    run = db.execute_sql  # type: ignore[attr-defined]
    return [str(row[0]) for row in run("SELECT DISTINCT space FROM parked").fetchall()]
