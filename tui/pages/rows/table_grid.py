"""Table grid: draws the rows of a table that are in sight, one line a row, under their titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.display.terminal_text import cut, show
from tui.forms.field import Field
from tui.pages.rows.sheet_rows import SheetRow, TableCell
from tui.pages.rows.table_layout import GAP, GUTTER, TableLayout

HEAD: Final = 1
WHEEL: Final = 3
MUCH: Final = 400
"""Characters of a cell that are looked at; no line is longer."""


class TableGrid(Widget):
    """The lines of a table; `text` says what a cell shows. The cell that is edited is drawn over
    by its editor."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"grid--{name}" for name in ("head", "here", "muted", "fault", "unsaved", "row", "cell")),
    }
    DEFAULT_CSS = """
    TableGrid {
        width: 1fr;
        height: 1fr;
        & > .grid--head { color: $text-muted; }
        & > .grid--here { color: $text-accent; text-style: bold; }
        & > .grid--muted { color: $text-muted; }
        & > .grid--fault { color: $text-error; text-style: bold; }
        & > .grid--unsaved { text-style: bold; }
        & > .grid--row { background: $panel; }
        & > .grid--cell { background: $primary 30%; }
    }
    """

    class Clicked(Message):
        """A cell was clicked."""

        def __init__(self, place: TableCell) -> None:
            super().__init__()
            self.place = place

    class Scrolled(Message):
        """The wheel was turned, by so many rows."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, layout: TableLayout, text: Callable[[Field], str]) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        super().__init__(id="grid")
        self.columns, self.text = layout, text
        self.rows: Sequence[SheetRow] = ()
        self.place: TableCell | None = None
        self.top = 0

    @property
    def height(self) -> int:
        """Rows in sight, one at least."""
        return max(self.size.height - HEAD, 1)

    def follow(self, rows: Sequence[SheetRow], place: TableCell | None, below: int = 0) -> None:
        """Show the rows with the cursor on a cell, and some lines of room below it if there is."""
        self.rows, self.place = rows, place
        self.columns.width = self.size.width or self.columns.width
        if place is not None:
            self.columns.follow(place.column)
            at = self.at
            below = min(below, self.height - 1)
            self.top = min(max(self.top, at - self.height + 1 + below), at)
        self.top = max(min(self.top, len(rows) - self.height + below), 0)
        self.refresh()

    @property
    def at(self) -> int:
        """The number of the cursor's row, -1 without any."""
        row = self.place.row if self.place is not None else None
        return next((at for at, one in enumerate(self.rows) if one is row), -1)

    def spot(self) -> Region | None:
        """Where the cell under the cursor is drawn; None while it is out of sight."""
        slot = self.columns.slot(self.place.column) if self.place is not None else None
        y = self.at - self.top
        if slot is None or not 0 <= y < self.height:
            return None
        return Region(slot.x, y + HEAD, slot.cells, 1)

    def again(self) -> None:
        """Draw the row under the cursor again."""
        self.refresh(Region(0, self.at - self.top + HEAD, self.size.width, 1))

    # -- drawing -------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The titles, or a row."""
        at = self.top + y - HEAD
        if y < HEAD:
            return self._head()
        if at >= len(self.rows):
            return Strip([Segment(" " * self.size.width, self.rich_style)], self.size.width)
        return self._row(at, self.rows[at])

    def _head(self) -> Strip:
        more = self.columns.more
        begins = "‹" if self.columns.left else " "
        segments, used = [Segment(begins + " " * (GUTTER - 1), self._rich("head"))], GUTTER
        for slot in self.columns.slots():
            here = self.place is not None and slot.column == self.place.column
            label = str(self.columns.specs[slot.column].label)
            used = self._put(segments, used, slot.x, label, slot.cells, "here" if here else "head")
        return self._filled(segments, used, "›" if more else "", "head")

    def _row(self, at: int, row: SheetRow) -> Strip:
        here = self.place is not None and row is self.place.row
        back = "row" if here else ""
        mark, style = _mark(row)
        segments = [
            Segment(f"{mark} ", self._rich(style, back)),
            Segment(f"{at + 1:>3} "[: GUTTER - 2], self._rich("muted", back)),
        ]
        used = GUTTER
        for slot in self.columns.slots():
            one = row.fields[slot.column]
            cell = here and self.place is not None and slot.column == self.place.column
            said = " ".join(show(self.text(one)[:MUCH]).split())
            style, ground = _style(one), "cell" if cell else back
            right = one.spec.kind in ("count", "number", "money")
            said = cut(said, slot.cells, padded=True, right=right)
            used = self._put(segments, used, slot.x, said, slot.cells, style, ground)
        return self._filled(segments, used, "", "", back)

    def _put(
        self,
        segments: list[Segment],
        used: int,
        x: int,
        text: str,
        cells: int,
        style: str,
        back: str = "",
    ) -> int:
        if x > used:
            row = "row" if back else ""
            segments.append(Segment(" " * (x - used), self._rich("", row)))
        segments.append(Segment(cut(text, cells, padded=True), self._rich(style, back)))
        return x + cells

    def _filled(
        self, segments: list[Segment], used: int, end: str, style: str, back: str = ""
    ) -> Strip:
        wide = self.size.width
        segments.append(Segment(" " * max(wide - used - len(end), 0), self._rich("", back)))
        if end and wide - used >= len(end):
            segments.append(Segment(end, self._rich(style, back)))
        return Strip(segments, max(wide, used)).crop(0, wide)

    def _rich(self, style: str, back: str = "") -> Style:
        """A style over a ground; looked up once, which took most of a frame."""
        found = self._styles.get((style, back))
        if found is None:
            found = self.rich_style
            if style:
                found = self.get_component_rich_style(f"grid--{style}")
            if back:
                ground = self.get_component_rich_style(f"grid--{back}").bgcolor
                found += Style(bgcolor=ground)
            self._styles[style, back] = found
        return found

    def notify_style_update(self) -> None:
        """Look the styles up again."""
        self._styles.clear()
        super().notify_style_update()

    # -- the mouse -----------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """A click names a cell."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < HEAD or self.top + offset.y - HEAD >= len(self.rows):
            return
        row = self.rows[self.top + offset.y - HEAD]
        slots = self.columns.slots()
        slot = next((one for one in slots if one.x <= offset.x < one.x + one.cells + GAP), None)
        if slot is not None:
            self.post_message(self.Clicked(TableCell(row, slot.column)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel takes the cursor along."""
        event.stop()
        self.post_message(self.Scrolled(WHEEL))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The same upwards."""
        event.stop()
        self.post_message(self.Scrolled(-WHEEL))


def _mark(row: SheetRow) -> tuple[str, str]:
    """The mark before a row: what is wrong, or that it is not saved."""
    if row.faulty:
        return "!", "fault"
    if row.changed:
        return ("+" if row.record is None else "*"), "unsaved"
    return " ", "muted"


def _style(one: Field) -> str:
    if one.fault is not None:
        return "fault"
    return "muted" if one.locked else "unsaved" if one.changed else ""
