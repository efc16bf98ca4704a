"""Rows of a hand-over: in the order of their writing, with words for the receiver."""

from __future__ import annotations

from models.book.book import Book
from models.records.handovers.handover_item import HandoverItem
from models.schema.record import Record
from models.storage import rows
from tests.support.staff import Staff


def items(book: Book, handover: Record) -> list[HandoverItem]:
    """The rows in their order."""
    return rows.fetch(
        book.store, HandoverItem, "WHERE handover=? ORDER BY position", (handover.id,)
    )


def test_a_row_takes_what_the_receiver_should_know(staff: Staff, handover: Record) -> None:
    first = items(staff.engineer, handover)[0]
    assert first.position == 1 and first.kind.parent == "handover"
    staff.engineer.edit(first.id, {"note": "备件周三到"})
    assert items(staff.engineer, handover)[0].note == "备件周三到"
