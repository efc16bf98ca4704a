"""Parked: what a newer version of the program wrote, kept and passed on until this one knows it.

A parked change changes nothing here, and a change built on it is in no conflict with the value
before it. When the program has learnt it, its records are rebuilt from the log, so that nothing
newer is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.storage.store import Store
from sync.changes.change import Change
from sync.changes.compatibility import What
from sync.log.version_lookup import VersionLookup

MARK = "parked"
"""The fact that says for which declarations the parked changes were last looked at."""
ADD = "INSERT OR IGNORE INTO parked VALUES(?,?,?,?,?,?,?)"


def put(names: VersionLookup, some: Iterable[tuple[Change, Sequence[What]]]) -> None:
    """Park changes, each with what this version does not understand of it."""
    rows = [
        (names.space, names.idx(c.device), c.seq, *what, c.record, c.type)
        for c, unknown in some
        for what in unknown
    ]
    if rows:
        names.db.executemany(ADD, rows)
        names.forget()


def look_again(store: Store) -> None:
    """Have all that is parked looked at when the book is next opened, if not before."""
    store.set_meta(MARK, "")


def records(names: VersionLookup) -> list[tuple[str, str]]:
    """(type, record) of everything parked in the space."""
    sql = "SELECT DISTINCT type, record FROM parked WHERE space=?"
    return [(str(type), str(record)) for type, record in names.db.execute(sql, (names.space,))]


def spaces(db: Any) -> list[str]:
    """The spaces in which anything is parked."""
    return [str(row[0]) for row in db.execute("SELECT DISTINCT space FROM parked ORDER BY 1")]


def notes(db: Any, space: str, record: str) -> list[tuple[Any, ...]]:
    """(device's number, sequence, what, name) of all that is parked of a record."""
    sql = "SELECT idx, seq, what, name FROM parked WHERE record=? AND space=?"
    return list(db.execute(sql, (record, space)))


def clear(names: VersionLookup, record: str) -> None:
    """Take away what is noted of a record, to note it anew."""
    names.db.execute("DELETE FROM parked WHERE record=? AND space=?", (record, names.space))
    names.forget()
