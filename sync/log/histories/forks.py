"""Forks: two histories under one device's numbers; the second one is kept as evidence.

Where a revocation names it, it takes the place of the one that is here
(`sync.apply.reevaluation.named_history`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from models.frozen import NamedTuple
from sync.changes.pruned import chain
from sync.encoding.segment import Segment, decode
from sync.log.histories import common_part
from sync.trust.membership_entry import Head

PUT = (
    "INSERT INTO fork(space, device, seq, hash, since, blob, first) VALUES(?,?,?,?,?,?,?)"
    " ON CONFLICT DO UPDATE SET blob=excluded.blob, first=excluded.first"
)
TELL = (
    "INSERT OR IGNORE INTO fork(space, device, seq, hash, since, blob, first)"
    " VALUES(?,?,?,?,?,x'',?)"
)
KEPT = "SELECT blob FROM fork WHERE space=? AND device=? AND seq=? AND hash=?"
BLOBS = "SELECT blob FROM fork WHERE space=? AND device=? AND length(blob)>0 ORDER BY seq, hash"


class Fork(NamedTuple):
    """A sealed segment that contradicts what is here."""

    space: str
    device: str
    seq: int
    """Its last sequence."""
    since: int
    """When it came, ms UTC."""
    first: int = 0
    """The first change that is another one here; 0 while that is not known."""


def note(db: Any, segment: Segment, blob: bytes, now: int) -> None:
    """Keep a segment that contradicts what is here; of two with one end the longer."""
    keep(db, segment, blob, now, differing(db, segment))


def keep(db: Any, segment: Segment, blob: bytes, now: int, first: int) -> None:
    """The same; `first` is the first change that is another one in the log."""
    place = segment.space, segment.device, segment.last, segment.hash
    kept = db.execute(KEPT, place).fetchone()
    if kept is None or not kept[0] or segment.first < decode(kept[0]).first:
        db.execute(PUT, (*place, now, blob, first))
        _settle(db, segment.space, segment.device)


def _settle(db: Any, space: str, device: str) -> None:
    """Find where segments part from what is here that follow one which does."""
    sql = "SELECT seq, hash, first FROM fork WHERE space=? AND device=?"
    known = {(seq, bytes(hash)): first for seq, hash, first in db.execute(sql, (space, device))}
    later = [one for one, _ in segments(db, space, device) if not known[one.last, one.hash]]
    for one in sorted(later, key=lambda one: one.first):
        first = known.get((one.first - 1, one.prev), 0)
        if first:
            known[one.last, one.hash] = first
            sql = "UPDATE fork SET first=? WHERE space=? AND device=? AND seq=? AND hash=?"
            db.execute(sql, (first, space, device, one.last, one.hash))


def told(db: Any, fork: Fork, hash: bytes) -> bool:
    """Note one that somebody else met and kept; False when it was known."""
    row = (fork.space, fork.device, fork.seq, hash, fork.since, fork.first)
    return bool(db.execute(TELL, row).rowcount)


def drop(db: Any, segment: Segment) -> None:
    """Forget one that is in the log by now."""
    sql = "DELETE FROM fork WHERE space=? AND device=? AND seq=? AND hash=?"
    db.execute(sql, (segment.space, segment.device, segment.last, segment.hash))


def spaces(db: Any) -> list[str]:
    """The spaces in which second histories were met."""
    return [str(space) for (space,) in db.execute("SELECT DISTINCT space FROM fork ORDER BY space")]


def segments(db: Any, space: str, device: str) -> list[tuple[Segment, bytes]]:
    """The segments of a device's second histories that are here whole, with their bytes."""
    return [(decode(blob), blob) for (blob,) in db.execute(BLOBS, (space, device))]


def differing(db: Any, segment: Segment) -> int:
    """The first change of a second history that is another one here; 0 where it comes before the
    segment.
    """
    hash, place = segment.prev, (segment.space, segment.device)
    if common_part.hash_here(db, *place, segment.first - 1) != hash:
        return 0
    for change, body in segment.changes():
        hash = chain(hash, body)
        if common_part.hash_here(db, *place, change.seq) not in (None, hash):
            return change.seq
    return 0


def passes(db: Any, space: str, device: str, head: Head) -> bool:
    """Whether the history of a device that is here passes a position; where less of it is here,
    whether no second one is: it cannot be told then which of them this is.
    """
    here = common_part.hash_here(db, space, device, head.seq)
    return here == head.hash if here is not None else not second(db, space, device)


def second(db: Any, space: str, device: str) -> bool:
    """Whether a segment of a second history of a device is here."""
    sql = "SELECT 1 FROM fork WHERE space=? AND device=? AND length(blob)>0"
    return db.execute(sql, (space, device)).fetchone() is not None


def proven(db: Any, device: str) -> list[int]:
    """Where the second histories of a device begin whose segments are here."""
    sql = "SELECT first, seq FROM fork WHERE device=? AND length(blob)>0"
    return [int(first or seq) for first, seq in db.execute(sql, (device,))]


def unread(db: Any, space: str) -> list[str]:
    """The devices of which a second history was told and is not here: it is to be asked for."""
    sql = "SELECT DISTINCT device FROM fork WHERE space=? AND first=0"
    return [str(device) for (device,) in db.execute(sql, (space,))]


def path(
    some: Iterable[Segment], end: tuple[int, bytes], holds: Callable[[int, bytes], bool]
) -> list[Segment] | None:
    """The segments that lead from what is here to an end, in order; None where one is missing.

    `holds` tells whether a change with this sequence and chain hash is here.
    """
    known: dict[tuple[int, bytes], Segment] = {}
    for one in some:
        before = known.get((one.last, one.hash))
        if before is None or one.first < before.first:
            known[one.last, one.hash] = one
    found = list[Segment]()
    while not holds(*end):
        if end not in known:
            return None
        one = known.pop(end)
        found.append(one)
        end = one.first - 1, one.prev
    return found[::-1]


def standing(db: Any) -> list[Fork]:
    """The forks of devices that are not revoked."""
    sql = "SELECT 1 FROM device WHERE id=? AND revoked IS NOT NULL"
    return [one for one in listed(db) if not db.execute(sql, (one.device,)).fetchone()]


def by_device(db: Any) -> list[Fork]:
    """The earliest standing fork of each device."""
    found: dict[str, Fork] = {}
    for one in standing(db):
        before = found.get(one.device)
        if before is None or (one.first or one.seq) < (before.first or before.seq):
            found[one.device] = one
    return list(found.values())


def listed(db: Any) -> list[Fork]:
    """Every fork met."""
    sql = "SELECT space, device, seq, since, first FROM fork ORDER BY since, space, device, seq"
    return [Fork._make(row) for row in db.execute(sql)]
