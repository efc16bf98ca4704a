"""Receive snapshot: the segments of a snapshot are applied together, in one transaction.

They go through the four steps of `sync.apply.receive`. What lies between two of them is no state
that ever was, so all of them count or none does: a snapshot that cannot be applied whole leaves
the book as it was.
"""

from __future__ import annotations

from dataclasses import replace

from models.text.words import Refused
from sync.apply.apply_changes import Applying
from sync.apply.receive import (
    Arrival,
    Forked,
    Fresh,
    Known,
    Pending,
    Rejected,
    apply,
    authorise,
    check,
    fill,
    note_fork,
    place,
    reevaluate_stale,
)
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.seal_own import Sealing
from sync.apply.snapshot_assembly import SnapshotAssembly, SnapshotParts
from sync.apply.transaction import Transaction, begin
from sync.apply.verifier import SegmentVerifier
from sync.log import pending_segments
from sync.workspace.workspace import Workspace

ROWS = 10_000
"""Most rows of a snapshot in memory at once."""


class _Unfit(Exception):
    """A snapshot that cannot be applied whole: nothing of it is, and some of it is forgotten."""

    def __init__(self, rows: list[int], arrivals: list[Arrival]) -> None:
        super().__init__()
        self.rows = rows
        self.arrivals = arrivals


class SnapshotReceiver:
    """Receives whole snapshots into one book, from the segments that wait in it."""

    def __init__(self, workspace: Workspace, verifier: SegmentVerifier, sealing: Sealing) -> None:
        self.workspace = workspace
        self.verifier = verifier
        self.sealing = sealing
        self.assembly = SnapshotAssembly()

    def receive(self, space: str) -> list[Arrival]:
        """Apply the snapshots of a space if all of them is here; nothing otherwise."""
        log, db = self.workspace.log, self.workspace.store.db.connection()
        if not self.assembly.complete(db, space, log.vector(space)):
            return []
        try:
            with begin(self.workspace, self.verifier, space) as tx:
                return self._join(tx)
        except _Unfit as unfit:
            with self.workspace.store.write():
                for rowid in unfit.rows:
                    pending_segments.drop(db, rowid)
            return unfit.arrivals

    def _join(self, tx: Transaction) -> list[Arrival]:
        """Apply all that waits in the space, as far as one follows from the other."""
        self.sealing.seal(tx.space)
        parts = SnapshotParts(tx, Applying(tx))
        done = self._in_turn(tx, parts)
        if pending_segments.of_snapshot(tx.db, tx.space) or not parts.whole():
            raise _Unfit([], [])  # something else has to come first
        try:
            parts.check()
        except Refused as why:
            raise _Unfit(list(done), [Arrival("refused", why=why)]) from None
        last = next(reversed(done.values()))
        last.outcome.add(parts.applying.finish())
        if parts.stale:
            last.outcome.touched |= reevaluate(tx, sorted(parts.stale), anew=parts.stale)
        return list(done.values())

    def _in_turn(self, tx: Transaction, parts: SnapshotParts) -> dict[int, Arrival]:
        """What became of waiting segments, by row; those that still wait are not among them."""
        left, done, before = pending_segments.of_space(tx.db, tx.space), dict[int, Arrival](), 0
        while len(left) != before:
            before = len(left)
            for rowid in left:
                arrival = self._take(tx, parts, pending_segments.blob(tx.db, rowid))
                if arrival.what == "refused":
                    raise _Unfit([rowid], [arrival])
                if arrival.what != "waiting":
                    pending_segments.drop(tx.db, rowid)
                    done[rowid] = _light(arrival)
            left = [rowid for rowid in left if rowid not in done]
        return done

    def _take(self, tx: Transaction, parts: SnapshotParts, blob: bytes) -> Arrival:
        checked = check(blob, tx.membership, read_parts=True)
        if isinstance(checked, Rejected):
            return Arrival("refused", checked.segment, why=checked.why)
        placed = checked if isinstance(checked, Pending) else place(tx, checked)
        if isinstance(placed, Rejected):
            return Arrival("refused", placed.segment, why=placed.why)
        if isinstance(placed, Forked):
            return note_fork(tx, placed.segment, blob)
        allowed = authorise(tx, placed, parts.applying) if isinstance(placed, Fresh) else placed
        if isinstance(allowed, Pending):
            return Arrival("waiting", allowed.segment, want=allowed.want)
        if isinstance(allowed, Known):
            filled = fill(tx, allowed)
            parts.stale |= filled.outcome.stale
            return filled
        parts.add(allowed.segment, [change for change, _, _ in allowed.changes])
        outcome = apply(tx, allowed, parts.applying)
        if outcome.stale or len(parts.applying.rows) > ROWS:
            outcome.add(parts.applying.finish())
        reevaluate_stale(tx, outcome)  # what follows may build on what was adopted
        return Arrival("applied", allowed.segment, outcome)


def _light(arrival: Arrival) -> Arrival:
    """An arrival without what its segment carried: those of all parts are remembered."""
    segment = arrival.segment
    if segment is None:
        return arrival
    return replace(arrival, segment=replace(segment, packed=b"", thin=None))
