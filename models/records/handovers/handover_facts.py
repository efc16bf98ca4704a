"""Facts about hand-overs: what of it is still open, and what came since it was given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts
from models.records.handovers import passed_on
from models.records.handovers.handover import Handover
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

OPEN, SINCE = W("现在未办完", "Open now"), W("移交后新增", "Came since")
COUNT = W("{n} 项", "{n}")
MOST = 20
"""Records that are named."""


@facts("handover")
def how_it_stands(book: Book, handover: Handover, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """While it waits or is in force: what the giver's work is now."""
    if handover.state not in ("given", "confirmed"):
        return
    found = passed_on.open_of(book, str(handover.project), handover.author)
    yield RecordFact(say(COUNT, n=len(found)), "", OPEN)
    sql = "SELECT about FROM handover_item WHERE handover=? AND about IS NOT NULL"
    listed = {id for (id,) in book.store.rows(sql, (handover.id,))}
    new = [one.id for one in found if one.id not in listed]
    if new:
        yield RecordFact(say(COUNT, n=len(new)), "warn", SINCE, records=tuple(new[:MOST]))
