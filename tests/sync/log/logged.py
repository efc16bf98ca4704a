"""Small changes of device `d1`, written into the tables of a log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.changes.change import Change, chain, genesis
from sync.changes.pruned import stub
from sync.log.change_log import Log
from sync.log.version_lookup import VersionLookup

SPACE, DEVICE, NOW = "p:one", "d1", 1_764_000_000_000
HEADER = {"author": "p1", "number": "FIX-1", "project": "one", "occurred": 1, "recorded": 1,
          "ref": None}  # fmt: skip


def change(seq: int, record: str = "r1", **more: Any) -> Change:
    """A change of the device; by default an edit of the cause over the change before it."""
    base: Mapping[str, Any] = {"cause": [(DEVICE, seq - 1)]} if seq > 1 else {}
    given: dict[str, Any] = {"fields": {"cause": f"c{seq}"}, "base": base, "tx": seq} | more
    fields, before, tx = (given.pop(name) for name in ("fields", "base", "tx"))
    return Change(SPACE, DEVICE, seq, (NOW + seq) << 20, "fix", record, tx, fields, before, **given)


def log_of(names: VersionLookup, device: str = DEVICE) -> Log:
    """The log that is written as a device."""
    people = names._people
    return Log(people.db, device, names.idx(device), names.idx, names.device, lambda: NOW)


def write(names: VersionLookup, *changes: Change, left_out: tuple[int, ...] = ()) -> list[bytes]:
    """Log changes that follow each other; returns their hashes. `left_out`: only as stubs."""
    found, hash = list[tuple[Change, bytes, bytes]](), genesis(SPACE, DEVICE)
    log = log_of(names)
    if changes[0].seq > 1:
        hash = log.tip(SPACE, DEVICE)[1]
    for one in changes:
        body = one.canonical()
        hash = chain(hash, body)
        found.append((one, stub(one, body) if one.seq in left_out else body, hash))
    with names._people.db.atomic():
        log.extend_linked(SPACE, DEVICE, found)
    return [one[2] for one in found]
