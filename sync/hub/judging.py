"""Judging at the hub: the births of records, and what the rules refuse.

The hub passes a refused change on like any other, as every book does: it only knows, and tells
whoever brought it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sync import quarantine
from sync.hub.base import Base, parts
from sync.hub.history import History
from sync.hub.proof import Proven
from sync.judge import judge_all
from sync.membership import Membership

REASON = 200
ROWS = 200
"""Rows that one statement inserts."""


class Judging:
    """Notes births and reasons, inside the transaction that takes the segments."""

    def __init__(self, base: Base, membership: Membership) -> None:
        self.base = base
        self.membership = membership
        self.refused: list[tuple[str, int, str]] = []
        """(device, sequence, reason) of this request."""

    def __call__(self, space: str, some: Sequence[Proven]) -> None:
        """Note what came with these segments, which are in their places."""
        past = History(self.base, space, self.membership, some)
        bad = list[dict[str, Any]]()
        for one in some:
            past.vouched(one)
            faults = self._faults(past, one)
            past.add(one, faults)
            bad += _refused(space, one, faults)
        t = self.base.t
        self._insert(t.Vouch, list(_vouches(some)))
        self._insert(t.Birth, list(_births(space, some)))
        self._insert(t.Quarantined, bad)
        self.refused += [(row["device"], row["seq"], row["reason"]) for row in bad]
        self._adopt(space, some, {(row["device"], row["seq"]) for row in bad})

    def _faults(self, past: History, one: Proven) -> Mapping[int, str]:
        """Reasons against changes, by sequence, without anything that the changes say."""
        judged = judge_all(one.changes, one.writer, past, self.membership)
        return {seq: why.word.en[:REASON] for seq, why in judged.faults.items()}

    def _insert(self, table: Any, rows: Sequence[dict[str, Any]]) -> None:
        for some in parts(rows, ROWS):
            table.insert_many(some).on_conflict_ignore().execute()

    def _adopt(self, space: str, some: Sequence[Proven], bad: set[tuple[str, int]]) -> None:
        table = self.base.t.Quarantined
        for change in (change for one in some for change in one.changes):
            for device, seq in quarantine.adopted(change) if change.dot not in bad else ():
                row = (table.space == space) & (table.device == device) & (table.seq == seq)
                table.update(adopted=1).where(row).execute()


def _births(space: str, some: Sequence[Proven]) -> Iterator[dict[str, Any]]:
    for change in (change for one in some for change in one.changes):
        if change.header is not None:
            place = {"space": space, "device": change.device, "seq": change.seq}
            yield {"record": change.record, **place}


def _vouches(some: Sequence[Proven]) -> Iterator[dict[str, Any]]:
    for one in some:
        if one.segment.vouch is not None:
            yield {"device": one.segment.device, "old": one.segment.vouch.old}


def _refused(space: str, one: Proven, faults: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    for c in one.changes:
        if c.seq in faults:
            place = {"space": space, "device": c.device, "seq": c.seq}
            yield {**place, "record": c.record, "reason": faults[c.seq]}
