"""Set aside: changes of a history that a revocation does not name; they count for nothing.

They are shown like quarantined ones. What one of them says takes effect again when somebody writes
it anew: its author's device under a new id, or a reviewer who adopts it. Such a change says which
one it repeats (`REPEATS`), so that every device knows that nothing of it is left to decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sync.changes.change import Change
from sync.changes.pruned import chain
from sync.encoding.segment import Segment
from sync.log.change_log import REPEATS
from sync.log.histories import common_part, forks

PUT = (
    "INSERT OR IGNORE INTO aside(space, device, seq, hash, record, type, adopted)"
    " VALUES(?,?,?,?,?,?,?)"
)
TAKE = "UPDATE aside SET adopted=? WHERE space=? AND device=? AND seq=? AND hash=?"


def note(db: Any, segment: Segment) -> None:
    """Note what of a segment is not in the log."""
    hash = segment.prev
    for change, body in segment.changes():
        hash = chain(hash, body)
        place = segment.space, segment.device, change.seq
        if common_part.hash_here(db, *place) != hash:
            db.execute(PUT, (*place, hash, change.record, change.type, None))


def drop(db: Any, segment: Segment) -> None:
    """A segment that was set aside is in the log by now."""
    hash = segment.prev
    sql = "DELETE FROM aside WHERE space=? AND device=? AND seq=? AND hash=?"
    for change, body in segment.changes():
        hash = chain(hash, body)
        db.execute(sql, (segment.space, segment.device, change.seq, hash))


def repeated(db: Any, space: str, some: Iterable[Change]) -> None:
    """Changes that count by now: those that they repeat need no decision any more."""
    for change in some:
        place = change.extra.get(REPEATS) if change.extra else None
        if (known := _place(place)) is not None:
            by = f"{change.device}:{change.seq}"
            db.execute(PUT, (space, *known, change.record, change.type, by))
            db.execute(TAKE, (by, space, *known))


def is_repeated(db: Any, space: str, place: tuple[str, int, bytes]) -> bool:
    """Whether a change that was set aside has been written anew already."""
    sql = "SELECT adopted FROM aside WHERE space=? AND device=? AND seq=? AND hash=?"
    return any(by for (by,) in db.execute(sql, (space, *place)))


def repeated_by(db: Any, space: str, place: tuple[str, int, bytes], device: str) -> None:
    """One was written anew here just now."""
    db.execute(TAKE, (device, space, *place))


def _place(said: object) -> tuple[str, int, bytes] | None:
    if not isinstance(said, list) or [type(part) for part in said] != [str, int, str]:
        return None
    try:
        return said[0], said[1], bytes.fromhex(said[2])
    except ValueError:
        return None


def find(db: Any, space: str, device: str, hash: bytes) -> Change | None:
    """A change that was set aside, as its device wrote it; None where its values are not here."""
    for segment, _ in forks.segments(db, space, device):
        here = segment.prev
        for change, body in segment.changes():
            here = chain(here, body)
            if here == hash:
                return change if change.fields else None
    return None
