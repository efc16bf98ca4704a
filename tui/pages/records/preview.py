"""Previewing: beside a list, where there is room, the record on which the cursor stands."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.timer import Timer

from models.schema.record import Record
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages.records.record_actions import Deeds
from tui.widgets.document_view import DocumentView
from tui.widgets.windowed_list import WindowedList

WIDE = 110


class Previewing(Deeds):
    """A page with `WindowedList`, and beside them a `DocumentView`, `#preview`."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    PAUSE: ClassVar = 0.3
    """Seconds on one row before its preview is read: holding a key down must not read hundreds."""
    values: Values

    def __init__(self) -> None:
        super().__init__()
        self._pause: Timer | None = None

    def brief(self, record: Record) -> list[TextPart]:
        """What is shown of a record."""
        from tui.display.record_view import Dossier

        return Dossier(self.book, self.values, record).brief()

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        """Read the preview, once the cursor has stayed for a moment."""
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        if self.has_class("-wide"):
            self._pause = self.set_timer(self.PAUSE, self._preview)

    def _preview(self) -> None:
        id = self.chosen()
        record = self.book.find(id) if id else None
        parts = self.brief(record) if record is not None else []
        self.query_one("#preview", DocumentView).look(parts, top=True)
