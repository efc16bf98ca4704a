"""Quarantine: changes that count as delivered, are passed on and shown, and change nothing.

A reviewer may adopt one: that is a change of the same record, whose base names what it adopts
under the register `ADOPT`, a name that no field can have. It goes everywhere like any change, and
everywhere the record is made anew from the log with what was adopted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from models.schema.versions import LocalDot
from models.text.words import Refused, W
from sync.changes.change import Change, Dot
from sync.changes.compatibility import ADOPT
from sync.log.version_lookup import VersionLookup

ASIDE = W(
    "它属于电脑的另一份副本，停用时认定的不是那一份。可以由审核人采用。",
    "It comes from the other copy of a device, not from the one whose history was named when the"
    " device was revoked. A reviewer may adopt it.",
)
PUT = (
    "INSERT INTO quarantine(space, idx, seq, record, type, reason) VALUES(?,?,?,?,?,?)"
    " ON CONFLICT DO NOTHING"
)
COUNTED = (
    "SELECT DISTINCT c.type, c.record FROM change c JOIN device d ON d.idx=c.idx"
    " WHERE c.space=? AND d.id=? AND c.seq>?"
    " AND NOT EXISTS(SELECT 1 FROM quarantine q"
    " WHERE q.space=c.space AND q.idx=c.idx AND q.seq=c.seq)"
)
TAKE = "UPDATE quarantine SET adopted=? WHERE space=? AND idx=? AND seq=?"


def put(names: VersionLookup, refused: Iterable[tuple[Change, Refused]]) -> int:
    """Quarantine changes, each with the reason against it in both languages.

    Those in quarantine already stay as they are. Returns how many were given.
    """
    rows = [
        (names.space, names.idx(c.device), c.seq, c.record, c.type, _both(why))
        for c, why in refused
    ]
    if rows:
        names.db.executemany(PUT, rows)
        names.forget()
    return len(rows)


def _both(why: Refused) -> str:
    return json.dumps(why.both(), ensure_ascii=False)


def notes(db: Any, space: str, record: str) -> list[tuple[Any, ...]]:
    """(device's number, sequence, reason, adopted by) of all that is in quarantine of a record."""
    sql = "SELECT idx, seq, reason, adopted FROM quarantine WHERE record=? AND space=?"
    return list(db.execute(sql, (record, space)))


def counted_after(db: Any, space: str, device: str, last: int) -> list[tuple[str, str]]:
    """The records of the changes of a device after a sequence that are not in quarantine."""
    return list(db.execute(COUNTED, (space, device, last)).fetchall())


def clear(names: VersionLookup, record: str) -> None:
    """Take away what is noted of a record, to note it anew."""
    names.db.execute("DELETE FROM quarantine WHERE record=? AND space=?", (record, names.space))
    names.forget()


def find(db: Any, space: str, device: str, seq: int) -> tuple[str, str] | None:
    """(type, record) of a change that is in quarantine and not adopted."""
    sql = (
        "SELECT q.type, q.record FROM quarantine q JOIN device d ON d.idx=q.idx"
        " WHERE q.space=? AND d.id=? AND q.seq=? AND q.adopted IS NULL"
    )
    row = db.execute(sql, (space, device, seq)).fetchone()
    return (str(row[0]), str(row[1])) if row is not None else None


def holds(db: Any, space: str, idx: int, seq: int) -> bool:
    """Whether a change is in quarantine and not adopted."""
    sql = "SELECT 1 FROM quarantine WHERE space=? AND idx=? AND seq=? AND adopted IS NULL"
    return db.execute(sql, (space, idx, seq)).fetchone() is not None


def adopted(c: Change) -> list[Dot]:
    """The versions that a change adopts; none for almost every one."""
    return [(device, seq) for device, seq in c.base.get(ADOPT, ())] if ADOPT in c.fields else []


def lift(names: VersionLookup, by: Dot, dots: Iterable[LocalDot]) -> None:
    """Count these versions again."""
    name = f"{by[0]}:{by[1]}"
    names.db.executemany(TAKE, [(name, names.space, *dot) for dot in dots])
    names.forget()


def said(reason: str) -> W:
    """A kept reason to be shown."""
    zh, en = json.loads(reason)
    return W(str(zh), str(en))


class QuarantinedChange(NamedTuple):
    """A quarantined change, as its author and a reviewer are told."""

    space: str
    device: str
    seq: int
    type: str
    record: str
    reason: W
    author: str | None
    """Whose device it is."""
    adopted: str | None
    """The change that adopted it, 'device:sequence'."""
    hash: bytes = b""
    """Its chain hash, where it was set aside (`sync.log.histories.set_aside`)."""


def listed(db: Any, record: str | None = None) -> list[QuarantinedChange]:
    """Everything in quarantine or set aside, or what is of one record; the adopted included."""
    sql = (
        "SELECT q.space, d.id, q.seq, q.type, q.record, q.reason, d.person, q.adopted"
        " FROM quarantine q JOIN device d ON d.idx=q.idx WHERE ? IS NULL OR q.record=?"
        " ORDER BY q.space, d.idx, q.seq"
    )
    rows = db.execute(sql, (record, record))
    found = [QuarantinedChange(*row)._replace(reason=said(row[5])) for row in rows]
    sql = (
        "SELECT a.space, a.device, a.seq, a.type, a.record, d.person, a.adopted, a.hash"
        " FROM aside a LEFT JOIN device d ON d.id=a.device WHERE ? IS NULL OR a.record=?"
        " ORDER BY a.space, a.device, a.seq, a.hash"
    )
    for space, device, seq, type, about, *rest in db.execute(sql, (record, record)):
        found.append(QuarantinedChange(space, device, seq, type, about, ASIDE, *rest))
    return found
