"""Incoming: what one book takes from others, and what waits in it.

Each segment is received in a transaction of its own. What was applied may be what others waited
for: these are received again, and a snapshot is applied once all of it is here.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from models.text.words import Refused
from sync.apply.apply_changes import ApplyOutcome
from sync.apply.receive import Arrival, SegmentReceiver
from sync.apply.receive_snapshot import SnapshotReceiver
from sync.apply.reevaluation import (
    awaited_tables,
    incarnation,
    missing_values,
    named_history,
    repeated,
    revocation,
)
from sync.apply.reevaluation.named_history import NamedHistory
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.seal_own import Sealing
from sync.apply.snapshot_assembly import FRESH, reached
from sync.apply.transaction import begin
from sync.apply.verifier import SegmentVerifier
from sync.encoding.segment import decode
from sync.log import logged_changes, membership_store, pending_segments
from sync.log.histories import forks
from sync.log.histories.forks import Fork
from sync.log.pending_segments import PendingSegment
from sync.trust.membership_entry import MembershipEntry
from sync.workspace import acknowledgements
from sync.workspace.workspace import Workspace


@dataclass
class ExchangeReport:
    """What was taken, for people: counts of changes, and by record what needs a look."""

    outcome: ApplyOutcome = field(default_factory=ApplyOutcome)
    known: int = 0
    """Segments that were here already."""
    waiting: list[PendingSegment] = field(default_factory=list)
    forks: list[Fork] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    members: int = 0
    """New entries of the membership log."""

    def note(self, one: Arrival, now: int) -> None:
        """Count one segment."""
        self.outcome.add(one.outcome)
        self.known += one.what == "known"
        if one.why is not None:
            self.refused.append(one.why)
        if one.segment is not None and one.want is not None:
            part = one.segment
            self.waiting.append(
                PendingSegment(part.space, part.device, part.first, part.last, one.want, now)
            )
        if one.segment is not None and one.what == "forked":
            self.forks.append(Fork(one.segment.space, one.segment.device, one.segment.last, now))

    def add(self, other: ExchangeReport) -> None:
        """Sum up."""
        self.outcome.add(other.outcome)
        self.known += other.known
        self.waiting += other.waiting
        self.forks += other.forks
        self.refused += other.refused
        self.members += other.members


class IncomingSegments:
    """What one book takes in every round."""

    def __init__(self, workspace: Workspace, trust: SegmentVerifier, sealing: Sealing) -> None:
        self.workspace = workspace
        self.trust = trust
        self._sealing = sealing
        self._segments = SegmentReceiver(workspace, trust, sealing)
        self._snapshots = SnapshotReceiver(workspace, trust, sealing)

    @property
    def _db(self) -> Any:
        return self.workspace.store.db.connection()

    def wanted(self, space: str) -> dict[str, int]:
        """What to ask others for is all beyond this: less than the vector where values that were
        left out are needed again, more where a part of a snapshot waits for the rest.
        """
        held = self.workspace.log.vector(space)
        if pending_segments.of_snapshot(self._db, space):
            held = reached(self._db, space, held, self.workspace.log.now() - FRESH)
        for device, seq in missing_values.lacking(self._db, self.workspace.people, space).items():
            held[device] = min(seq - 1, held.get(device, 0))
        again = named_history.asked_again(self._db, self.trust.membership, space)
        return held | dict.fromkeys(again, 0)

    def waiting(self) -> list[PendingSegment]:
        """Segments that came before what they build on."""
        return pending_segments.listed(self._db)

    def take(self, blobs: Iterable[bytes]) -> ExchangeReport:
        """Take encoded segments, each in a transaction of its own.

        Raises `Refused` when the disk, the key or this book is at fault; what was taken before
        stays. What is wrong with a segment stands in the report.
        """
        report = ExchangeReport()
        for one in self._retry():  # what a newer version of the program understands by now
            report.note(one, self.workspace.log.now())
        for one in self._overdue():
            report.note(one, self.workspace.log.now())
        for blob in blobs:
            for one in self._receive(blob):
                report.note(one, self.workspace.log.now())
        report.outcome.touched |= awaited_tables.arrived(
            self.workspace, self.trust, report.outcome.touched
        )
        if report.waiting:
            still = {row[:4] for row in self.waiting()}
            report.waiting = [row for row in report.waiting if row[:4] in still]
        return report

    def take_members(self, entries: Iterable[MembershipEntry]) -> ExchangeReport:
        """Take membership entries, and then what waited for them. `Refused`: none is taken."""
        report, store = ExchangeReport(), self.workspace.store
        with store.write():
            before = self.trust.membership
            grown = before.extend(entries)
            report.members = membership_store.keep(store.db, grown)
            if report.members:
                membership_store.project(store.db, grown, pinyin=False)
                store.set_meta("members", grown.version)
                report.outcome.touched |= revocation.carry_out(
                    self.workspace, grown, before.version
                )
                for space in logged_changes.spaces(self._db) if grown.version else ():
                    for one in self._named(space):
                        report.note(one, self.workspace.log.now())
                    report.outcome.touched |= incarnation.outlived(
                        self.workspace, self.trust, space
                    )
        if report.members:
            self.workspace.people.refresh()
            self.workspace.book.me = self.workspace.people.me or self.workspace.log.device
            for one in self._retry():
                report.note(one, self.workspace.log.now())
            report.outcome.touched |= awaited_tables.arrived(
                self.workspace, self.trust, report.outcome.touched
            )
        return report

    def _receive(self, blob: bytes) -> list[Arrival]:
        """First what became of a segment, then of those that waited for it."""
        with _undisturbed():
            return self._follow([self._segments.receive(blob)])

    def _retry(self) -> list[Arrival]:
        """Receive those again that waited for a membership version which is here now."""
        with _undisturbed():
            version = self.trust.membership.version
            return self._follow(self._again(pending_segments.for_members(self._db, version)))

    def _follow(self, arrivals: list[Arrival]) -> list[Arrival]:
        """What was applied may be what others waited for, and so on."""
        for one in arrivals:
            if one.segment is None:
                continue
            space = one.segment.space
            if one.what == "applied":
                arrivals += self._again(pending_segments.ready(self._db, space))
                arrivals += self._again(pending_segments.for_bodies(self._db, space))
            if one.what in ("applied", "waiting"):
                arrivals += self._snapshots.receive(space)
            if one.what in ("forked", "waiting"):
                arrivals += self._named(space)
        return arrivals

    def _overdue(self) -> list[Arrival]:
        """Named histories that could not be taken when they came: an id of ours was in use yet."""
        with _undisturbed():
            return self._follow(
                [one for space in forks.spaces(self._db) for one in self._named(space)]
            )

    def _named(self, space: str) -> list[Arrival]:
        """Take the histories that revocations name, where another one is here."""
        arrivals, own = list[Arrival](), acknowledgements.own(self.workspace)
        for one in list(named_history.due(self._db, self.trust.membership, space)):
            if one.device not in own:  # it takes a new id first
                arrivals += self._changed(space, one)
        named_history.note_rest(self._db, self.trust.membership, space)
        return arrivals

    def _changed(self, space: str, named: NamedHistory) -> list[Arrival]:
        """Take one in the place of the other, all of it or nothing."""
        with begin(self.workspace, self.trust, space) as tx:
            self._sealing.seal(space)
            some = repeated.beyond(tx, named.device, named.common)
            touched = named_history.take_out(tx, named.device, named.common)
            reevaluate(tx, touched, anew=touched)
            arrivals = [self._segments.receive(blob) for blob in named.blobs]
            for blob in named.blobs:
                named_history.taken(tx.db, decode(blob))
            if named.device in acknowledgements.former(self.workspace):
                touched += repeated.repeat(tx, some)
            arrivals[-1].outcome.touched |= reevaluate(tx, touched, anew=touched)
        return arrivals

    def _again(self, waiting: Mapping[int, bytes]) -> list[Arrival]:
        """Receive segments that waited, by row; those that still wait are not among the result."""
        arrivals = []
        for rowid, blob in waiting.items():
            arrival = self._segments.receive(blob)
            if arrival.what != "waiting":
                with self.workspace.store.write():
                    pending_segments.drop(self._db, rowid)
                arrivals.append(arrival)
        return arrivals


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looking for cycles: a segment makes none and many objects (an eighth of its time)."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
