"""Facts about tours: how many stops they have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts, json_facts
from models.schema.record import Record
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

ALL = W("{count} 站", "{count} stops")
STOPS = W("站点", "Stops")


@facts("tour")
def stops(book: Book, tour: Record, states: StateView) -> Iterator[RecordFact]:
    """How many stops there are."""
    found = counted(book.store, tour)
    if found:
        said = say(ALL, count=found)
        yield RecordFact(said, "good", STOPS, short=said)


@json_facts("tour", keys=("places",))
def stops_json(states: StateView, tour: Record) -> dict[str, Any]:
    """`places`: how many stops there are."""
    return {"places": counted(states.store, tour)}


def counted(store: Store, tour: Record) -> int:
    """How many stops of a tour are in use."""
    sql = "SELECT COUNT(*) FROM tour_stop WHERE tour=? AND void IS NULL"
    return int(store.rows(sql, (tour.id,))[0][0])
