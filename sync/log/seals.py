"""Seals: how far each chain is signed, here and elsewhere; our own work is sealed before it meets
others' and before it leaves.

A segment is what lies between two seals of one device. Its bounds never change, it never splits a
transaction, and all its changes were written over the same changes of others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sync.log import logged_changes

CHANGES = 2_000
"""Most changes in a segment, unless one transaction has more."""
BYTES = 1 << 20
"""Most bytes of their bodies."""
HARD_CHANGES, HARD_BYTES = 20_000, 4 << 20
"""Where even a transaction is split."""

PUT = (
    "INSERT OR IGNORE INTO seal(space, idx, first, last, hash, members, sig) VALUES(?,?,?,?,?,?,?)"
)
TOP = "SELECT COALESCE(MAX(last), 0) FROM seal WHERE space=? AND idx=?"
LIST = (
    "SELECT s.idx, s.first, s.last, s.hash, s.members, s.sig FROM seal s"
    " JOIN change c ON c.space=s.space AND c.idx=s.idx AND c.seq=s.last"
    " WHERE s.space=? ORDER BY c.n"
)
COVER = (
    "SELECT first, last, members FROM seal"
    " WHERE space=? AND idx=? AND last>=? ORDER BY last LIMIT 1"
)
BEFORE = "SELECT COALESCE(MAX(members), 0) FROM seal WHERE space=? AND idx=? AND last<?"
UNSEALED = (
    "SELECT d.id FROM head h JOIN device d ON d.idx=h.idx WHERE h.space=? AND d.id IN ({marks})"
    " AND h.seq>(SELECT COALESCE(MAX(last), 0) FROM seal s WHERE s.space=h.space AND s.idx=h.idx)"
    " ORDER BY d.idx"
)
ENDS = "SELECT d.id, s.last, s.hash FROM seal s JOIN device d ON d.idx=s.idx WHERE s.space=?"

Row = tuple[int, bytes, bytes]
"""(sequence, hash, body) of a change."""


class Seal(NamedTuple):
    """One seal as it is kept; `idx` is the device's local number."""

    idx: int
    first: int
    last: int
    hash: bytes
    members: int
    sig: bytes


class Bounds(NamedTuple):
    """A segment to be sealed."""

    first: int
    last: int
    hash: bytes
    bodies: list[bytes]


def put(db: Any, space: str, seal: Seal) -> None:
    """Keep a seal (inside a transaction)."""
    db.execute(PUT, (space, *seal))


def top(db: Any, space: str, idx: int) -> int:
    """The last sequence of a device that is sealed."""
    return int(db.execute(TOP, (space, idx)).fetchone()[0])


def of_space(db: Any, space: str) -> list[Seal]:
    """Every seal of a space, in the order in which its segments were applied here."""
    return [Seal._make(row) for row in db.execute(LIST, (space,))]


def of_device(db: Any, space: str, idx: int, after: int) -> list[Seal]:
    """The seals of a device in a space that cover something after a sequence, in order."""
    sql = (
        "SELECT idx, first, last, hash, members, sig FROM seal WHERE space=? AND idx=? AND last>?"
        " ORDER BY last"
    )
    return [Seal._make(row) for row in db.execute(sql, (space, idx, after))]


def ends(db: Any, space: str) -> dict[tuple[str, int], bytes]:
    """(device, sequence) -> hash, wherever a segment of the space ends."""
    return {(device, last): bytes(hash) for device, last, hash in db.execute(ENDS, (space,))}


class Cover(NamedTuple):
    """What a seal says of each change under it."""

    first: int
    last: int
    members: int
    """The membership version that it names."""


def over(db: Any, space: str, idx: int, seq: int) -> Cover | None:
    """The seal over a change; None where it has none."""
    row = db.execute(COVER, (space, idx, seq)).fetchone()
    return Cover(*row) if row is not None else None


def before(db: Any, space: str, idx: int, seq: int) -> int:
    """The highest membership version that the seals name which end before a change; or 0."""
    return int(db.execute(BEFORE, (space, idx, seq)).fetchone()[0])


def devices_unsealed(db: Any, space: str, devices: Sequence[str]) -> list[str]:
    """Those of the devices that have changes in a space which are not sealed, in local order."""
    marks = ",".join("?" * len(devices))
    return [str(row[0]) for row in db.execute(UNSEALED.format(marks=marks), (space, *devices))]


def unsealed(db: Any, space: str, idx: int) -> Iterator[Bounds]:
    """The segments that a device has not sealed yet, in order."""
    todo = list[Row]()
    size = begun = 0
    for row in logged_changes.links(db, space, idx, top(db, space, idx)):
        if _tx(row[2]) == row[0]:
            begun = len(todo)
        cut = _cut(len(todo), size + len(row[2]), begun)
        if cut:
            yield _bounds(todo[:cut])
            todo, begun = todo[cut:], 0
            size = sum(len(body) for _, _, body in todo)
        todo.append(row)
        size += len(row[2])
    if todo:
        yield _bounds(todo)


def _cut(count: int, size: int, begun: int) -> int:
    """How many of the changes collected make a segment before the next one; `begun` is where the
    running transaction begins.
    """
    if count and (count >= HARD_CHANGES or size > HARD_BYTES):
        return begun or count
    return begun if count >= CHANGES or size > BYTES else 0


def _bounds(some: Sequence[Row]) -> Bounds:
    return Bounds(some[0][0], some[-1][0], some[-1][1], [body for _, _, body in some])


def _tx(body: bytes) -> int:
    """The last key of the canonical form (`"x":12}`), unless unknown ones follow it."""
    _, found, end = body.rpartition(b'"x":')
    try:
        return int(end[:-1]) if found else 0
    except ValueError:
        return int(json.loads(body)["x"])
