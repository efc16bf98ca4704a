"""Sync status: the figures of sync that people read.

Unsent and parked changes by record, and for each device the time of its newest change here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from models.book.conflict import conflicts
from models.book.people import PersonDevice
from models.frozen import NamedTuple
from models.schema.record import Record
from models.schema.roles import LEADS, ROLES
from sync.changes.hybrid_clock import believed, millis
from sync.log.logged_changes import NEWEST
from sync.workspace import acknowledgements, people_reach
from sync.workspace.workspace import Workspace

HUB = "hub"
"""The name of the hub among carriers and peers."""
LISTED = 500
"""Changes of a space that a list looks at, the newest."""


class Unsent(NamedTuple):
    """A record with changes of this device that no other device has acknowledged."""

    type: str
    record: str
    changes: int
    at: int
    """When the newest of them was written, ms UTC."""
    written: bool
    """Whether all of them were written to a folder or a bundle, at least."""


class Heard(NamedTuple):
    """The time up to which another device's changes are here."""

    device: PersonDevice
    until: int | None
    """The time of its newest change here, by its own clock; None without any."""
    seen: int | None
    """When its last acknowledgement came, ms UTC."""


class ParkedCount(NamedTuple):
    """What a newer version of the program wrote about one record."""

    type: str
    record: str
    names: tuple[str, ...]


class SyncPlace(NamedTuple):
    """Where else this device's changes of one record are."""

    written: tuple[str, ...] = ()
    """Carriers that all of it was written to, unconfirmed."""
    hub: bool = False
    """Whether the hub has acknowledged all of it."""
    people: tuple[str, ...] = ()
    """Other people with a device that has acknowledged all of it."""


class SyncCounts(NamedTuple):
    """What needs attention in a book, and the time of the last news from others."""

    conflicts: int
    """Records with registers in conflict."""
    quarantined: int
    """Changes without effect until a reviewer adopts them."""
    waiting: int
    """Segments that wait for earlier ones."""
    last: int | None
    """The time of the last news from others (ms UTC); None for never."""


class Carried(NamedTuple):
    """A carrier that changes were written to, and when."""

    carrier: str
    at: int


def counts(workspace: Workspace) -> SyncCounts:
    """The counts that every display of the sync uses."""
    sql = (
        "SELECT (SELECT count(*) FROM quarantine WHERE adopted IS NULL)"
        " + (SELECT count(*) FROM aside WHERE adopted IS NULL), count(*) FROM waiting"
    )
    quarantined, waiting = workspace.store.row(sql) or (0, 0)
    last = workspace.store.meta(acknowledgements.LAST)
    return SyncCounts(
        conflicts.count(workspace.book), int(quarantined), int(waiting), int(last) if last else None
    )


def unsent(workspace: Workspace, most: int = LISTED) -> Iterator[Unsent]:
    """The newest first, space by space; of very many only the newest, see `outbox` for all."""
    sql = (
        "SELECT c.type, c.record, c.at, c.seq FROM change c JOIN device d USING(idx)"
        " WHERE c.space=? AND d.id=? AND c.seq>? ORDER BY c.seq DESC LIMIT ?"
    )
    for device in acknowledgements.written_here(workspace):
        for space, seq in acknowledgements.heads(workspace, device).items():
            known = acknowledgements.sure(workspace, space, device)
            if known < seq:
                out = acknowledgements.written(workspace, space, device)
                yield from _grouped(workspace.store.rows(sql, (space, device, known, most)), out)


def _grouped(rows: Sequence[tuple[Any, ...]], out: int) -> Iterator[Unsent]:
    """Changes by record, the one with the newest first; `out` was written somewhere."""
    found: dict[str, Unsent] = {}
    for type, record, at, seq in rows:
        one = found.get(record) or Unsent(type, record, 0, millis(at), seq <= out)
        found[record] = one._replace(changes=one.changes + 1)
    yield from found.values()


def outbox(workspace: Workspace) -> tuple[int, int]:
    """Changes of this device that were written nowhere, and that were written unconfirmed."""
    unsent = unsure = 0
    for device in acknowledgements.written_here(workspace):
        for space, seq in acknowledgements.heads(workspace, device).items():
            known = min(acknowledgements.sure(workspace, space, device), seq)
            out = max(min(acknowledgements.written(workspace, space, device), seq), known)
            unsent += seq - out
            unsure += out - known
    return unsent, unsure


