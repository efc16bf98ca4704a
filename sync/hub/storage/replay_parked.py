"""Replay parked: what only a newer version of the program could judge, judged again when this one
is it.

From the first parked change of a space on, everything is judged as if it came now: what was built
on it may count otherwise too. It goes in portions, each in a transaction of its own, so that the
hub serves meanwhile; cut at any moment, it goes on from the last portion.
"""

from __future__ import annotations

import json
from contextlib import suppress

from peewee import fn

from models.text.words import Refused
from sync.apply.reevaluation.replay_parked import declared
from sync.hub.hub import Hub
from sync.hub.storage.authorization import Judging
from sync.hub.storage.segment_check import Proven, prove
from sync.trust.membership import Membership

FACT = "judged"
"""By which declarations what is parked was last judged, and in which spaces from where on."""
PORTION = 1 << 20
"""Bytes of segments that are judged in one transaction, if there is more than one."""
PAGE = 20


def replay(house: Hub) -> None:
    """Judge again what is parked, once for each version of the program."""
    for space in house.base.write(lambda: _todo(house)):
        while _portion(house, space):
            pass


def _todo(house: Hub) -> list[str]:
    """The spaces that are left; all with something parked, when this version looks first."""
    mark, left = _noted(house)
    if mark != declared():
        left = _parked(house)
        _note(house, left)
    return sorted(left)


def _noted(house: Hub) -> tuple[str, dict[str, int]]:
    mark, left = json.loads(house.base.fact(FACT) or '["", {}]')
    return str(mark), dict(left)


def _note(house: Hub, left: dict[str, int]) -> None:
    house.base.note(FACT, json.dumps([declared(), left]))


def _parked(house: Hub) -> dict[str, int]:
    """Space -> the number before that of the first segment with something parked."""
    parked, segment = house.base.t.Parked, house.base.t.Segment
    holds = (
        (segment.space == parked.space)
        & (segment.device == parked.device)
        & (segment.first <= parked.seq)
        & (segment.last >= parked.seq)
    )
    rows = parked.select(parked.space, fn.MIN(segment.n)).join(segment, on=holds)
    return {str(space): int(n) - 1 for space, n in rows.group_by(parked.space).tuples()}


def _portion(house: Hub, space: str) -> bool:
    """Judge some more segments; whether any are left."""

    def work() -> bool:
        _, left = _noted(house)
        found = _segments(house, space, left[space]) if space in left else []
        if found:
            membership = house.roll.now()
            some = _sound([blob for _, blob in found], space, membership)
            Judging(house.base, membership, again=True)(space, some)
            left[space] = found[-1][0]
        else:
            left.pop(space, None)
        _note(house, left)
        return space in left

    return house.base.write(work)


def _segments(house: Hub, space: str, after: int) -> list[tuple[int, bytes]]:
    """(number, bytes) of the next ones, in their order."""
    table, size = house.base.t.Segment, 0
    query = table.select(table.n, table.blob).where(table.space == space, table.n > after)
    found = list[tuple[int, bytes]]()
    for n, blob in query.order_by(table.n).limit(PAGE).tuples():
        size += len(blob)
        if found and size > PORTION:
            break
        found.append((int(n), bytes(blob)))
    return found


def _sound(blobs: list[bytes], space: str, membership: Membership) -> list[Proven]:
    some = list[Proven]()
    for blob in blobs:
        with suppress(Refused):  # it was sound when it came, by the rules of its day
            some.append(prove(blob, space, membership))
    return some
