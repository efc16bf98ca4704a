"""Version lookup: local numbers of devices, times and facts of versions, looked up once a
transaction.

One object serves one write transaction and one space: nothing it remembers can be rolled back
under it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from models.book.people import People
from models.schema.versions import LocalDot
from sync.changes.change import Change, Dot
from sync.changes.compatibility import What, whole
from sync.log import logged_changes

AHEAD = 63
"""How many versions more are looked up with one: who edited many wrote them one after another."""


class VersionLookup:
    """What changes of one space refer to."""

    def __init__(self, db: Any, people: People, space: str, now: int) -> None:
        self.db = db
        """The raw connection, inside a transaction."""
        self.space = space
        self.now = now
        """The time of receipt, ms UTC."""
        self._people = people
        self._idx: dict[str, int] = {}
        self._device: dict[int, str] = {}
        self._at: dict[LocalDot, int] = {}
        self._records: dict[LocalDot, str] = {}
        self._saw: dict[LocalDot, frozenset[LocalDot]] = {}
        self._refused: set[LocalDot] | None = None
        self._parked: dict[LocalDot, frozenset[str]] | None = None
        self._clean: bool | None = None
        """Whether there is none of either."""

    def idx(self, device: str) -> int:
        """The local number of a device (a new one for a device never heard of)."""
        try:
            return self._idx[device]
        except KeyError:
            found = self._idx[device] = self._people.idx_of(device)
            self._device[found] = device
            return found

    def device(self, idx: int) -> str:
        """The device with this number."""
        try:
            return self._device[idx]
        except KeyError:
            found = self._device[idx] = self._people.device_of(idx)
            self._idx[found] = idx
            return found

    def person(self, device: str) -> str | None:
        """Whose device it is."""
        return self._people.person_of(device)

    def local(self, dots: Iterable[Dot]) -> list[LocalDot]:
        """Versions as they are named here."""
        known = self._idx
        return [(known.get(device) or self.idx(device), seq) for device, seq in dots]

    def at(self, dot: LocalDot) -> int:
        """When a version was written (hybrid clock)."""
        found = self._at.get(dot)
        if found is None:
            idx, seq = dot
            near = logged_changes.times(self.db, self.space, idx, seq, seq + AHEAD)
            self._at.update({(idx, n): at for n, at in near})
            found = self._at[dot]
        return found

    def change(self, dot: LocalDot) -> Change | None:
        """The change that wrote a version; without fields where its values are not kept."""
        return logged_changes.change_of(self.db, self.space, self.device(dot[0]), *dot)

    def record(self, dot: LocalDot) -> str | None:
        """The record that a version is of."""
        found = self._records.get(dot)
        if found is None:
            found = logged_changes.record_of(self.db, self.space, *dot)
        return found

    def remember(self, changes: Iterable[Change]) -> None:
        """Changes that others will name soon."""
        for c in changes:
            self._records[self.idx(c.device), c.seq] = c.record

    def drop(self, dot: Dot) -> None:
        """A change that was named by now; others still find it, more slowly."""
        self._records.pop((self.idx(dot[0]), dot[1]), None)

    def saw(self, void: LocalDot) -> frozenset[LocalDot]:
        """What a voiding saw, itself included."""
        found = self._saw.get(void)
        if found is None:
            change = self.change(void)
            base = change.base.values() if change is not None else ()
            found = frozenset([void, *(dot for dots in base for dot in self.local(dots))])
            self._saw[void] = found
        return found

    # -- what does not count here ----------------------------------------------------------------

    @property
    def refused(self) -> Collection[LocalDot]:
        """The quarantined versions of the space that are not adopted."""
        if self._refused is None:
            sql = "SELECT idx, seq FROM quarantine WHERE space=? AND adopted IS NULL"
            self._refused = set(self.db.execute(sql, (self.space,)))
        return self._refused

    @property
    def parked(self) -> dict[LocalDot, frozenset[str]]:
        """Versions written by a newer program, with their registers (none named: all)."""
        if self._parked is None:
            self._parked = {}
            sql = "SELECT idx, seq, what, name FROM parked WHERE space=?"
            for idx, seq, *what in self.db.execute(sql, (self.space,)):
                self._park(self._parked, (idx, seq), what)
        return self._parked

    def park(self, dot: LocalDot, found: Iterable[What]) -> None:
        """A version, or some registers of it, cannot be shown here."""
        self._clean = None
        for what in found:
            self._park(self.parked, dot, what)

    @staticmethod
    def _park(parked: dict[LocalDot, frozenset[str]], dot: LocalDot, what: Sequence[str]) -> None:
        kind, name = what
        before = parked.get(dot, frozenset({name}))
        every = whole((kind, name)) or not before
        parked[dot] = frozenset() if every else before | {name}

    def forget(self) -> None:
        """The tables of the quarantine or of the parked were changed."""
        self._refused = self._parked = self._clean = None

    def forget_all(self) -> None:
        """Changes were taken out of the log."""
        self.forget()
        self._at, self._records, self._saw = {}, {}, {}

    def inert(self, dot: LocalDot, register: str) -> bool:
        """Whether what a version wrote to a register changes nothing here."""
        if dot in self.refused:
            return True
        out = self.parked.get(dot)
        return out is not None and (not out or register in out)

    def base(self, register: str, dots: Sequence[Dot]) -> list[LocalDot]:
        """The versions that a change of a register replaces.

        Those of a version that does not count are what that one would have replaced: a change built
        on it is in no conflict with the value before it.
        """
        found = self.local(dots)
        if self._clean is None:
            self._clean = not (self.refused or self.parked)
        if self._clean:
            return found
        replaced, todo, met = list[LocalDot](), list(found), set[LocalDot]()
        while todo:
            dot = todo.pop()
            if dot in met:
                continue
            met.add(dot)
            replaced.append(dot)
            if self.inert(dot, register):
                change = self.change(dot)
                todo += self.local(change.base.get(register, ()) if change is not None else ())
        return replaced
