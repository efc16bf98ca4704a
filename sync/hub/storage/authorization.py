"""Authorisation at the hub: the creations of records, and the changes that the rules refuse.

The hub stores a refused change and passes it on like any other, as every book does; the device
that brought it gets the reason. What only a newer version of the program understands is parked and
authorised after the update (`sync.hub.storage.replay_parked`).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from models.schema.company_tables import RULES
from models.schema.natural_keys import COMPANY
from models.schema.record import kinds
from models.text.words import Refused
from sync.changes.compatibility import unknown, whole
from sync.changes.pruned import PrunedChange
from sync.hub.storage.database import Base, parts
from sync.hub.storage.history import History
from sync.hub.storage.segment_check import Proven
from sync.log import quarantine
from sync.trust.membership import Membership
from sync.validation.authorize import authorise_all
from sync.validation.reasons import Newer

FACT = "judged"
"""The fact with the declarations by which parked changes were last authorised, and the progress."""
REASON = 200
ROWS = 200
"""Rows that one statement inserts."""


class Authorization:
    """Notes creations and reasons, inside the transaction that stores the segments."""

    def __init__(self, base: Base, membership: Membership, *, again: bool = False) -> None:
        self.base = base
        self.membership = membership
        self.again = again
        """Whether these changes were authorised before: old reasons are deleted first."""
        self.refused: list[tuple[str, int, str]] = []
        """(device, sequence, reason) of this request."""
        self.parked: list[tuple[str, int]] = []
        """(device, sequence) of the changes that were parked."""

    def begin(self) -> None:
        """Begin anew: a transaction may be done more than once before it counts."""
        self.refused.clear()
        self.parked.clear()

    def __call__(self, space: str, some: Sequence[Proven]) -> None:
        """Authorise the changes of segments that were just stored."""
        past = History(self.base, space, self.membership, some)
        bad, newer = list[dict[str, Any]](), list[dict[str, Any]]()
        for one in some:
            past.vouched(one)
            judged = authorise_all(one.changes, one.writer, past, self.membership)
            if self.again:
                self._forget(space, one, judged.lacking)
            left = _left(one, judged.faults)
            faults = {seq: why for seq, why in judged.faults.items() if seq not in left}
            past.add(one, faults, left)
            bad += _rows(space, one, {seq: {"reason": _said(why)} for seq, why in faults.items()})
            newer += _rows(space, one, {seq: {} for seq in left})
        t = self.base.t
        self._insert(t.Vouch, list(_vouches(some)))
        self._insert(t.Birth, list(_births(space, some)))
        self._insert(t.Quarantined, bad)
        self._insert(t.Parked, newer)
        self.refused += [(row["device"], row["seq"], row["reason"]) for row in bad]
        self.parked += [(row["device"], row["seq"]) for row in newer]
        self._adopt(space, some, {(row["device"], row["seq"]) for row in bad})
        if space == COMPANY and any(_is_table(c.type) for one in some for c in one.changes):
            self.base.note(FACT, "")  # decisions that wait for a table are authorised again

    def _forget(self, space: str, one: Proven, lacking: Container[int]) -> None:
        """Delete the notes about changes that can be authorised again: those with their values."""
        able = [
            c.seq for c in one.changes if not isinstance(c, PrunedChange) and c.seq not in lacking
        ]
        for table in (self.base.t.Quarantined, self.base.t.Parked):
            for seqs in parts(able):
                mine = (table.space == space) & (table.device == one.segment.device)
                table.delete().where(mine & table.seq.in_(seqs)).execute()

    def _insert(self, table: Any, rows: Sequence[dict[str, Any]]) -> None:
        for some in parts(rows, ROWS):
            table.insert_many(some).on_conflict_ignore().execute()

    def _adopt(self, space: str, some: Sequence[Proven], bad: set[tuple[str, int]]) -> None:
        table = self.base.t.Quarantined
        for change in (change for one in some for change in one.changes):
            for device, seq in quarantine.adopted(change) if change.dot not in bad else ():
                row = (table.space == space) & (table.device == device) & (table.seq == seq)
                table.update(adopted=1).where(row).execute()


def _is_table(type: str) -> bool:
    return type in kinds and kinds[type].kind.table == RULES


def _births(space: str, some: Sequence[Proven]) -> Iterator[dict[str, Any]]:
    for change in (change for one in some for change in one.changes):
        if change.header is not None:
            place = {"space": space, "device": change.device, "seq": change.seq}
            yield {"record": change.record, **place}


def _vouches(some: Sequence[Proven]) -> Iterator[dict[str, Any]]:
    for one in some:
        if one.segment.vouch is not None:
            yield {"device": one.segment.device, "old": one.segment.vouch.old}


def _left(one: Proven, faults: Mapping[int, Refused]) -> set[int]:
    """The sequences of changes to be parked, whether the rules refuse them or not."""
    newer = {seq for seq, why in faults.items() if isinstance(why, Newer)}
    new = (c.seq for c in one.changes if c.seq not in faults and any(map(whole, unknown(c))))
    return newer.union(new)


def _said(why: Refused) -> str:
    """The reason, without any content of the change."""
    return why.word.en[:REASON]


def _rows(
    space: str, one: Proven, some: Mapping[int, Mapping[str, str]]
) -> Iterator[dict[str, Any]]:
    for c in one.changes:
        if c.seq in some:
            place = {"space": space, "device": c.device, "seq": c.seq}
            yield {**place, "record": c.record, **some[c.seq]}
