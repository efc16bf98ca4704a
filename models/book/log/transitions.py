"""Transitions: the moves that a record made, as every replica that holds its space has them."""

from __future__ import annotations

from models.frozen import NamedTuple
from models.storage.store import Store


class Transition(NamedTuple):
    """One move that a record made."""

    move: str
    origin: str
    state: str
    at: int
    """When, ms UTC."""
    author: str
    comment: str | None
    alone: bool
    """A four-eyes move made without a second person."""
    device: str
    seq: int
    """The version of the change that carries it."""


def made_by(store: Store, record: str) -> list[Transition]:
    """The moves of a record, the first one first."""
    sql = (
        "SELECT move, origin, state, at, author, comment, alone, device, seq FROM transition"
        " WHERE record=? ORDER BY n"
    )
    found = store.rows(sql, (record,))
    return [Transition._make((*row[:6], bool(row[6]), *row[7:])) for row in found]
