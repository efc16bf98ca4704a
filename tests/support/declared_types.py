"""Record types that a test declares: known while the block runs, forgotten after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from models.schema import record, validation
from models.schema.lifecycles import Life
from models.schema.record import Kind, Record, kinds
from models.storage import rows
from models.text.words import W
from sync.changes import compatibility
from sync.validation import field_rules


@contextmanager
def declared(name: str, life: Life, fields: Mapping[str, Any]) -> Iterator[type[Record]]:
    """A type of that name with this lifecycle and these fields."""
    before = dict(kinds)
    kind = Kind(
        name=name, label=W("样例", "Sample"), code="SMP", states=life.states, moves=life.moves
    )
    body = {"__module__": __name__, "__doc__": "A sample.", "kind": kind, **fields}
    made = type(name.title(), (Record,), body)
    try:
        yield made
    finally:
        kinds.clear()
        kinds.update(before)
        forget(made)


def forget(cls: type[Record]) -> None:
    """Take a type out of every cache that holds something of each type."""
    by_class: list[dict[Any, Any]] = [
        *(record._field_cache, record._spec_cache, record._register_cache, record._owner_cache),
        *(rows._columns, rows._inserts, rows._selects, rows._sums),
        *(validation._models, compatibility._tests),
    ]
    for cache in by_class:
        cache.pop(cls, None)
    rows._updates.clear()
    rows._which.clear()
    field_rules.by_move.cache_clear()
