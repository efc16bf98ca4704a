"""Forks: two histories under one device's numbers; the second one is kept as evidence only."""

from __future__ import annotations

from typing import Any, NamedTuple

from sync.encoding.segment import Segment

PUT = "INSERT OR IGNORE INTO fork(space, device, seq, hash, since, blob) VALUES(?,?,?,?,?,?)"


class Fork(NamedTuple):
    """A sealed segment that contradicts what is here."""

    space: str
    device: str
    seq: int
    """Its last sequence."""
    since: int
    """When it came, ms UTC."""


def note(db: Any, segment: Segment, blob: bytes, now: int) -> None:
    """Keep a segment that contradicts what is here."""
    db.execute(PUT, (segment.space, segment.device, segment.last, segment.hash, now, blob))


def told(db: Any, fork: Fork, hash: bytes) -> bool:
    """Note one that somebody else met and kept; False when it was known."""
    row = (fork.space, fork.device, fork.seq, hash, fork.since, b"")
    return bool(db.execute(PUT, row).rowcount)


def hashes(db: Any, space: str) -> dict[str, set[bytes]]:
    """By device, where the second histories end that were met in a space."""
    found: dict[str, set[bytes]] = {}
    for device, hash in db.execute("SELECT device, hash FROM fork WHERE space=?", (space,)):
        found.setdefault(device, set()).add(bytes(hash))
    return found


def standing(db: Any) -> list[Fork]:
    """The forks of devices that are not revoked."""
    sql = "SELECT 1 FROM device WHERE id=? AND revoked IS NOT NULL"
    return [one for one in listed(db) if not db.execute(sql, (one.device,)).fetchone()]


def listed(db: Any) -> list[Fork]:
    """Every fork met."""
    sql = "SELECT space, device, seq, since FROM fork ORDER BY since, space, device, seq"
    return [Fork._make(row) for row in db.execute(sql)]
