"""Previewing: beside a list, where there is room, the record on which the cursor stands."""

from __future__ import annotations

from textual import on

from models.schema.record import Record
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages.records.reading_pane import BREAKPOINTS, ReadingPane
from tui.pages.records.record_actions import Deeds
from tui.widgets.windowed_list import WindowedList


class Previewing(Deeds):
    """A page with `WindowedList`, and beside them a `DocumentView`, `#preview`."""

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    values: Values

    def __init__(self) -> None:
        super().__init__()
        self._reading = ReadingPane(self, "#preview")

    def brief(self, record: Record) -> list[TextPart]:
        """What is shown of a record."""
        from tui.display.record_view import Dossier

        return Dossier(self.book, self.values, record).brief()

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        """Read the preview, once the cursor has stayed for a moment."""
        event.stop()
        self._reading.drop()
        if self._reading.beside:
            self._reading.soon(self._preview)

    def _preview(self) -> None:
        id = self.chosen()
        record = self.book.find(id) if id else None
        parts = self.brief(record) if record is not None else []
        self._reading.view.look(parts, top=True)
