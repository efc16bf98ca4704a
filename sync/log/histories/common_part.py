"""The common part of a device's histories: up to where all that are known are the same.

Apart from `forks`, which reads segments: the sync's state asks it at every start.
"""

from __future__ import annotations

from typing import Any

from sync.changes.change import genesis

HASH = (
    "SELECT c.hash FROM change c JOIN device d ON d.idx=c.idx"
    " WHERE c.space=? AND d.id=? AND c.seq=?"
)


def hashes(db: Any, space: str) -> dict[str, set[bytes]]:
    """By device, where the second histories end that were met in a space."""
    found: dict[str, set[bytes]] = {}
    for device, hash in db.execute("SELECT device, hash FROM fork WHERE space=?", (space,)):
        found.setdefault(device, set()).add(bytes(hash))
    return found


def hash_here(db: Any, space: str, device: str, seq: int) -> bytes | None:
    """The chain hash of a change of a device; None where it is not here."""
    if seq == 0:
        return genesis(space, device)
    row = db.execute(HASH, (space, device, seq)).fetchone()
    return bytes(row[0]) if row is not None else None


def common(db: Any, space: str, device: str) -> int | None:
    """Up to which sequence every known history of a device is the same; None where it has one."""
    sql = (
        "SELECT min(CASE first WHEN 0 THEN seq ELSE first END) FROM fork WHERE space=? AND device=?"
    )
    (first,) = db.execute(sql, (space, device)).fetchone()
    return None if first is None else max(int(first) - 1, 0)
