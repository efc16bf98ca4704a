"""Acknowledgements: where this device's changes were written, and which devices hold them.

`sent` is what this device wrote somewhere: a bundle or folder gives no receipt, so it is written
and not confirmed. `seen` is what another device, or the hub, has acknowledged, signed. Neither
tells what this book holds: that is the change log alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from models.frozen import NamedTuple
from models.schema.record import Record, kinds
from sync.log.change_log import FORMER
from sync.log.histories import common_part
from sync.trust.device_key import read
from sync.trust.membership_entry import Head, Heads
from sync.workspace.workspace import Workspace

Vector = Mapping[str, int]
"""Device -> last sequence held, in one space."""

PEER = "peer"
"""The fact that names the hub or folder that was used last."""
LAST = "last_sync"
"""The fact with the time of the last news from others (ms UTC)."""

PUT = (
    "INSERT INTO {table} VALUES(?,?,?,?,?) ON CONFLICT DO UPDATE"
    " SET seq=excluded.seq, at=excluded.at WHERE excluded.seq>seq"
)


class Acknowledged(NamedTuple):
    """Where the newest state of one record is."""

    written: tuple[str, ...]
    """Carriers that all of it was written to."""
    seen: tuple[str, ...]
    """Devices, or the hub, that have acknowledged all of it."""


def note(workspace: Workspace, carrier: str, space: str, vector: Vector) -> None:
    """Note that everything up to a vector was written to a carrier, durably."""
    _put(workspace, "sent", carrier, space, vector)


def note_seen(workspace: Workspace, peer: str, space: str, vector: Vector) -> None:
    """Note that a device (or the hub) has acknowledged everything up to a vector."""
    if peer != workspace.log.device:
        _put(workspace, "seen", peer, space, vector)


def heard(workspace: Workspace, peer: str, space: str, said: Heads) -> bool:
    """Note what a device (or the hub) has acknowledged, where it means the history that is here.

    False where it says that it has another history of some device: that is its word alone.
    """
    if peer == workspace.log.device:
        return True
    db, meant, alike = workspace.store.db.connection(), dict[str, int](), True
    mine, doubted = {*own(workspace), *former(workspace)}, common_part.hashes(db, space)
    for device, (seq, hash) in said.items():
        here = common_part.hash_here(db, space, device, seq)
        if here is None or not hash:
            if device not in mine or (here is not None and device not in doubted):
                meant[device] = seq
        elif here == hash:
            meant[device] = seq
        else:
            alike = False
    _put(workspace, "seen", peer, space, meant)
    return alike


def positions(workspace: Workspace, space: str) -> dict[str, Head]:
    """Device -> its position in a space."""
    sql = "SELECT d.id, h.seq, h.hash FROM head h JOIN device d USING(idx) WHERE h.space=?"
    found = workspace.store.rows(sql, (space,))
    return {str(device): Head(int(seq), bytes(hash)) for device, seq, hash in found}


def said_by(workspace: Workspace, peer: str, space: str) -> dict[str, int]:
    """Device -> sequence: what a device (or the hub) has acknowledged of a space."""
    sql = "SELECT device, seq FROM seen WHERE space=? AND peer=?"
    return dict(workspace.store.rows(sql, (space, peer)))


def forget(workspace: Workspace, peer: str) -> None:
    """Delete the acknowledgements of a peer that lost data (a hub restored from an old copy)."""
    with workspace.store.write():
        workspace.store.db.execute_sql("DELETE FROM seen WHERE peer=?", (peer,))


def unconfirmed(workspace: Workspace) -> int:
    """How many changes of this device no other device has acknowledged."""
    return sum(
        max(0, seq - sure(workspace, space, device))
        for device in written_here(workspace)
        for space, seq in heads(workspace, device).items()
    )


def written_here(workspace: Workspace) -> tuple[str, ...]:
    """This device's ids, with those of an earlier key whose histories are not decided on yet."""
    sql = "SELECT 1 FROM device WHERE id=? AND revoked IS NOT NULL"
    open_ = (one for one in former(workspace) if not workspace.store.row(sql, (one,)))
    return (*open_, *own(workspace))


def sure(workspace: Workspace, space: str, device: str) -> int:
    """Up to which sequence a device's changes are confirmed in one meaning only: where it has two
    histories, the common part.
    """
    found = confirmed(workspace, space, device)
    common = common_part.common(workspace.store.db.connection(), space, device)
    return found if common is None else min(found, common)


