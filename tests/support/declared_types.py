"""Record types that a test declares: known while the block runs, forgotten after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from models.schema.kind import Kind
from models.schema.lifecycle import Life
from models.schema.record import Record
from models.text.words import W
from tests.support.new_area import new_area


@contextmanager
def declared(name: str, life: Life, fields: Mapping[str, Any]) -> Iterator[type[Record]]:
    """A type of that name with this lifecycle and these fields."""
    kind = Kind(
        name=name, label=W("样例", "Sample"), code="SMP", states=life.states, moves=life.moves
    )
    body = {"__module__": __name__, "__doc__": "A sample.", "kind": kind, **fields}
    with new_area():
        yield type(name.title(), (Record,), body)
