"""Row order: rows are moved by giving as few of them as can be another number.

The rows of a record are numbered by the field that the type declares (`Kind.order`, a whole
number). Two devices may give the same number; such rows keep the order of writing until one of
them is moved.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.rows.child_rows import rows_of
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

UNORDERED = W(
    "{type}没有声明次序，不能上移或下移。", "{type} has no declared order, so it is not moved."
)
FIRST = W("已经是第一行。", "This is the first row already.")
LAST = W("已经是最后一行。", "This is the last row already.")


def is_ordered(cls: type[Record]) -> bool:
    """Whether rows of a type can be moved."""
    kind = cls.kind
    spec = cls.specs().get(kind.order)
    return bool(kind.parent) and spec is not None and spec.kind == "count"


def move_row(book: Book, id: str, by: int) -> list[Record]:
    """Move a row past so many living ones, down (+) or up (-); the rows whose number changed.

    One durable save. Raises `Refused` at the edge, and for what an edit is refused for.
    """
    row = book.get(id)
    cls, kind = type(row), row.kind
    above = book.find(str(getattr(row, kind.parent))) if kind.parent else None
    if above is None or not is_ordered(cls):
        raise Refused(UNORDERED, type=kind.label)
    if row.void is not None:
        raise Refused(permissions.VOIDED, number=row.number)
    every = living(book, above, cls)
    place = next(at for at, one in enumerate(every) if one.id == id)
    if not 0 <= place + by < len(every):
        raise Refused(LAST if by > 0 else FIRST)
    every.insert(place + by, every.pop(place))
    numbers = renumbered([getattr(one, kind.order) for one in every], first_number(cls))
    changed = list[Record]()
    with book.saving():
        for one, number in zip(every, numbers, strict=True):
            if getattr(one, kind.order) != number:
                changed.append(book.edit(one.id, {kind.order: number}))
    return changed


def living(book: Book, record: Record, cls: type[Record]) -> list[Record]:
    """The rows of a type that are not void, in order."""
    return [row for row in rows_of(book.store, record, cls) if row.void is None]


def first_values(book: Book, record: Record, cls: type[Record]) -> dict[str, Any]:
    """What a new row has from where it is added: its parent, and the last number."""
    kind = cls.kind
    found: dict[str, Any] = {kind.parent: record.id}
    if is_ordered(cls):
        numbers = [getattr(row, kind.order) for row in living(book, record, cls)]
        found[kind.order] = next_number(numbers, first_number(cls))
    return found


def number_at_end(store: Store, cls: type[Record], parent: str) -> int:
    """The number of a new row after all others of a record."""
    kind = cls.kind
    sql = f'SELECT max("{kind.order}") FROM "{kind.name}" WHERE "{kind.parent}"=? AND void IS NULL'
    row = store.row(sql, (parent,))
    return next_number([row[0] if row else None], first_number(cls))


def next_number(numbers: Sequence[int | None], least: int = 1) -> int:
    """The number of a row after all others."""
    return max((number for number in numbers if number is not None), default=least - 1) + 1


def first_number(cls: type[Record]) -> int:
    """The smallest number that a row may have; 1 where no bound is declared."""
    low = cls.specs()[cls.kind.order].low
    return int(low) if low is not None else 1


def renumbered(numbers: Sequence[int | None], least: int = 1) -> list[int]:
    """Rising numbers for rows in this order, none below `least`, as few as can be changed.

    A number can stay if there is room for the rows before it: those that stay are the longest run
    in which `number - place` never falls.
    """
    kept = _longest_run([n - at if n is not None else None for at, n in enumerate(numbers)], least)
    found, last = list[int](), least - 1
    for at, number in enumerate(numbers):
        last = number if at in kept and number is not None else last + 1
        found.append(last)
    return found


def _longest_run(slacks: Sequence[int | None], least: int) -> set[int]:
    """The places of a longest run of these that never falls, from `least` on."""
    ends, places = list[int](), list[int]()
    before: dict[int, int] = {}
    for at, slack in enumerate(slacks):
        if slack is None or slack < least:
            continue
        length = bisect_right(ends, slack)
        if length:
            before[at] = places[length - 1]
        ends[length : length + 1], places[length : length + 1] = [slack], [at]
    at = places[-1] if places else -1
    found = set[int]()
    while at >= 0:
        found.add(at)
        at = before.get(at, -1)
    return found
