"""Apply: changes of others become rows, in bulk, inside the transaction that logs them.

New records go straight into rows; changes of known ones replace what they saw; only what was
written concurrently goes through the merge. Moves become transitions, what this version does not
understand is parked, what was refused is quarantined and changes nothing. The same records come
out whatever way they went, and `sync.apply.reevaluation.rebuild` makes them by the plain rule
alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.book import rules
from models.book.approval import approvals
from models.schema.company_tables import RULES
from models.schema.record import kinds
from models.text.words import Refused
from sync.apply.rows.bulk_insert import insert_batch
from sync.apply.rows.record_state import born
from sync.apply.rows.row_batch import RowBatch
from sync.apply.transaction import Transaction
from sync.changes import pruned
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT, What, unknown, whole
from sync.log import parked, quarantine, transitions
from sync.log.histories import set_aside
from sync.validation.reasons import Newer, awaited

FEW = 4
"""Fewer alike are as quick one by one."""


@dataclass
class ApplyOutcome:
    """What a batch did."""

    applied: int = 0
    touched: set[tuple[str, str]] = field(default_factory=set)
    """(type, record) of the rows written."""
    conflicts: dict[str, set[str]] = field(default_factory=dict)
    """Record -> registers that are in conflict now and were touched."""
    quarantined: int = 0
    parked: int = 0
    stale: set[tuple[str, str]] = field(default_factory=set)
    """(type, record) to be authorised and rebuilt at the end: a change of them was adopted."""

    def add(self, other: ApplyOutcome) -> None:
        """Sum up."""
        self.applied += other.applied
        self.touched |= other.touched
        both = self.conflicts.keys() & other.conflicts.keys()
        joined = {record: self.conflicts[record] | other.conflicts[record] for record in both}
        self.conflicts |= other.conflicts | joined
        self.quarantined += other.quarantined
        self.parked += other.parked
        self.stale |= other.stale


class Applying:
    """Changes of one space; rows are written when it is finished."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.names = tx.names
        self.rows = RowBatch(tx)
        self._moved: list[tuple[Change, str | None]] = []
        self._often: Counter[tuple[str, str]] = Counter()
        self._parked: list[tuple[Change, Sequence[What]]] = []

    def load(self, changes: Iterable[Change]) -> None:
        """Read the rows that these changes are about."""
        self._often = Counter((c.type, c.record) for c in changes)
        self.rows.load(self._often)

    def take(self, changes: Sequence[Change], faults: Mapping[int, Refused]) -> ApplyOutcome:
        """Apply changes of one device in order; `faults` are the reasons against some, by seq.

        Their rows are loaded already.
        """
        done = ApplyOutcome(applied=len(changes))
        if faults:
            self._set_aside(changes, faults, done)
        counting = [c for c in changes if c.seq not in faults] if faults else changes
        for c in self._begin(counting):
            if ADOPT in c.fields:
                done.stale.add((c.type, c.record))
            else:
                self._one(c)
        set_aside.repeated(self.names.db, self.names.space, counting)
        transitions.put(self.names, self._moved)
        parked.put(self.names, self._parked)
        done.parked += len(self._parked)
        self._moved, self._parked = [], []
        return done

    def finish(self) -> ApplyOutcome:
        """Write the rows."""
        conflicts = self.rows.conflicts()
        touched = self.rows.flush()
        approvals.recheck(self.tx.store, self.tx.log, touched)
        if any(kinds[type].kind.table == RULES for type, _ in touched):
            parked.look_again(self.tx.store)
        rules.merged(self.tx.store, touched)
        return ApplyOutcome(touched=touched, conflicts=conflicts)

    def _set_aside(
        self, changes: Sequence[Change], faults: Mapping[int, Refused], done: ApplyOutcome
    ) -> None:
        refused = [(c, faults[c.seq]) for c in changes if c.seq in faults]
        newer = [(c, [awaited(fault)]) for c, fault in refused if isinstance(fault, Newer)]
        parked.put(self.names, newer)
        done.parked += len(newer)
        against = [(c, fault) for c, fault in refused if not isinstance(fault, Newer)]
        done.quarantined += quarantine.put(self.names, against)

    def _begin(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Take records that were created alike, each change of its record; returns the others."""
        alike: dict[tuple[str, ...], list[Change]] = {}
        for c in changes:
            key = c.type, c.record
            if c.header is None or self._often[key] > 1 or c.type not in kinds:
                continue
            if self.rows.get(*key) is None:
                alike.setdefault((c.type, *c.fields), []).append(c)
        taken = set[int]()
        for (type, *_), some in alike.items():
            born = insert_batch(kinds[type], some, self.names) if len(some) >= FEW else None
            if born is not None:
                self.rows.add(born)
                taken.update([c.seq for c in some])
        return [c for c in changes if c.seq not in taken] if taken else changes

    def _one(self, c: Change) -> None:
        skipped = unknown(c)
        if skipped:
            self._parked.append((c, skipped))
            self.names.park((self.names.idx(c.device), c.seq), skipped)
            if any(whole(what) for what in skipped):
                return
        held = self.rows.get(c.type, c.record)
        if held is not None and c.header is not None:
            held.header(c.header, c.device)
        elif c.header is not None:
            held = born(kinds[c.type], c, self.names)
            self.rows.begin(held)
        if held is None:
            return
        if isinstance(c, pruned.PrunedChange):
            held.pass_over(c)
        else:
            held.take(c, skipped)
        if c.move is not None:
            self._moved.append((c, held.project))
