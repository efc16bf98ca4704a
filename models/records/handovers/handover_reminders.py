"""Reminders: what is another person's and handed over to this one, as long as it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.queries.waiting.agenda import Reminder, reminds, section
from models.queries.waiting.urgency import due_day
from models.records.handovers import passed_on
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

section("handed", W("交接给我代管的", "Handed over to me"), 52)


@reminds
def handed_over(book: Book) -> Iterator[Reminder]:
    """All that is the giver's now, also what came after the hand-over was given."""
    seen = set[str]()
    for handover in passed_on.in_force(book, book.me):
        for record in passed_on.open_of(book, str(handover.project), handover.author):
            if record.id not in seen:
                seen.add(record.id)
                yield Reminder("handed", record, due_day(record))
