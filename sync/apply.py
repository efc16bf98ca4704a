"""Apply: changes of others become rows, in bulk, inside the transaction that logs them.

New records go straight into rows; changes of known ones replace what they saw; only what was
written concurrently goes through the merge. Moves become transitions, what this version does not
understand is parked, what was refused is quarantined and changes nothing. The same records come
out whatever way they went, and `sync.rebuild` makes them by the plain rule alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models import rows
from models.ledger import spread
from models.record import Record, kinds
from models.store import Store
from models.words import Refused
from sync import parked, quarantine, stub, transitions
from sync.change import Change
from sync.held import HEADER, born
from sync.names import Names
from sync.reasons import Newer
from sync.rowset import Rowset
from sync.values import ADOPT, unknown, whole


@dataclass
class Outcome:
    """What a batch did."""

    applied: int = 0
    touched: set[tuple[str, str]] = field(default_factory=set)
    """(type, record) of the rows written."""
    conflicts: dict[str, set[str]] = field(default_factory=dict)
    """Record -> registers that are in conflict now and were touched."""
    quarantined: int = 0
    parked: int = 0

    def add(self, other: Outcome) -> None:
        """Sum up."""
        self.applied += other.applied
        self.touched |= other.touched
        for record, registers in other.conflicts.items():
            self.conflicts.setdefault(record, set()).update(registers)
        self.quarantined += other.quarantined
        self.parked += other.parked


class Applying:
    """Changes of one space; rows are written when it is finished."""

    def __init__(self, store: Store, names: Names) -> None:
        self.names = names
        self.rows = Rowset(store, names)
        self._passed: list[tuple[Any, ...]] = []
        self._often: Counter[tuple[str, str]] = Counter()
        self._parked: list[parked.Row] = []
        self._forms: dict[type[Record], tuple[dict[str, Any], frozenset[str]]] = {}

    def load(self, changes: Iterable[Change]) -> None:
        """Read the rows that these changes are about."""
        self._often = Counter((c.type, c.record) for c in changes)
        self.rows.load(self._often)

    def take(self, changes: Sequence[Change], faults: Mapping[int, Refused]) -> Outcome:
        """Apply changes of one device in order; `faults` are the reasons against some, by seq.

        Their rows are loaded already.
        """
        done = Outcome(applied=len(changes))
        if faults:
            self._set_aside(changes, faults, done)
        for c in changes:
            if c.seq not in faults:
                self._one(c, alone=self._often[c.type, c.record] == 1)
        transitions.put(self.names, self._passed)
        parked.put(self.names, self._parked)
        done.parked += len({row[:3] for row in self._parked})
        self._passed, self._parked = [], []
        return done

    def finish(self) -> Outcome:
        """Write the rows."""
        conflicts = self.rows.conflicts()
        return Outcome(touched=self.rows.flush(), conflicts=conflicts)

    def _set_aside(
        self, changes: Sequence[Change], faults: Mapping[int, Refused], done: Outcome
    ) -> None:
        refused = list[quarantine.Row]()
        for c in changes:
            fault = faults.get(c.seq)
            if isinstance(fault, Newer):
                parked.put(self.names, parked.rows(self.names, c, [("judge", "")]))
                done.parked += 1
            elif fault is not None:
                refused.append(quarantine.row(self.names, c, fault))
        quarantine.put(self.names, refused)
        done.quarantined += len(refused)

    def _one(self, c: Change, *, alone: bool) -> None:
        if ADOPT in c.fields:
            return
        skipped = unknown(c)
        if skipped:
            self._parked += parked.rows(self.names, c, skipped)
            self.names.park((self.names.idx(c.device), c.seq), skipped)
            if any(whole(what) for what in skipped):
                return
        held = self.rows.get(c.type, c.record)
        if c.header is not None:
            if held is None and alone and not skipped:
                self.rows.add(kinds[c.type], self._row(kinds[c.type], c))
            elif held is None:
                held = born(kinds[c.type], c, self.names)
                self.rows.begin(held)
                held.take(c, skipped, self.names)
            else:
                held.header(c.header, c.device)
                held.take(c, skipped, self.names)
        elif held is None:
            return
        elif isinstance(c, stub.Bare):
            held.pass_over(c, self.names)
        else:
            held.take(c, skipped, self.names)
        if c.move is not None:
            self._passed.append(transitions.row(self.names, c, _project(held, c)))

    def _row(self, cls: type[Record], c: Change) -> dict[str, Any]:
        """The row of a new record that nobody else wrote, made without a detour."""
        empty, groups = self._form(cls)
        row: dict[str, Any] = {**empty, **c.fields}
        header = c.header or {}
        for name in HEADER:
            row[name] = header.get(name)
        cleared = [register for register, value in c.fields.items() if value is None]
        for register in () if groups.isdisjoint(c.fields) else groups & c.fields.keys():
            del row[register]
            members = spread(cls, register, c.fields[register])
            row.update(members)
            if c.fields[register] is not None and not _any(members.values()):
                cleared.append(register)
        dots = dot = f"{self.names.idx(c.device)}.{c.seq}"
        if cleared:
            dots = ";".join([dot, *[f"{register}={dot}" for register in sorted(cleared)]])
        row["id"], row["device"], row["synced"], row["dots"] = (
            c.record, c.device, self.names.now, dots,
        )  # fmt: skip
        return row

    def _form(self, cls: type[Record]) -> tuple[dict[str, Any], frozenset[str]]:
        """A row without values, and the registers of several fields."""
        form = self._forms.get(cls)
        if form is None:
            groups = {name for name, fields in cls.registers().items() if fields != (name,)}
            form = self._forms[cls] = dict.fromkeys(rows.columns(cls)), frozenset(groups)
        return form


def _any(values: Iterable[Any]) -> bool:
    return any(value is not None for value in values)


def _project(held: Any, c: Change) -> str | None:
    if held is not None:
        return held.row["project"]  # type: ignore[no-any-return]
    return (c.header or {}).get("project")  # type: ignore[return-value]
