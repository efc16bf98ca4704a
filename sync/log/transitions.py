"""Transitions: the table of moves, a copy of what the log holds, one row for each move.

Concurrent moves to one state are both there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sync.changes.change import Change
from sync.changes.hybrid_clock import millis
from sync.log.version_lookup import VersionLookup

ADD = (
    "INSERT INTO transition(record, type, project, move, origin, state, at, author, role, comment,"
    " device, seq, alone) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
CLEAR = "DELETE FROM transition WHERE record=? AND type=?"


def put(names: VersionLookup, moves: Iterable[tuple[Change, str | None]]) -> None:
    """Write the rows of moves, each with the project of its record."""
    names.db.executemany(ADD, [_row(names, c, project) for c, project in moves])


def _row(names: VersionLookup, c: Change, project: str | None) -> tuple[Any, ...]:
    move = c.move or {}
    what = (move.get("move"), move.get("from"), move.get("to"), millis(c.at))
    who = (names.person(c.device) or c.device, move.get("role"), move.get("comment"))
    plain = [None if isinstance(it, dict | list) else it for it in (*what, *who)]
    alone = int(bool(move.get("alone")))
    return (c.record, c.type, project, *plain, c.device, c.seq, alone)


def clear(names: VersionLookup, records: Iterable[tuple[str, str]]) -> None:
    """Take the moves of these (type, record) away, to write them anew."""
    names.db.executemany(CLEAR, ((record, type) for type, record in records))
