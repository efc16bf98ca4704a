"""Pending segments: segments that came before what they build on, kept until it is here.

Each is kept as received, with the one thing it awaits next: a change of a device, the values of one
that is pruned here, the rest of its snapshot, or a membership version. Nothing of it is applied
before. What waits is bounded, so that no sender fills the disk; it can always be sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sync.encoding.segment import Segment
from sync.validation.verify import Want

MOST = 4_000
MOST_BYTES = 256 << 20
"""What may wait at once."""

PUT = "INSERT OR REPLACE INTO waiting VALUES(?,?,?,?,?,?,?,?,?,?)"
READY = (
    "SELECT rowid, blob FROM waiting WHERE space=? AND want='change' AND EXISTS(SELECT 1"
    " FROM head h JOIN device d ON d.idx=h.idx WHERE h.space=? AND d.id=want_device"
    " AND h.seq>=want_seq) ORDER BY first"
)
FOR_BODIES = (
    "SELECT rowid, blob FROM waiting WHERE space=? AND want='body' AND EXISTS(SELECT 1"
    " FROM change c JOIN device d ON d.idx=c.idx WHERE c.space=waiting.space AND d.id=want_device"
    " AND c.seq=want_seq AND substr(c.body, 1, 1)<>x'00') ORDER BY first"
)
FOR_MEMBERS = "SELECT rowid, blob FROM waiting WHERE want='members' AND want_seq<=? ORDER BY first"
LIST = (
    "SELECT space, device, first, last, want, want_device, want_seq, since FROM waiting"
    " ORDER BY space, device, first"
)


class PendingSegment(NamedTuple):
    """A segment that waits, as people are told."""

    space: str
    device: str
    first: int
    last: int
    want: Want
    since: int
    """When it came, ms UTC."""


def keep(db: Any, segment: Segment, blob: bytes, want: Want, now: int) -> bool:
    """Keep a segment; False when too much waits already."""
    count, size = db.execute("SELECT count(*), total(length(blob)) FROM waiting").fetchone()
    if count >= MOST or size + len(blob) > MOST_BYTES:
        return False
    key = (segment.space, segment.device, segment.first, segment.last, segment.hash)
    db.execute(PUT, (*key, *want, now, blob))
    return True


def drop(db: Any, rowid: int) -> None:
    """Forget a segment that was applied or refused."""
    db.execute("DELETE FROM waiting WHERE rowid=?", (rowid,))


def ready(db: Any, space: str) -> Mapping[int, bytes]:
    """Segments of a space whose change has come, by row, to be tried again."""
    return dict(db.execute(READY, (space, space)).fetchall())


def for_bodies(db: Any, space: str) -> Mapping[int, bytes]:
    """Segments to be tried again now that the values of a change are here."""
    return dict(db.execute(FOR_BODIES, (space,)).fetchall())


def wanted_bodies(db: Any, space: str) -> list[tuple[str, int]]:
    """(device, sequence) of the changes whose values segments of a space wait for."""
    sql = "SELECT want_device, want_seq FROM waiting WHERE space=? AND want='body'"
    return list(db.execute(sql, (space,)).fetchall())


def of_snapshot(db: Any, space: str) -> list[tuple[int, str, int]]:
    """(row, device, sequence awaited) of the parts of snapshots that wait in a space."""
    sql = "SELECT rowid, want_device, want_seq FROM waiting WHERE space=? AND want='snapshot'"
    return list(db.execute(sql, (space,)).fetchall())


def of_space(db: Any, space: str) -> list[int]:
    """Every segment that waits in a space, by row, in the order they came."""
    sql = "SELECT rowid FROM waiting WHERE space=? ORDER BY rowid"
    return [rowid for (rowid,) in db.execute(sql, (space,))]


def spans(db: Any, space: str, after: int = 0) -> list[tuple[str, int, int]]:
    """(device, first, last) of all that waits in a space and came after a time (ms UTC)."""
    sql = (
        "SELECT device, first, last FROM waiting WHERE space=? AND since>=? ORDER BY device, first"
    )
    return list(db.execute(sql, (space, after)).fetchall())


def blob(db: Any, rowid: int) -> bytes:
    """A segment that waits, as it was received."""
    return bytes(db.execute("SELECT blob FROM waiting WHERE rowid=?", (rowid,)).fetchone()[0])


def of_device(db: Any, space: str, device: str) -> list[bytes]:
    """The segments of a device that wait in a space, as they were received."""
    sql = "SELECT blob FROM waiting WHERE space=? AND device=? ORDER BY first"
    return [bytes(blob) for (blob,) in db.execute(sql, (space, device))]


def for_members(db: Any, version: int) -> Mapping[int, bytes]:
    """Segments to be tried again now that the membership has this version."""
    return dict(db.execute(FOR_MEMBERS, (version,)).fetchall())


def listed(db: Any) -> list[PendingSegment]:
    """Everything that waits."""
    return [
        PendingSegment(space, device, first, last, Want(what, whose or "", seq or 0), since)
        for space, device, first, last, what, whose, seq, since in db.execute(LIST)
    ]
