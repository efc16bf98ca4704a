"""Pruning: the hub replaces changes that no device needs by digests; devices keep their text.

A segment is pruned some months after every device that may hold its space has acknowledged it, or
when it is old: a device that was away longer gets the values that still count, and merges as
exactly. The segment keeps its number, bounds, hash and seal, so receipts and chains hold.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sync.changes.change import Dot, LoggedRow
from sync.changes.compatibility import unknown
from sync.encoding import segment
from sync.encoding.segment import decode, encode
from sync.hub.hub import Hub
from sync.trust import space_access
from sync.validation.pruning import RemainingValues, dropped

DAY = 24 * 3600 * 1000
SEEN, OLD = 90 * DAY, 365 * DAY
"""Milliseconds before pruning: of segments that every device has acknowledged, and of others."""
PAGE = 50
SHARE = 0.8
"""A segment is replaced when what is left of it is at most so much."""


class _StoredSegment(NamedTuple):
    """A segment as it is stored."""

    n: int
    at: int
    blob: bytes


def compact(hub: Hub, space: str, *, seen: int = SEEN, old: int = OLD) -> int:
    """Prune the segments of a space where that is allowed; returns the bytes saved.

    Reads the whole space once or twice and writes a few segments at a time, so that the hub serves
    meanwhile; after an interruption the next call continues.
    """
    remaining, until, last = RemainingValues(), dict[str, int](), 0
    ineffective = _without_effect(hub, space)
    for one in _segments(hub, space, 0):
        part = decode(one.blob)
        for change, _ in part.changes():
            remaining.add(change, inert=change.dot in ineffective, kept=bool(unknown(change)))
        until[part.device], last = part.last, one.n
    needed, saved = remaining.needed(), 0
    now, upto = time.time_ns() // 1_000_000, _acknowledged_by_all(hub, space)
    for one in _segments(hub, space, last):
        if now - one.at > (seen if one.n <= upto else old):
            less = _pruned(one.blob, needed, until)
            if less is not None and len(less) <= SHARE * len(one.blob):
                saved += len(one.blob) - len(less)
                _replace(hub, space, one, less)
    return saved


def everything(hub: Hub) -> int:
    """Every space; returns the bytes saved."""
    return sum(compact(hub, space) for space in hub.segments.spaces())


def _segments(hub: Hub, space: str, upto: int) -> Iterator[_StoredSegment]:
    """In order; up to a number unless that is 0."""
    table, after = hub.base.t.Segment, 0
    while True:
        query = table.select(table.n, table.at, table.blob).where(
            table.space == space, table.n > after
        )
        page = list(query.order_by(table.n).limit(PAGE).tuples())
        for n, at, blob in page:
            if upto and n > upto:
                return
            yield _StoredSegment(int(n), int(at), bytes(blob))
        if len(page) < PAGE:
            return
        after = int(page[-1][0])


def _pruned(blob: bytes, needed: set[Dot], until: Mapping[str, int]) -> bytes | None:
    """The segment without what is not needed; None when all of it is."""
    part = decode(blob)
    rows = [LoggedRow(c.seq, c.at, c.type, c.record, body) for c, body in part.changes()]
    left = list(dropped(part.device, rows, needed))
    if left == rows:
        return None
    more: Any = {"prev": part.prev, "vouch": part.vouch}
    return encode(segment.thinned(part.head, part.signature, left, until, **more))


def _replace(hub: Hub, space: str, one: _StoredSegment, less: bytes) -> None:
    table = hub.base.t.Segment

    def work() -> None:
        where = (table.space == space) & (table.n == one.n) & (table.size == len(one.blob))
        table.update(blob=less, size=len(less)).where(where).execute()

    hub.base.write(work)


def _without_effect(hub: Hub, space: str) -> set[Dot]:
    """The changes in quarantine and the parked ones."""
    bad, left = hub.base.t.Quarantined, hub.base.t.Parked
    refused = bad.select(bad.device, bad.seq).where(bad.space == space, bad.adopted == 0)
    parked = left.select(left.device, left.seq).where(left.space == space)
    return {(str(d), int(seq)) for query in (refused, parked) for d, seq in query.tuples()}


def _acknowledged_by_all(hub: Hub, space: str) -> int:
    """Up to which number every device that may hold the space has acknowledged it."""
    roster, reader = hub.membership.now(), hub.base.t.Reader
    query = reader.select(reader.device, reader.n).where(reader.space == space)
    said = {str(device): int(n) for device, n in query.tuples()}
    devices = space_access.devices(roster, space, hub.access.named(space))
    owed: Sequence[str] = [one.id for one in devices]
    return min((said.get(device, 0) for device in owed), default=0)
