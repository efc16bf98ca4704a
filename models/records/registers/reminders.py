"""Reminders that need the working calendar: what others should have acknowledged by now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.approval import acknowledgements
from models.queries.waiting.agenda import Reminder, reminds, section
from models.records.registers import calendar_years
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

section("unread", W("别人逾期未知悉", "Not acknowledged in time"), 61)


@reminds
def unacknowledged(book: Book) -> Iterator[Reminder]:
    """Records whose acknowledgement is overdue, for the roles that are told of it."""
    calendar = calendar_years.calendar(book)
    for record, known in acknowledgements.overdue(book, calendar):
        yield Reminder("unread", record, known.due(calendar))
