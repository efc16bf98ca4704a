"""Pruning: which bodies of a space are still needed, by current values and by what rules ask. Pure.

The body of a value that is not current may be left out: its digest keeps the chain and the seals
checkable, its base keeps the merge exact. What is needed always: creations and moves (they are
history, and what the rules ask for), who a record was given to, voidings, what is quarantined or
adopts it, what this version of the program does not understand, and what lies before an open
conflict, so that people see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.book.writing.record_writer import owner_register
from models.schema.record import kinds
from sync.changes import pruned
from sync.changes.change import Change, Dot, LoggedRow
from sync.changes.compatibility import ADOPT
from sync.changes.merge import VOID
from sync.validation.rules.move_rules import NEAR

WORTH = 1 << 20
"""Fewest bytes of bodies to be left out for a snapshot to pay."""
_Register = dict[Dot, Sequence[Dot]]
"""Standing versions, with what each replaced."""


class RemainingValues:
    """Which versions stand after changes in causal order: the merge, by their names alone."""

    def __init__(self) -> None:
        self._at: dict[tuple[str, str], _Register] = {}
        self._inert: dict[Dot, Mapping[str, Sequence[Dot]]] = {}
        self._always: set[Dot] = set()

    def add(self, c: Change, *, inert: bool = False, kept: bool = False) -> None:
        """One more change; a quarantined or parked one (`inert`) replaces nothing.

        `kept`: its body is needed whatever comes after it.
        """
        if inert or kept or _asked_for(c):
            self._always.add(c.dot)
        if c.move is not None:
            # A rule's move is authorised by the changes just before it in its transaction.
            self._always.update((c.device, n) for n in range(max(c.tx, c.seq - NEAR), c.seq))
        if inert:
            self._inert[c.dot] = c.base
            return
        for register in c.base if isinstance(c, pruned.PrunedChange) else c.fields:
            base = c.base.get(register, ())
            standing = self._at.setdefault((c.record, register), {})
            for dot in self._replaced(register, base):
                standing.pop(dot, None)
            if register in c.fields:
                standing[c.dot] = base

    def needed(self) -> set[Dot]:
        """The versions whose bodies must be kept."""
        found = set(self._always)
        for standing in self._at.values():
            found.update(standing)
            if len(standing) > 1:
                found.update(dot for base in standing.values() for dot in base)
        return found

    def _replaced(self, register: str, base: Sequence[Dot]) -> Iterator[Dot]:
        """What a base takes away: for what does not count, what that would have replaced."""
        if not self._inert:
            yield from base
            return
        todo, met = list(base), set[Dot]()
        while todo:
            dot = todo.pop()
            if dot not in met:
                met.add(dot)
                yield dot
                todo += self._inert.get(dot, {}).get(register, ())


def _asked_for(c: Change) -> bool:
    """Whether rules or people ask for the change itself, whatever came after it."""
    if c.header is not None or c.move is not None or c.extra:
        return True
    if VOID in c.fields or ADOPT in c.fields:
        return True
    cls = kinds.get(c.type)  # who was the owner gives rights
    return cls is not None and not c.fields.keys().isdisjoint(owner_register(cls))


def dropped(device: str, rows: Iterable[LoggedRow], needed: set[Dot]) -> Iterator[LoggedRow]:
    """A device's rows pruned where a body is not needed."""
    for row in rows:
        if pruned.is_stub(row.body) or (device, row.seq) in needed:
            yield row
        else:
            yield row._replace(body=pruned.stub(Change.parse(row.body), row.body))


def pays(before: int, after: int) -> bool:
    """Whether so many bytes of bodies less are worth a snapshot: it has no history of values."""
    return before - after >= max(WORTH, after)