def heard(workspace: Workspace) -> list[Heard]:
    """Every other device that is not revoked, the one with the oldest news first."""
    store = workspace.store
    until = dict(store.rows(f"SELECT h.idx, max(c.at) FROM {NEWEST} GROUP BY h.idx"))
    seen = dict(store.rows("SELECT peer, max(at) FROM seen GROUP BY peer"))
    sql = "SELECT id FROM device WHERE person IS NOT NULL AND key IS NOT NULL AND revoked IS NULL"
    own, found = acknowledgements.own(workspace), list[Heard]()
    for (id,) in store.rows(sql):
        known = workspace.people.facts(id)
        if known is not None and id not in own:
            at = until.get(known.idx)
            if at and not believed(at, workspace.log.now()):  # its clock was wrong
                at = None
            found.append(Heard(known, millis(at) if at else None, seen.get(id)))
    return sorted(found, key=lambda one: (max(one.until or 0, one.seen or 0), one.device.id))


def reach(workspace: Workspace) -> dict[str, int]:
    """Person -> the time up to which their changes are here (ms UTC)."""
    return people_reach.reach(workspace.store, workspace.book.me, workspace.log.now())


def parked(workspace: Workspace, record: str | None = None) -> list[ParkedCount]:
    """Parked changes by record."""
    sql = (
        "SELECT DISTINCT type, record, name FROM parked WHERE ? IS NULL OR record=?"
        " ORDER BY record, name"
    )
    found: dict[tuple[str, str], list[str]] = {}
    for type, id, name in workspace.store.rows(sql, (record, record)):
        found.setdefault((type, id), []).append(name)
    return [ParkedCount(*key, tuple(names)) for key, names in found.items()]


def carried(workspace: Workspace) -> list[Carried]:
    """When each carrier was last written to, the newest first."""
    sql = "SELECT carrier, max(at) FROM sent GROUP BY carrier ORDER BY 2 DESC"
    return [Carried(*row) for row in workspace.store.rows(sql)]


def place(workspace: Workspace, record: Record) -> SyncPlace | None:
    """Where this device's changes of a record are; None where it wrote none.

    The changes of others came from their devices and are not counted.
    """
    own = acknowledgements.own(workspace)
    sql = (
        "SELECT c.space, d.id, max(c.seq) FROM change c JOIN device d USING(idx)"
        f" WHERE c.record=? AND d.id IN ({','.join('?' * len(own))}) GROUP BY c.space, d.id"
    )
    parts = workspace.store.rows(sql, (record.id, *own))
    if not parts:
        return None
    seen = _holders(workspace, "peer", "seen", parts)
    known = [workspace.people.person_of(one) for one in seen if one != HUB]
    people = {one for one in known if one and one != workspace.book.me}
    written = _holders(workspace, "carrier", "sent", parts)
    return SyncPlace(tuple(sorted(written - {HUB})), HUB in seen, tuple(sorted(people)))


def reviewers(workspace: Workspace, record: Record, people: Sequence[str]) -> list[str]:
    """The people who decide on such a record: by its four-eyes moves, else the leads."""
    moves = record.kind.moves
    roles = {role for move in moves if move.four_eyes for role in move.who if role in ROLES}
    wanted = roles or set(LEADS)
    return [one for one in people if workspace.people.roles(one, record.project) & wanted]


def _holders(
    workspace: Workspace, name: str, table: str, parts: Sequence[tuple[str, str, int]]
) -> set[str]:
    """The carriers or peers that have every part; `name` and `table` never come from data."""
    sql = f"SELECT {name} FROM {table} WHERE space=? AND device=? AND seq>=?"
    return set.intersection(*({row[0] for row in workspace.store.rows(sql, p)} for p in parts))


def alone(workspace: Workspace) -> bool:
    """Whether this book has no colleague, hub or folder: then no display mentions sync."""
    sql = (
        "SELECT (SELECT count(DISTINCT key) FROM device WHERE key IS NOT NULL)<2"
        " AND NOT EXISTS(SELECT 1 FROM sent) AND NOT EXISTS(SELECT 1 FROM seen)"
        " AND NOT EXISTS(SELECT 1 FROM waiting) AND NOT EXISTS(SELECT 1 FROM meta"
        " WHERE key='peer')"
    )
    (found,) = workspace.store.row(sql) or (1,)
    return bool(found)
