"""Transitions: the moves that a record made, as every replica that holds its space has them."""

from __future__ import annotations

from typing import NamedTuple

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


def made_by(store: Store, record: str) -> list[Transition]:
    """The moves of a record, the first one first."""
    sql = (
        "SELECT move, origin, state, at, author, comment, alone FROM transition WHERE record=?"
        " ORDER BY n"
    )
    return [Transition._make((*row[:6], bool(row[6]))) for row in store.rows(sql, (record,))]
