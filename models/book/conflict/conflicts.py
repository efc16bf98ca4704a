"""Conflicts: fields for which several people wrote different values without seeing each other's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from models.book.log.change_log import Dot, LoggedChange, Version
from models.book.writing.record_writer import value_of
from models.frozen import Frozen
from models.schema.record import Record
from models.schema.versions import FieldVersions

if TYPE_CHECKING:
    from models.book.book import Book

CLOCK_BITS = 16
VOID = "void"
Log = Mapping[Dot, LoggedChange]
"""A record's changes by their versions."""


class Stand(Frozen):
    """One of the values in conflict: who wrote it where and when (ms UTC).

    A value that was given back by taking back a decision is still its first writer's.
    """

    value: Any
    device: str
    seq: int
    author: str | None
    """The device's person; None while the membership log does not know the device."""
    at: int
    shown: bool
    origin: str
    """The device it was written on; `device` and `seq` name its version."""

    @property
    def dot(self) -> Dot:
        """The version."""
        return self.device, self.seq


class Conflict(Frozen):
    """A register in conflict: a field, a field group, `state` or `void`; the shown value first.

    For `void` the value None is the record's use: one person changed it while others took it out.
    """

    record: Record
    field: str
    stands: tuple[Stand, ...]
    dots: tuple[Dot, ...]
    """Every version in conflict, those of equal values too: what a decision has to name."""
    base: tuple[Any, ...]
    """The value that all of them replaced; none where there was none, or it is not known here."""
    base_known: bool = True
    """Whether that there is none means that there was none."""


def all_conflicts(book: Book) -> Iterator[Conflict]:
    """Every conflict in the book, by record."""
    sql = "SELECT DISTINCT record FROM sibling WHERE record>? ORDER BY record LIMIT 200"
    last = ""
    while page := [str(row[0]) for row in book.store.rows(sql, (last,))]:
        for id in page:
            record = book.find(id)
            if record is not None:
                yield from conflicts_of(book, record)
        last = page[-1]


def conflicts_of(book: Book, record: Record) -> list[Conflict]:
    """The conflicts of one record, in order of its fields; equal values are no conflict."""
    beside = book.writer.siblings(record.id)
    if not beside:
        return []
    log = {(entry.device, entry.seq): entry for entry in book.change_log.history(record.id)}
    order = [*type(record).registers(), "state", VOID]
    found = []
    for register in sorted(beside, key=lambda r: order.index(r) if r in order else len(order)):
        conflict = _conflict(book, record, register, sorted(beside[register], key=_place), log)
        if len({_fact(register, stand.value) for stand in conflict.stands}) > 1:
            found.append(conflict)
    return found


def conflict_of(book: Book, record: Record, register: str) -> Conflict | None:
    """The conflict about one register, if there is one."""
    return next((one for one in conflicts_of(book, record) if one.field == register), None)


def listed(book: Book) -> list[tuple[str, str]]:
    """(record, register) of every conflict, by record; without reading the values."""
    sql = "SELECT DISTINCT record, register FROM sibling ORDER BY record, register"
    found = [(str(record), str(register)) for record, register in book.store.rows(sql)]
    return [one for one in found if one[1] != VOID or _is_void_conflict(book, one[0])]


def count(book: Book) -> int:
    """How many conflicts there are."""
    return len(listed(book))


def _is_void_conflict(book: Book, id: str) -> bool:
    record = book.find(id)
    return record is not None and conflict_of(book, record, VOID) is not None


def _conflict(
    book: Book, record: Record, register: str, beside: Iterable[Version], log: Log
) -> Conflict:
    others = [_stand(book, register, version, log) for version in beside]
    shown = [_stand(book, register, one, log, shown=True) for one in _shown(book, record, register)]
    dots = tuple(stand.dot for stand in (*shown, *others))
    if register == VOID and not shown:
        shown = _in_use(book, others, log)
    base, known = _base(register, dots, log)
    return Conflict(record, register, (*shown[:1], *others), dots, base, known)


def _place(version: Version) -> tuple[str, int]:
    return version[:2]


def _shown(book: Book, record: Record, register: str) -> Iterator[Version]:
    """The versions of the value shown."""
    cls = type(record)
    value = value_of(cls, register, record.__data__)
    fields = cls.registers().get(register, (register,))
    present = any(record.__data__.get(name) is not None for name in fields)
    space = book.space_of(record)
    for idx, seq in FieldVersions(record.dots).standing(register, present):
        device = book.people.device_of(idx)
        yield device, seq, book.change_log.at_of(space, device, seq), value


def _stand(book: Book, register: str, version: Version, log: Log, *, shown: bool = False) -> Stand:
    device, seq, at, value = version
    origin = _given_back(register, (device, seq), log)
    if origin is not None:
        at = log[origin].at
    where = origin[0] if origin is not None else device
    author = book.people.person_of(where)
    return Stand(value, device, seq, author, at >> CLOCK_BITS, shown, where)


def _given_back(register: str, dot: Dot, log: Log) -> Dot | None:
    """The version that wrote a value first, when this one only took back a decision over it."""
    found = None
    while dot in log and len(named := log[dot].base.get(register, ())) == 1:
        decision = log.get(_dot(named[0]))
        if decision is None or len(decision.base.get(register, ())) < 2:
            break
        value = log[dot].fields.get(register)
        earlier = [_dot(one) for one in decision.base[register]]
        same = [one for one in earlier if one in log and log[one].fields.get(register) == value]
        if not same:
            break
        found = dot = same[0]
    return found


def _in_use(book: Book, voids: list[Stand], log: Log) -> list[Stand]:
    """The newest change that is in no base of those that took the record out of use."""
    seen = {_dot(dot) for stand in voids for dots in _named(log, stand.dot) for dot in dots}
    late = [dot for dot in log if dot not in seen and VOID not in log[dot].fields]
    if not late:
        return []
    dot = max(late, key=lambda one: (log[one].at, one))
    return [_stand(book, VOID, (*dot, log[dot].at, None), log, shown=True)]


def _named(log: Log, dot: Dot) -> Iterable[Iterable[Any]]:
    return log[dot].base.values() if dot in log else ()


def _base(register: str, dots: Iterable[Dot], log: Log) -> tuple[tuple[Any, ...], bool]:
    """The values that all of these were written over, however often each side wrote, each once;
    and whether everything that they replaced is here.
    """
    first = [_given_back(register, dot, log) or dot for dot in dots]
    behind = [_behind(register, dot, log) for dot in first]
    common = set.intersection(*behind) if behind else set[Dot]()
    newest = common - {one for dot in common for one in _behind(register, dot, log)}
    known = all(dot in log for dot in (*first, *common))
    found: list[Any] = []
    for dot in sorted(newest):
        value = log[dot].fields.get(register) if dot in log else None
        if value is not None and value not in found:
            found.append(value)
    return tuple(found), known


def _behind(register: str, dot: Dot, log: Log) -> set[Dot]:
    """Every version that this one replaced, at first or second hand."""
    found, open_ = set[Dot](), [dot]
    while open_:
        at = open_.pop()
        named = log[at].base.get(register, ()) if at in log else ()
        new = {_dot(one) for one in named} - found
        found |= new
        open_ += new
    return found


def _dot(named: Any) -> Dot:
    return str(named[0]), int(named[1])


def _fact(register: str, value: Any) -> str:
    """What is compared: for `void` only whether, since two reasons agree."""
    return json.dumps(value is None if register == VOID else value, sort_keys=True)
