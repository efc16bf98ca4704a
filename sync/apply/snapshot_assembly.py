"""Snapshot assembly: the segments of a snapshot that have come so far; it counts whole or not at
all.

They wait like any segment that came too early, and a round goes on where the last one ended. Once
all versions up to which the snapshot reaches are here, the segments are applied one after another
in one transaction. A value left out must have been replaced by something that is here: a snapshot
that omits a current value is rejected as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.text.words import Refused, W
from sync.apply.apply_changes import Applying
from sync.apply.transaction import Transaction
from sync.changes.change import Change, Dot
from sync.changes.pruned import PrunedChange
from sync.encoding.segment import Segment, decode
from sync.encoding.snapshot import first_missing
from sync.log import logged_changes, pending_segments
from sync.log.logged_changes import Name

FRESH = 24 * 3600 * 1000
"""Milliseconds for which parts that wait are not asked for again: one of them may be a lie."""
HOLLOW = W(
    "收到的快照缺少仍然有效的内容，没有采用。请从另一处同步。",
    "A snapshot leaves out current values and was not taken. Sync with another peer.",
)


class SnapshotAssembly:
    """What waits in one book, as parts of snapshots."""

    def __init__(self) -> None:
        self._until: dict[int, Mapping[str, int]] = {}

    def complete(self, db: Any, space: str, held: Mapping[str, int]) -> bool:
        """Whether snapshots wait in this space and all that they reach up to is here."""
        rows = pending_segments.of_snapshot(db, space)
        if not rows:
            return False
        reach = reached(db, space, held)
        for rowid, device, seq in rows:
            if reach.get(device, 0) < seq:
                return False
            until = self._until.get(rowid)
            if until is None:
                segment = decode(pending_segments.blob(db, rowid))
                until = self._until[rowid] = dict(segment.thin.until) if segment.thin else {}
            if first_missing(until, reach) is not None:
                return False
        self._until.clear()
        return True


def reached(db: Any, space: str, held: Mapping[str, int], after: int = 0) -> dict[str, int]:
    """Up to where each device's chain is here without a gap, counting what waits since a time."""
    found = dict(held)
    for device, first, last in pending_segments.spans(db, space, after):
        if first <= found.get(device, 0) + 1:
            found[device] = max(last, found.get(device, 0))
    return found


class SnapshotParts:
    """A snapshot while it is applied: its rows, the pruned changes whose successors have not come,
    and those that came.
    """

    def __init__(self, tx: Transaction, applying: Applying) -> None:
        self.tx = tx
        self.names = tx.names
        self.applying = applying
        self.stale = set[Name]()
        """Records to be authorised and rebuilt at the end."""
        self._open: dict[tuple[str, Dot], str] = {}
        """(register, version) -> its record, of values whose successor has not come yet."""
        self._born: set[str] = set()
        self._thin: set[str] = set()
        """Records of which something was left out and no creation came before."""
        self._until: dict[str, int] = {}

    def add(self, segment: Segment, changes: Sequence[Change]) -> None:
        """Changes of a segment that are applied now."""
        for device, seq in segment.thin.until if segment.thin is not None else ():
            self._until[device] = max(seq, self._until.get(device, 0))
        bare = [c for c in changes if isinstance(c, PrunedChange)]
        self.names.remember(bare)
        self._born.update(c.record for c in changes if c.header is not None)
        self._thin |= {c.record for c in bare} - self._born
        for c in changes:
            for register, dots in c.base.items() if self._open else ():
                for dot in dots:
                    if self._open.pop((register, dot), None) is not None:
                        self.names.drop(dot)
            if isinstance(c, PrunedChange):
                self._open.update(((register, c.dot), c.record) for register in c.base)

    def whole(self) -> bool:
        """Whether all that the snapshot reaches up to is here."""
        return first_missing(self._until, self.tx.log.vector(self.tx.space)) is None

    def check(self) -> None:
        """Raise `Refused` unless every value left out was replaced, and every record was born."""
        self._look({*self._open.values()})
        db, space = self.names.db, self.names.space
        if self._open or not all(logged_changes.is_born(db, space, one) for one in self._thin):
            raise Refused(HOLLOW)

    def _look(self, records: Iterable[str]) -> None:
        """Strike out what was replaced by changes that were here before."""
        for record in records:
            for body in logged_changes.kept_bodies(self.names.db, self.names.space, record):
                for register, dots in Change.parse(body).base.items():
                    for device, seq in dots:
                        self._open.pop((register, (device, seq)), None)