def heads(workspace: Workspace, device: str) -> dict[str, int]:
    """Space -> last sequence of a device's changes in this book."""
    sql = "SELECT space, seq FROM head JOIN device USING(idx) WHERE device.id=?"
    return dict(workspace.store.rows(sql, (device,)))


def confirmed(workspace: Workspace, space: str, device: str) -> int:
    """Up to which sequence any peer has acknowledged a device's changes in a space."""
    return _upto(workspace, "seen", space, device)


def written(workspace: Workspace, space: str, device: str) -> int:
    """Up to which sequence a device's work in a space was written anywhere."""
    return _upto(workspace, "sent", space, device)


def _upto(workspace: Workspace, table: str, space: str, device: str) -> int:
    sql = f"SELECT max(seq) FROM {table} WHERE space=? AND device=?"
    (found,) = workspace.store.row(sql, (space, device)) or (0,)
    return int(found or 0)


def standing(workspace: Workspace, record: Record) -> Acknowledged:
    """Where else the changes of a record are."""
    space = workspace.book.space_of(record)
    sql = (
        "SELECT d.id, max(c.seq) FROM change c JOIN device d USING(idx)"
        " WHERE c.record=? AND c.space=? GROUP BY d.id"
    )
    wanted = dict(workspace.store.rows(sql, (record.id, space)))
    return Acknowledged(
        tuple(_having(workspace, "carrier", "sent", space, wanted)),
        tuple(_having(workspace, "peer", "seen", space, wanted)),
    )


def own(workspace: Workspace) -> tuple[str, ...]:
    """This device's ids, earlier ones of the same key first."""
    who = read(workspace.home)
    return (*(who.was if who else ()), workspace.log.device)


def admitted(workspace: Workspace) -> list[str]:
    """Those of this device's ids that the members know, the latest first."""
    known = (workspace.people.facts(one) for one in reversed(own(workspace)))
    return [one.id for one in known if one is not None and one.tag]


def former(workspace: Workspace) -> tuple[str, ...]:
    """The ids of this device whose key another computer has too."""
    return tuple(json.loads(workspace.store.meta(FORMER) or "[]"))


def marks(workspace: Workspace) -> dict[tuple[str, str], int]:
    """(space, own device id) -> what is confirmed now; compare two of them with `newly`."""
    return {
        (space, device): sure(workspace, space, device)
        for device in own(workspace)
        for (space,) in workspace.store.rows("SELECT DISTINCT space FROM head")
    }


def newly(workspace: Workspace, before: Mapping[tuple[str, str], int]) -> Iterator[tuple[str, str]]:
    """(type, record id) of this device's records that became fully confirmed since `before`."""
    for (space, device), now in marks(workspace).items():
        sql = (
            "SELECT DISTINCT type, record FROM change c JOIN device d USING(idx) WHERE c.space=?"
            " AND d.id=? AND c.seq>? AND c.seq<=? AND NOT EXISTS(SELECT 1 FROM change o"
            " WHERE o.record=c.record AND o.space=? AND o.idx=c.idx AND o.seq>?)"
        )
        params = (space, device, before.get((space, device), 0), now, space, now)
        for type, record in workspace.store.rows(sql, params):
            if type in kinds:
                yield str(type), str(record)


def _having(
    workspace: Workspace, name: str, table: str, space: str, wanted: Vector
) -> Iterator[str]:
    """The carriers or peers that have all of these; `name` and `table` never come from data."""
    found: dict[str, dict[str, int]] = {}
    for who, device, seq in workspace.store.rows(
        f"SELECT {name}, device, seq FROM {table} WHERE space=? ORDER BY {name}", (space,)
    ):
        found.setdefault(who, {})[device] = seq
    for who, vector in found.items():
        if all(vector.get(device, 0) >= seq for device, seq in wanted.items()):
            yield who


def _put(workspace: Workspace, table: str, who: str, space: str, vector: Vector) -> None:
    now = workspace.log.now()
    rows = [(space, who, device, seq, now) for device, seq in vector.items()]
    with workspace.store.write():
        run: Any = workspace.store.db.connection()
        run.executemany(PUT.format(table=table), rows)
