"""Inbox view: what the inbox shows of one record: its title, and what is read before a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.records.statistics.review_rounds import ReviewRounds
from tui.display.parts import TextPart
from tui.display.values import Values, named
from tui.display.views.record_view import RecordView
from tui.pages import registry
from tui.pages.records.decision_history import changes, trail

if TYPE_CHECKING:
    from models.book.book import Book
    from models.schema.record import Record


class InboxView:
    """The view of any record; an area registers one of its own in `INBOX_VIEWS`."""

    def __init__(self, book: Book, values: Values, record: Record) -> None:
        self.book, self.values, self.record = book, values, record

    def title(self) -> str:
        """Type and title, on one line."""
        return f"{self.record.kind.label}  {named(self.record, self.values)}"

    def parts(self) -> list[TextPart]:
        """What changed since the last decision, the record, and its moves so far."""
        shown = RecordView(self.book, self.values, self.record).brief()
        rounds = ReviewRounds(self.book, self.record)
        return [
            *changes(rounds, self.values),
            *(part for part in shown if part.id != "moves:"),
            *trail(rounds, self.values),
        ]


def view_of(book: Book, values: Values, record: Record) -> InboxView:
    """The view of a record: its area's, where it registered one."""
    name = registry.INBOX_VIEWS.get(record.type)
    view: type[InboxView] = InboxView if name is None else registry.load(name)
    return view(book, values, record)
