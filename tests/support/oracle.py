"""The oracle: keeps every write ever made and decides by ancestry alone what is concurrent.

It knows nothing of registers, bases or vectors. It is told what each replica received and which
writes stood on the screen when a form was opened; the rest follows from the sets of ancestors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

Dot = tuple[str, int]

STATES = ("open", "fixed", "verified", "closed")
"""From the least to the most advanced."""


class Write(NamedTuple):
    """One save: what it wrote, and what its author had looked at."""

    dot: Dot
    at: int
    record: str
    values: Mapping[str, object]
    ancestors: Mapping[str, frozenset[Dot]]
    """Field -> every earlier write of the field that this one knowingly replaced."""
    after: frozenset[Dot]
    """What a replica must hold before it can show this write."""
    aware: frozenset[Dot]
    """Every write of the record that the author's device held when the form was opened."""


class Sight(NamedTuple):
    """A form as a person sees it: per field the writes behind the value, and all rivals."""

    shown: Mapping[str, frozenset[Dot]]
    listed: Mapping[str, frozenset[Dot]]
    aware: frozenset[Dot]


class Field(NamedTuple):
    """What a replica must hold of one field."""

    heads: frozenset[Dot]
    shown: Dot
    conflict: bool


class Oracle:
    """The full history of a space, and what each replica knows of it."""

    def __init__(self) -> None:
        self.writes: dict[Dot, Write] = {}
        self._received: dict[str, set[Dot]] = {}
        self._known: dict[str, set[Dot]] = {}
        self._fields: dict[tuple[str, str], dict[str, Field]] = {}

    def look(self, replica: str, record: str) -> Sight:
        """What a form opened now would show."""
        fields = self.fields(replica, record)
        alike = {
            name: frozenset(d for d in f.heads if self._same(d, f.shown, name))
            for name, f in fields.items()
        }
        aware = frozenset(w.dot for w in self._writes_of(replica, record))
        return Sight(alike, {name: f.heads for name, f in fields.items()}, aware)

    def write(
        self,
        dot: Dot,
        at: int,
        record: str,
        values: Mapping[str, object],
        seen: Mapping[str, frozenset[Dot]],
        sight: Sight,
    ) -> None:
        """A save by the device of `dot`; `seen` says which writes its author replaced knowingly."""
        ancestors = {}
        for name in values:
            known = seen.get(name, frozenset())
            older = (self.writes[d].ancestors[name] for d in known)
            ancestors[name] = known.union(*older)
        after = frozenset(d for dots in seen.values() for d in dots)
        self.writes[dot] = Write(dot, at, record, values, ancestors, after, sight.aware)
        self.receive(dot[0], [dot])

    def receive(self, replica: str, dots: Iterable[Dot]) -> None:
        """Changes came in, in whatever order; some may have to wait for others."""
        waiting = self._received.setdefault(replica, set())
        known = self._known.setdefault(replica, set())
        waiting |= set(dots) - known
        ready = self._ready(waiting, known)
        while ready:
            known |= ready
            for dot in ready:
                self._fields.pop((replica, self.writes[dot].record), None)
            waiting -= ready
            ready = self._ready(waiting, known)

    def _ready(self, waiting: set[Dot], known: set[Dot]) -> set[Dot]:
        def first(dot: Dot) -> bool:
            device, seq = dot
            return (seq == 1 or (device, seq - 1) in known) and self.writes[dot].after <= known

        return {dot for dot in waiting if first(dot)}

    def known(self, replica: str) -> frozenset[Dot]:
        """Every write that the replica can show."""
        return frozenset(self._known.get(replica, ()))

    def fields(self, replica: str, record: str) -> dict[str, Field]:
        """Per field of a record: the writes nobody known has replaced, and what people see."""
        key = (replica, record)
        if key not in self._fields:
            writes = self._writes_of(replica, record)
            names = {name for w in writes for name in w.values}
            self._fields[key] = {name: self._field(name, writes) for name in names}
        return self._fields[key]

    def _field(self, name: str, writes: list[Write]) -> Field:
        mine = [w for w in writes if name in w.values]
        replaced = {dot for w in mine for dot in w.ancestors[name]}
        heads = [w for w in mine if w.dot not in replaced]
        values = {_told(name, w.values[name]) for w in heads}
        first = min(heads, key=lambda w: self._order(w, name))
        return Field(frozenset(w.dot for w in heads), first.dot, len(values) > 1)

    def against_void(self, replica: str, record: str) -> bool:
        """Whether a void record holds an edit that no voiding person's device had received."""
        fields = self.fields(replica, record)
        void = fields.get("void")
        if void is None or self.writes[void.shown].values["void"] is None:
            return False
        aware = {d for head in void.heads for d in (*self.writes[head].aware, head)}
        return any(f.heads - aware for name, f in fields.items() if name != "void")

    def _writes_of(self, replica: str, record: str) -> list[Write]:
        known = self._known.get(replica, ())
        return [w for dot in known if (w := self.writes[dot]).record == record]

    def _same(self, one: Dot, other: Dot, name: str) -> bool:
        return _exact(self.writes[one].values[name]) == _exact(self.writes[other].values[name])

    def _order(self, write: Write, name: str) -> tuple[int, int, tuple[int, ...], int]:
        value = write.values[name]
        place = 0
        if name == "state":
            place = STATES.index(str(value))
        if name == "void":
            place = int(value is not None)
        return place, -write.at, tuple(-ord(c) for c in write.dot[0]), -write.dot[1]


def _told(name: str, value: object) -> str:
    """What tells two values apart for people: of a voiding only whether, not why."""
    return str(value is None) if name == "void" else _exact(value)


def _exact(value: object) -> str:
    return json.dumps(value, sort_keys=True)
