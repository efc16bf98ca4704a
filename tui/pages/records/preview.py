"""Record preview: beside a list, where there is room, the record under the list's cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from tui.display.views.record_view import RecordView
from tui.pages.records.reading_pane import ReadingPane

if TYPE_CHECKING:
    from models.book.book import Book
    from models.schema.record import Record
    from tui.display.parts import TextPart
    from tui.display.values import Values

    Brief = Callable[[Record], list[TextPart]]


class PreviewHolder(Protocol):
    """A page with a list of records and a `DocumentView` named `#preview`."""

    values: Values

    @property
    def book(self) -> Book:
        """The open book."""

    def chosen(self) -> str | None:
        """The id of the record under the cursor, or None."""


class RecordPreview:
    """The preview of one page; `brief` gives what is shown of a record, else its short form."""

    def __init__(self, page: PreviewHolder, pane: ReadingPane, brief: Brief | None = None) -> None:
        self._page, self._pane = page, pane
        self._brief = brief or self.brief

    def brief(self, record: Record) -> list[TextPart]:
        """The short form of a record."""
        return RecordView(self._page.book, self._page.values, record).brief()

    def follow(self) -> None:
        """The cursor has moved: show its record once it has stayed for a moment."""
        self._pane.drop()
        if self._pane.beside:
            self._pane.soon(self.show)

    def show(self) -> None:
        """Show the record under the cursor."""
        id = self._page.chosen()
        record = self._page.book.find(id) if id else None
        self._pane.view.look(self._brief(record) if record is not None else [], top=True)


def preview_of(page: Any, brief: Brief | None = None) -> RecordPreview:
    """The preview of a page, in its `#preview`."""
    return RecordPreview(page, ReadingPane(page, "#preview"), brief)
