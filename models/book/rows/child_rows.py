"""Child rows: which types are rows of a type, and the rows of a record in their order.

The order is the same on every device: that of the field that the type declares (`Kind.order`),
then that in which the rows were written. Rows without a value in that field come last.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from models.schema.kind import Kind
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import Store, places

CHUNK = 500
PAGE = 1_000
"""Records of a list read at a time."""


def child_types(type: str) -> tuple[type[Record], ...]:
    """The types whose records are rows of a type, add-only ones among them, in their order."""
    return _child_types(type, len(kinds))


@cache
def _child_types(type: str, _declared: int) -> tuple[type[Record], ...]:
    found = (
        cls
        for cls in kinds.values()
        if cls.kind.parent and cls.specs()[cls.kind.parent].target == type
    )
    return tuple(sorted(found, key=lambda cls: cls.kind.section))


def rows_of(store: Store, record: Record, cls: type[Record]) -> list[Record]:
    """Every row of one type, void ones among them, in order."""
    where = f'WHERE "{cls.kind.parent}"=? ORDER BY {order_by(cls.kind)}'
    return rows.fetch(store, cls, where, (record.id,))


def rows_of_many(
    store: Store, ids: Sequence[str], cls: type[Record], but: Collection[str] = ()
) -> list[Record]:
    """The rows of several records, those of each in order; `but` are ids that are not read."""
    found = list[Record]()
    rest, given = (" AND id NOT IN (SELECT value FROM json_each(?))", [json.dumps([*but])])
    for some in chunks(ids):
        where = f'WHERE "{cls.kind.parent}" IN ({places(some)}){rest if but else ""}'
        params = [*some, *given] if but else some
        found += rows.fetch(store, cls, f"{where} ORDER BY {order_by(cls.kind)}", params)
    return found


def order_by(kind: Kind) -> str:
    """The order of the rows of a type, in SQL. `n` would not do: it may differ between devices."""
    written = "occurred, id"
    return f'"{kind.order}" IS NULL, "{kind.order}", {written}' if kind.order else written


def listed(
    store: Store, cls: type[Record], where: str = "1", params: Sequence[object] = ()
) -> Iterator[Record]:
    """The records of a type as a list has them: rows of a declared order by parent and in that
    order, all others newest first, read page by page.
    """
    kind = cls.kind
    if kind.parent and kind.order:
        order = f'ORDER BY "{kind.parent}", {order_by(kind)}'
        yield from rows.fetch(store, cls, f"WHERE {where} {order}", params)
        return
    before = 1 << 62
    sql = f"WHERE n<? AND {where} ORDER BY n DESC LIMIT {PAGE}"
    while page := rows.fetch(store, cls, sql, (before, *params)):
        yield from page
        before = page[-1].n


def chunks(some: Sequence[str]) -> Iterator[Sequence[str]]:
    """The same in portions that one statement takes."""
    for first in range(0, len(some), CHUNK):
        yield some[first : first + CHUNK]
