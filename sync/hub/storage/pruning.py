"""Pruning: what nobody lacks any more is kept as digests; devices keep the bodies.

A segment is made thinner some months after everybody who may hold its space has said that they
hold it, and when it is old: whoever was away longer gets what still stands, and merges as exactly.
Its number, bounds, hash and seal stay, so receipts and chains hold; it stays ready to be sent.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sync.changes.change import Dot
from sync.changes.compatibility import unknown
from sync.encoding import segment
from sync.encoding.segment import decode, encode
from sync.encoding.snapshot import LoggedRow
from sync.hub.hub import Hub
from sync.trust import space_access
from sync.validation.pruning import RemainingValues, dropped

DAY = 24 * 3600 * 1000
SEEN, OLD = 90 * DAY, 365 * DAY
"""Milliseconds for which whole segments are kept: those that everybody has, and the others."""
PAGE = 50
SHARE = 0.8
"""A segment is replaced when what is left of it is at most so much."""


class _Kept(NamedTuple):
    """A segment as it is kept."""

    n: int
    at: int
    blob: bytes


def compact(house: Hub, space: str, *, seen: int = SEEN, old: int = OLD) -> int:
    """Make the segments of a space thinner where that may be; returns the bytes saved.

    Reads the whole space once or twice and writes a few segments at a time, so that others go on;
    cut at any moment, the rest is done the next time.
    """
    standing, until, last = RemainingValues(), dict[str, int](), 0
    inert = _inert(house, space)
    for one in _segments(house, space, 0):
        part = decode(one.blob)
        for change, _ in part.changes():
            standing.add(change, inert=change.dot in inert, kept=bool(unknown(change)))
        until[part.device], last = part.last, one.n
    needed, saved = standing.needed(), 0
    now, upto = time.time_ns() // 1_000_000, _seen_by_all(house, space)
    for one in _segments(house, space, last):
        if now - one.at > (seen if one.n <= upto else old):
            thin = _thinned(one.blob, needed, until)
            if thin is not None and len(thin) <= SHARE * len(one.blob):
                saved += len(one.blob) - len(thin)
                _replace(house, space, one, thin)
    return saved


def everything(house: Hub) -> int:
    """Every space; returns the bytes saved."""
    return sum(compact(house, space) for space in house.depot.spaces())


def _segments(house: Hub, space: str, upto: int) -> Iterator[_Kept]:
    """In order; up to a number unless that is 0."""
    table, after = house.base.t.Segment, 0
    while True:
        query = table.select(table.n, table.at, table.blob).where(
            table.space == space, table.n > after
        )
        page = list(query.order_by(table.n).limit(PAGE).tuples())
        for n, at, blob in page:
            if upto and n > upto:
                return
            yield _Kept(int(n), int(at), bytes(blob))
        if len(page) < PAGE:
            return
        after = int(page[-1][0])


def _thinned(blob: bytes, needed: set[Dot], until: Mapping[str, int]) -> bytes | None:
    """The segment without what is not needed; None when all of it is."""
    part = decode(blob)
    rows = [LoggedRow(c.seq, c.at, c.type, c.record, body) for c, body in part.changes()]
    left = list(dropped(part.device, rows, needed))
    if left == rows:
        return None
    more: Any = {"prev": part.prev, "vouch": part.vouch}
    return encode(segment.thinned(part.head, part.signature, left, until, **more))


def _replace(house: Hub, space: str, one: _Kept, thin: bytes) -> None:
    table = house.base.t.Segment

    def work() -> None:
        where = (table.space == space) & (table.n == one.n) & (table.size == len(one.blob))
        table.update(blob=thin, size=len(thin)).where(where).execute()

    house.base.write(work)


def _inert(house: Hub, space: str) -> set[Dot]:
    """What counts for nothing, or does not count yet."""
    bad, left = house.base.t.Quarantined, house.base.t.Parked
    refused = bad.select(bad.device, bad.seq).where(bad.space == space, bad.adopted == 0)
    parked = left.select(left.device, left.seq).where(left.space == space)
    return {(str(d), int(seq)) for query in (refused, parked) for d, seq in query.tuples()}


def _seen_by_all(house: Hub, space: str) -> int:
    """Up to which number everybody who may hold the space said that they hold it."""
    roster, reader = house.roll.now(), house.base.t.Reader
    query = reader.select(reader.device, reader.n).where(reader.space == space)
    said = {str(device): int(n) for device, n in query.tuples()}
    owed: Sequence[str] = [one.id for one in space_access.devices(roster, space)]
    return min((said.get(device, 0) for device in owed), default=0)
