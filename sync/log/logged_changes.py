"""Logged changes: reads of the change log, and the two writes about values a snapshot left out.

The reads are of the tables `change` and `head`, which `sync.log.change_log` writes. The two writes:
`fill` stores a missing body, and `note_lacking` records in `lack` a version whose value counts
again and is not here. `db` is the raw connection, `idx` the local number of a device.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sync.changes import pruned
from sync.changes.change import Change, LoggedRow, genesis

Name = tuple[str, str]
"""(type, id) of a record."""
Row = tuple[Any, ...]
"""(device's number, sequence, time, type, record, body) of a change."""

CHUNK = 500
HEADER = b',"h":{'
"""How a creation shows in canonical bytes; within a text its quotes would be escaped."""
ROW = "SELECT idx, seq, at, type, record, body FROM change"
OF_RECORD = f"{ROW} WHERE record=? AND space=? ORDER BY n"
OF_SPACE = f"{ROW} WHERE space=? ORDER BY n"
OF_SEGMENT = (
    "SELECT seq, at, type, record, body FROM change"
    " WHERE space=? AND idx=? AND seq>? AND seq<=? ORDER BY seq"
)
LINKS = "SELECT seq, hash, body FROM change WHERE space=? AND idx=? AND seq>? ORDER BY seq"
ONE = "SELECT seq, at, type, record, body FROM change WHERE space=? AND idx=? AND seq=?"
AT = "SELECT seq, at FROM change WHERE space=? AND idx=? AND seq BETWEEN ? AND ?"
RECORD = "SELECT record FROM change WHERE space=? AND idx=? AND seq=?"
HASH = "SELECT hash FROM change WHERE space=? AND idx=? AND seq=?"
ALONG = "SELECT type, record FROM change WHERE space=? AND idx=? AND seq>? AND seq<=?"
BODIES = "SELECT body FROM change WHERE record=? AND space=?"
BIRTHS = "SELECT space, idx, seq, body FROM change WHERE record=? ORDER BY n"
BORN = (
    "SELECT 1 FROM change WHERE record=? AND space=? AND substr(body, 1, 1)<>x'00'"
    " AND instr(body, ?) LIMIT 1"
)
LEFT_OUT = (
    "SELECT seq, type, record FROM change"
    " WHERE space=? AND idx=? AND seq>=? AND seq<=? AND substr(body, 1, 1)=x'00'"
)
FILL = "UPDATE change SET at=?, type=?, record=?, body=? WHERE space=? AND idx=? AND seq=?"
SPACES = "SELECT DISTINCT space FROM head ORDER BY space"
NEWEST = "head h CROSS JOIN change c ON c.space=h.space AND c.idx=h.idx AND c.seq=h.seq"
"""The newest change of each device in each space, for a query of others to read FROM.

CROSS keeps this order: else the planner may read the whole log.
"""
LACK = "INSERT OR IGNORE INTO lack(space, idx, seq, record) VALUES(?,?,?,?)"
FILLED = "DELETE FROM lack WHERE space=? AND idx=? AND seq=?"
LACKING = "SELECT idx, min(seq) FROM lack WHERE space=? GROUP BY idx"


def spaces(db: Any) -> list[str]:
    """The spaces of which any change is here."""
    return [str(space) for (space,) in db.execute(SPACES)]


def of_space(db: Any, space: str) -> Iterator[Row]:
    """Every change of a space, in the order applied here."""
    return iter(db.execute(OF_SPACE, (space,)))


def of_record(db: Any, space: str, record: str) -> list[Row]:
    """Every change of a record in a space, in the order applied here."""
    return list(db.execute(OF_RECORD, (record, space)))


def of_segment(db: Any, space: str, idx: int, after: int, last: int) -> list[LoggedRow]:
    """The changes of a device after one sequence, up to another."""
    return [LoggedRow(*row) for row in db.execute(OF_SEGMENT, (space, idx, after, last))]


def links(db: Any, space: str, idx: int, after: int) -> list[tuple[int, bytes, bytes]]:
    """(sequence, hash, body) of the changes of a device after a sequence."""
    return list(db.execute(LINKS, (space, idx, after)))


def hash_at(db: Any, space: str, device: str, idx: int, seq: int) -> bytes:
    """The chain hash of a change that is here; of 0 that before the first."""
    if seq == 0:
        return genesis(space, device)
    return bytes(db.execute(HASH, (space, idx, seq)).fetchone()[0])


def tip_of(db: Any, space: str, device: str) -> int:
    """The last sequence of a device that is here; 0 for none."""
    sql = "SELECT h.seq FROM head h JOIN device d ON d.idx=h.idx WHERE h.space=? AND d.id=?"
    row = db.execute(sql, (space, device)).fetchone()
    return int(row[0]) if row is not None else 0


def change_of(db: Any, space: str, device: str, idx: int, seq: int) -> Change | None:
    """The change that wrote a version; without values where these are not kept."""
    row = db.execute(ONE, (space, idx, seq)).fetchone()
    return pruned.change(space, device, *row) if row is not None else None


def record_of(db: Any, space: str, idx: int, seq: int) -> str | None:
    """The record that a version is of."""
    row = db.execute(RECORD, (space, idx, seq)).fetchone()
    return row[0] if row is not None else None


def times(db: Any, space: str, idx: int, first: int, last: int) -> list[tuple[int, int]]:
    """(sequence, time) of some changes of a device that follow each other."""
    return list(db.execute(AT, (space, idx, first, last)))


def along(db: Any, space: str, idx: int, after: int, last: int) -> list[Name]:
    """The records of the changes of a device after one sequence, up to another."""
    return list(dict.fromkeys(db.execute(ALONG, (space, idx, after, last)).fetchall()))


# -- creations ---------------------------------------------------------------------------------


def births(db: Any, record: str) -> Iterator[tuple[str, int, int, bytes]]:
    """(space, device's number, sequence, body) of what may be the creations of a record."""
    for space, idx, seq, body in db.execute(BIRTHS, (record,)).fetchall():
        if HEADER in body:
            yield space, idx, seq, body


def is_born(db: Any, space: str, record: str) -> bool:
    """Whether a creation of a record is here, in a space."""
    return db.execute(BORN, (record, space, HEADER)).fetchone() is not None


def known(
    db: Any, records: Iterable[str], space: str, own: tuple[int, int] | None = None
) -> set[str]:
    """Those of the records that changes are here of.

    `own`: (device's number, sequence) in the space from which on changes are passed over.
    """
    found, todo = set[str](), iter(records)
    where, params = "", tuple[object, ...]()
    if own is not None:
        where, params = " AND NOT (space=? AND idx=? AND seq>=?)", (space, *own)
    while some := list(islice(todo, CHUNK)):
        marks = ",".join("?" * len(some))
        sql = f"SELECT DISTINCT record FROM change WHERE record IN ({marks}){where}"
        found.update(record for (record,) in db.execute(sql, (*some, *params)))
    return found


# -- values that were left out -----------------------------------------------------------------


def kept_bodies(db: Any, space: str, record: str) -> list[bytes]:
    """The bodies of a record's changes whose values are kept."""
    found = db.execute(BODIES, (record, space)).fetchall()
    return [body for (body,) in found if not pruned.is_stub(body)]


def left_out(db: Any, space: str, idx: int, first: int, last: int) -> Mapping[int, Name]:
    """Sequence -> (type, record) of the changes in a run whose values are not kept."""
    found = db.execute(LEFT_OUT, (space, idx, first, last))
    return {seq: (type, record) for seq, type, record in found}


def fill(db: Any, space: str, idx: int, some: Collection[tuple[Change, bytes]]) -> None:
    """Keep the bodies of changes whose values were left out."""
    place = [(space, idx, c.seq) for c, _ in some]
    rows = [(c.at, c.type, c.record, body) for c, body in some]
    db.executemany(FILL, [(*row, *where) for row, where in zip(rows, place, strict=True)])
    db.executemany(FILLED, place)


def note_lacking(db: Any, space: str, record: str, versions: Sequence[tuple[int, int]]) -> None:
    """Note versions of a record whose values count again and are not here."""
    db.executemany(LACK, [(space, idx, seq, record) for idx, seq in versions])


def lacking(db: Any, space: str) -> Mapping[int, int]:
    """Device's number -> the first of its changes noted as lacking."""
    return dict(db.execute(LACKING, (space,)).fetchall())


def lacking_spaces(db: Any) -> list[str]:
    """The spaces in which any change is noted as lacking."""
    return [str(row[0]) for row in db.execute("SELECT DISTINCT space FROM lack ORDER BY 1")]
