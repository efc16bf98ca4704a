"""Replay of parked changes: after an update the hub authorises what an older version could not.

From the first parked change of a space on, every change is authorised as if it came now, since its
result may depend on a parked one. The work is divided into transactions, so that the hub serves
meanwhile; after an interruption it continues with the next one.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial

from peewee import fn

from models.schema.natural_keys import file_of
from models.text.words import Refused
from sync.apply.reevaluation.replay_parked import declared
from sync.hub.hub import Hub
from sync.hub.storage.authorization import FACT, Authorization
from sync.hub.storage.segment_check import Proven, prove
from sync.trust.membership import Membership

PORTION = 1 << 20
"""Bytes of segments that are authorised in one transaction, if there is more than one."""
PAGE = 20


def replay(hub: Hub) -> None:
    """Authorise parked changes again, once for each version of the program."""
    for space in hub.base.write(lambda: _todo(hub)):
        while _portion(hub, space):
            pass
        if file_of(space) is not None:  # its type may be known only now
            hub.base.write(partial(hub.access.refresh, space, hub.membership.now()))


def _todo(hub: Hub) -> list[str]:
    """The spaces that are left; all with something parked, when this version looks first."""
    mark, left = _noted(hub)
    if mark != declared():
        left = _parked(hub)
        _note(hub, left)
    return sorted(left)


def _noted(hub: Hub) -> tuple[str, dict[str, int]]:
    mark, left = json.loads(hub.base.fact(FACT) or '["", {}]')
    return str(mark), dict(left)


def _note(hub: Hub, left: dict[str, int]) -> None:
    hub.base.note(FACT, json.dumps([declared(), left]))


def _parked(hub: Hub) -> dict[str, int]:
    """Space -> the number before that of the first segment with something parked."""
    parked, segment = hub.base.t.Parked, hub.base.t.Segment
    holds = (
        (segment.space == parked.space)
        & (segment.device == parked.device)
        & (segment.first <= parked.seq)
        & (segment.last >= parked.seq)
    )
    rows = parked.select(parked.space, fn.MIN(segment.n)).join(segment, on=holds)
    return {str(space): int(n) - 1 for space, n in rows.group_by(parked.space).tuples()}


def _portion(hub: Hub, space: str) -> bool:
    """Authorise some more segments; whether any remain."""

    def work() -> bool:
        _, left = _noted(hub)
        found = _segments(hub, space, left[space]) if space in left else []
        if found:
            membership = hub.membership.now()
            some = _sound([blob for _, blob in found], space, membership)
            Authorization(hub.base, membership, again=True)(space, some)
            left[space] = found[-1][0]
        else:
            left.pop(space, None)
        _note(hub, left)
        return space in left

    return hub.base.write(work)


def _segments(hub: Hub, space: str, after: int) -> list[tuple[int, bytes]]:
    """(number, bytes) of the next ones, in their order."""
    table, size = hub.base.t.Segment, 0
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
