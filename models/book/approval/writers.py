"""Writers: who wrote what a four-eyes move decides on, by the versions it is about.

It is no help to let another person submit: what counts is who
wrote each version that is approved. It is
said of the fields that people write: not of those that moves and the program fill, nor of the
natural key and the link to a parent, which say which record it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from models.book.approval import coverage, parts
from models.book.log.change_log import Dot
from models.book.rows.child_rows import chunks
from models.frozen import NamedTuple
from models.schema.lifecycle import Move
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions, LocalDot
from models.storage.store import Store, places

if TYPE_CHECKING:
    from models.book.people import People

VOID = "void"


def content(cls: type[Record], move: Move) -> frozenset[str]:
    """The registers of a record that a move decides on: all that people write, or `Move.about`."""
    written = _written(cls)
    if not move.about:
        return written
    owners = cls.register_of()
    return written & {owners[name] for name in move.about}


def brought_along(cls: type[Record], move: Move, registers: Iterable[str]) -> frozenset[str]:
    """Which of the registers that a four-eyes move writes itself are content that it decides on.

    What it asks for and fills is the decision; all else is written by the one who decides.
    """
    owners = cls.register_of()
    decision = {owners[name] for name in (*move.asks, *move.fills) if name in owners}
    return content(cls, move).intersection(registers) - decision


def _written(cls: type[Record]) -> frozenset[str]:
    return _written_of(cls, len(cls.fields()))


@cache
def _written_of(cls: type[Record], _fields: int) -> frozenset[str]:
    identity = {*cls.kind.key, cls.kind.parent}
    specs = cls.specs()
    return frozenset(
        register
        for register, names in cls.registers().items()
        if any(
            not (specs[name].by_move or specs[name].computed or name in identity) for name in names
        )
    )


# -- as the record stands here ---------------------------------------------------------------------


class WriterSet(Collection[str]):
    """People who wrote; whether one of them did is mostly answered without reading all rows."""

    def __init__(self, has: Callable[[object], bool], all: Callable[[], frozenset[str]]) -> None:
        self._has, self._all = has, all

    def __contains__(self, who: object) -> bool:
        return self._has(who)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def joined(found: Collection[str], more: frozenset[str]) -> WriterSet:
    """The same, and some more people."""
    return WriterSet(lambda who: who in more or who in found, lambda: more.union(found))


def present(store: Store, people: People, record: Record, move: Move) -> WriterSet:
    """Everybody who wrote a part of what a move would decide on now."""
    fields = _of_fields(people, record, content(type(record), move))

    def has(who: object) -> bool:
        if who in fields or move.about:
            return who in fields
        touched = any(
            who in _people(people, FieldVersions(dots).every())
            for dots in _dots_of_rows(store, record)
        )
        return touched and who in _of_rows(store, people, record)

    def everybody() -> frozenset[str]:
        return fields if move.about else fields | _of_rows(store, people, record)

    return WriterSet(has, everybody)


def _of_fields(people: People, record: Record, registers: Iterable[str]) -> frozenset[str]:
    dots, cls = FieldVersions(record.dots), type(record)
    fields, versions = cls.registers(), set[LocalDot]()
    for register in registers:
        filled = any(getattr(record, name) is not None for name in fields[register])
        versions.update(dots.standing(register, filled))
    return _people(people, versions)


def _of_rows(store: Store, people: People, record: Record) -> frozenset[str]:
    found = frozenset[str]()
    for row in parts.rows_of(store, record):
        if row.void is not None:
            found |= _people(people, FieldVersions(row.dots).of(VOID))
        else:
            found |= _of_fields(people, row, _written(type(row)))
    return found


def _people(people: People, versions: Iterable[LocalDot]) -> frozenset[str]:
    persons = {people.person_of(people.device_of(idx)) for idx in {idx for idx, _ in versions}}
    return frozenset(person for person in persons if person is not None)


def _dots_of_rows(store: Store, record: Record) -> Iterable[str]:
    """The versions of every row, without reading the rows."""
    owners = {record.type: [record.id]}
    while owners:
        below: dict[str, list[str]] = {}
        for type_, ids in owners.items():
            for cls in parts.row_types(type_):
                name, parent = cls.kind.name, cls.kind.parent
                for some in chunks(ids):
                    sql = f'SELECT id, dots FROM "{name}" WHERE "{parent}" IN ({places(some)})'
                    for id, dots in store.rows(sql, some):
                        below.setdefault(name, []).append(id)
                        yield str(dots)
        owners = below


# -- as the payload of a move names it -------------------------------------------------------------


class WrittenVersion(NamedTuple):
    """What a change wrote, as far as it matters who did."""

    type: str
    device: str
    registers: frozenset[str]
    base: Mapping[str, Iterable[Any]]
    voids: bool = False
    """Whether it took the record out of use."""


Lookup = Callable[[str, Dot], WrittenVersion | None]
"""The change that wrote a version of a record; None for one that is not here."""


def named(
    cls: type[Record],
    move: Move,
    said: Mapping[str, Any],
    person: Callable[[str], str | None],
    lookup: Lookup,
) -> WriterSet:
    """Everybody who wrote a version that the payload of a move names, of what it decides on."""
    fields = set[str]()
    for register in content(cls, move).intersection(said.get("saw") or {}):
        fields |= {str(device) for device, _ in said["saw"][register]}
    covered: coverage.Covered = {}
    if not move.about and coverage.ROWS in said:
        covered = coverage.decode(said[coverage.ROWS])

    def everybody() -> frozenset[str]:
        devices = fields.union(*(_devices(row, dots, lookup) for row, dots in covered.items()))
        return frozenset(who for device in devices if (who := person(device)) is not None)

    def has(who: object) -> bool:
        if any(person(device) == who for device in fields):
            return True
        own = {row: dots for row, dots in covered.items() if any(person(d) == who for d, _ in dots)}
        devices = (device for row, dots in own.items() for device in _devices(row, dots, lookup))
        return any(person(device) == who for device in devices)

    return WriterSet(has, everybody)


def _devices(row: str, versions: Iterable[Dot], lookup: Lookup) -> set[str]:
    """The devices that wrote the present versions of a row, of those that are named of it."""
    found = {dot: one for dot in versions if (one := lookup(row, dot)) is not None}
    voiding = _standing(row, found, VOID, lookup)
    if any(found[dot].voids for dot in voiding):
        return {device for device, _ in voiding}
    devices = set[str]()
    for type_ in {one.type for one in found.values()} & kinds.keys():
        for register in _written(kinds[type_]):
            devices |= {device for device, _ in _standing(row, found, register, lookup)}
    return devices


def _standing(
    row: str, found: Mapping[Dot, WrittenVersion], register: str, lookup: Lookup
) -> set[Dot]:
    """The versions of a register that none of the others replaced, at once or through others."""
    some = {dot for dot, one in found.items() if register in one.registers}
    if len(some) < 2:
        return some
    todo, met = list(some), set[Dot]()
    while todo:
        one = lookup(row, todo.pop())
        before = one.base.get(register, ()) if one is not None else ()
        fresh = {(str(it[0]), int(it[1])) for it in before} - met
        met |= fresh
        todo += fresh
    return some - met
