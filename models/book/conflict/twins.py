"""Twins: records that two devices added under one `ref` of their own while apart, such as the rows
of a list that both imported.

On one device a ref is added once; what two devices add offline are two records, which a person
compares: one is kept, the other is voided.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.frozen import NamedTuple
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import Store


class Twins(NamedTuple):
    """Living records of one type and ref, the earliest written first."""

    ref: str
    records: tuple[Record, ...]


def twins(store: Store) -> Iterator[Twins]:
    """Every ref that several records have which are not void, by type."""
    for name, cls in kinds.items():
        # The index of refs alone is read; what is void is looked at only where a ref stands twice.
        sql = f'SELECT ref FROM "{name}" WHERE ref IS NOT NULL GROUP BY ref HAVING COUNT(*)>1'
        for (ref,) in store.rows(sql):
            living = [one for one in rows.of_ref(store, cls, str(ref)) if one.void is None]
            if len(living) > 1:
                yield Twins(str(ref), tuple(living))
