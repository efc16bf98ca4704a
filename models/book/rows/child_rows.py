"""Child rows: which types are rows of a type, and the rows of a record in their order.

The order is the same on every device: that of the field that the type declares (`Kind.order`),
then that in which the rows were written. Rows without a value in that field come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from models.schema.kind import Kind
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import Store, places

CHUNK = 500


def child_types(type: str) -> tuple[type[Record], ...]:
    """The types whose records are rows of a type, add-only ones among them."""
    return _child_types(type, len(kinds))


@cache
def _child_types(type: str, _declared: int) -> tuple[type[Record], ...]:
    return tuple(
        cls
        for cls in kinds.values()
        if cls.kind.parent and cls.specs()[cls.kind.parent].target == type
    )


def rows_of(store: Store, record: Record, cls: type[Record]) -> list[Record]:
    """Every row of one type, void ones among them, in order."""
    where = f'WHERE "{cls.kind.parent}"=? ORDER BY {order_by(cls.kind)}'
    return rows.fetch(store, cls, where, (record.id,))


def rows_of_many(store: Store, ids: Sequence[str], cls: type[Record]) -> list[Record]:
    """The rows of several records, those of each in order."""
    found = list[Record]()
    for some in chunks(ids):
        where = f'WHERE "{cls.kind.parent}" IN ({places(some)}) ORDER BY {order_by(cls.kind)}'
        found += rows.fetch(store, cls, where, some)
    return found


def order_by(kind: Kind) -> str:
    """The order of the rows of a type, in SQL. `n` would not do: it may differ between devices."""
    written = "occurred, id"
    return f'"{kind.order}" IS NULL, "{kind.order}", {written}' if kind.order else written


def chunks(some: Sequence[str]) -> Iterator[Sequence[str]]:
    """The same in portions that one statement takes."""
    for first in range(0, len(some), CHUNK):
        yield some[first : first + CHUNK]
