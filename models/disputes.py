"""Disputes: fields for which several people wrote different values without seeing each other's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.dots import Dots
from models.ledger import value_of
from models.record import Record

if TYPE_CHECKING:
    from models.book import Book

CLOCK_BITS = 16


@dataclass(frozen=True, slots=True)
class Stand:
    """One of the values that stand: who wrote it where and when (ms UTC)."""

    value: Any
    device: str
    seq: int
    author: str | None
    """The device's person; None while the membership log does not know the device."""
    at: int
    shown: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """A register in conflict: a field, a field group, `state` or `void`; the shown value first."""

    record: Record
    field: str
    stands: tuple[Stand, ...]


def disputes(book: Book) -> Iterator[Dispute]:
    """Every conflict in the book, by record."""
    sql = "SELECT DISTINCT record FROM sibling WHERE record>? ORDER BY record LIMIT 200"
    last = ""
    while page := [str(row[0]) for row in book.store.rows(sql, (last,))]:
        for id in page:
            record = book.find(id)
            if record is not None:
                yield from disputes_of(book, record)
        last = page[-1]


def disputes_of(book: Book, record: Record) -> list[Dispute]:
    """The conflicts of one record, in order of its fields; equal values are no conflict."""
    beside = book.ledger.siblings(record.id)
    order = [*type(record).registers(), "state", "void"]
    found = []
    for register in sorted(beside, key=lambda r: order.index(r) if r in order else len(order)):
        stands = [_stand(book, *version) for version in sorted(beside[register])]
        shown = _shown(book, record, register)
        stands = [shown, *stands] if shown is not None else stands
        if len({_fact(register, stand.value) for stand in stands}) > 1:
            found.append(Dispute(record, register, tuple(stands)))
    return found


def count(book: Book) -> int:
    """How many conflicts there are."""
    return sum(1 for _ in disputes(book))


def _shown(book: Book, record: Record, register: str) -> Stand | None:
    cls = type(record)
    value = value_of(cls, register, record.__data__)
    fields = cls.registers().get(register, (register,))
    present = any(record.__data__.get(name) is not None for name in fields)
    for idx, seq in Dots(record.dots).standing(register, present):
        device = book.people.device_of(idx)
        at = book.journal.at_of(book.space_of(record), device, seq)
        return _stand(book, device, seq, at, value, shown=True)
    return None


def _stand(book: Book, device: str, seq: int, at: int, value: Any, *, shown: bool = False) -> Stand:
    return Stand(value, device, seq, book.people.person_of(device), at >> CLOCK_BITS, shown)


def _fact(register: str, value: Any) -> str:
    """What is compared: for `void` only whether, since two reasons agree."""
    return json.dumps(value is None if register == "void" else value, sort_keys=True)
