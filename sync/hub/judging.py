"""Judging at the hub: the births of records, and what the rules refuse.

The hub passes a refused change on like any other, as every book does: it only knows, and tells
whoever brought it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sync import quarantine
from sync.change import Change
from sync.hub.base import Base
from sync.hub.proof import Proven
from sync.judge import judge_all
from sync.membership import Membership
from sync.segment import decode
from sync.values import unknown, whole

REASON = 200
SEGMENTS = 256
"""Segments kept opened."""


@lru_cache(SEGMENTS)
def _opened(blob: bytes) -> Mapping[int, Change]:
    return {change.seq: change for change, _ in decode(blob).changes()}


class Past:
    """What the rules may ask of the history of one space (`sync.past.Past`)."""

    def __init__(self, base: Base, space: str, membership: Membership) -> None:
        self.base = base
        self.t: Any = base.t
        self.space = space
        self.membership = membership

    def change(self, device: str, seq: int) -> Change | None:
        """The change that wrote a version."""
        return self._change(self.space, device, seq)

    def record(self, device: str, seq: int) -> str | None:
        """The record that a version is of."""
        found = self.change(device, seq)
        return found.record if found is not None else None

    def births(self, record: str) -> Sequence[Change]:
        """The creations of a record that count."""
        birth = self.t.Birth
        rows = birth.select(birth.space, birth.device, birth.seq).where(birth.record == record)
        found = []
        for space, device, seq in rows.tuples():
            change = self._change(space, device, seq)
            if change is not None and not self._refused(space, device, seq):
                found.append(change)
        return found

    def quarantined(self, device: str, seq: int) -> bool:
        """Whether a change counts for nothing."""
        return self._refused(self.space, device, seq)

    def parked(self, device: str, seq: int) -> bool:
        """Whether this version of the program does not understand the change as a whole."""
        change = self.change(device, seq)
        return change is not None and any(whole(what) for what in unknown(change))

    def person(self, device: str) -> str | None:
        """Whose device it is."""
        found = self.membership.person_of(device)
        if found is not None:
            return found
        vouch = self.t.Vouch
        old = vouch.select(vouch.old).where(vouch.device == device).scalar()
        return self.membership.person_of(str(old)) if old else None

    def standing(self, _type: str, _record: str) -> None:
        """No rows are kept here."""

    def _change(self, space: str, device: str, seq: int) -> Change | None:
        segment = self.t.Segment
        query = segment.select(segment.first, segment.blob).where(
            segment.space == space, segment.device == device, segment.last >= seq
        )
        row = query.order_by(segment.last).limit(1).tuples().first()
        if row is None or row[0] > seq:
            return None
        return _opened(bytes(row[1])).get(seq)

    def _refused(self, space: str, device: str, seq: int) -> bool:
        table = self.t.Quarantined
        query = table.select().where(
            table.space == space, table.device == device, table.seq == seq, table.adopted == 0
        )
        return bool(query.exists())


class Judging:
    """Notes births and reasons, inside the transaction that takes the segments."""

    def __init__(self, base: Base, membership: Membership) -> None:
        self.base = base
        self.membership = membership
        self.refused: list[tuple[str, int, str]] = []
        """(device, sequence, reason) of this request."""

    def __call__(self, space: str, some: Sequence[Proven]) -> None:
        """Note what came with these segments, which are in their places."""
        past = Past(self.base, space, self.membership)
        for one in some:
            self._births(space, one)
            self._vouched(one)
            faults = self._faults(past, one)
            self._note(space, one, faults)
            self._adopt(space, one, faults)

    def _births(self, space: str, one: Proven) -> None:
        rows = [
            {"record": c.record, "space": space, "device": c.device, "seq": c.seq}
            for c in one.changes
            if c.header is not None
        ]
        for at in range(0, len(rows), 200):
            self.base.t.Birth.insert_many(rows[at : at + 200]).on_conflict_ignore().execute()

    def _vouched(self, one: Proven) -> None:
        told, vouch = one.segment.vouch, self.base.t.Vouch
        if told is not None:
            row = {"device": one.segment.device, "old": told.old}
            vouch.insert(**row).on_conflict_ignore().execute()

    def _faults(self, past: Past, one: Proven) -> Mapping[int, str]:
        """Reasons against changes, by sequence, without anything that the changes say."""
        judged = judge_all(one.changes, one.writer, past, self.membership)
        return {seq: why.word.en[:REASON] for seq, why in judged.faults.items()}

    def _note(self, space: str, one: Proven, faults: Mapping[int, str]) -> None:
        rows = [
            {"space": space, "device": c.device, "seq": c.seq, "record": c.record}
            | {"reason": faults[c.seq]}
            for c in one.changes
            if c.seq in faults
        ]
        if rows:
            self.base.t.Quarantined.insert_many(rows).on_conflict_ignore().execute()
            wrong = [c for c in one.changes if c.seq in faults]
            self.refused += [(c.device, c.seq, faults[c.seq]) for c in wrong]

    def _adopt(self, space: str, one: Proven, faults: Mapping[int, str]) -> None:
        table = self.base.t.Quarantined
        for change in one.changes:
            for device, seq in quarantine.adopted(change) if change.seq not in faults else ():
                row = (table.space == space) & (table.device == device) & (table.seq == seq)
                table.update(adopted=1).where(row).execute()
