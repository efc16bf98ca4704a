"""Strips: the drawn lines of a list, cached."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from models.text.words import language
from tui.display.row_layout import ListColumn, RowLayout
from tui.display.row_source import Window
from tui.display.terminal_text import cut, drawing, width

EDGE: Final = 2  # cells before a row, for the cursor's mark
PLACE: Final = 20  # cells of the foot for the place, on the left: what a key repaints ends there
URGENT: Final = "error"
"""The style of what is late."""
TONES: Final = (URGENT, "warning", "success")
"""Styles that are colours alone. Without colours they would be greys, the most urgent the dimmest:
only what is done is dim then, and what is urgent is bold and marked."""
URGENT_MARK: Final = "!"
KEPT: Final = 160  # lines in the cache; a strip is about 4 KB


class Strips:
    """Draws lines of exactly the list's width in one segment each: the cheapest to paint and send.

    `style` gives the style of a name, '' being the plain one.
    """

    def __init__(self, columns: Sequence[ListColumn], style: Callable[[str], Style]) -> None:
        self.layout = RowLayout(columns, 0)
        self._columns = columns
        self._style = style
        self.width = 0
        """Cells of a line."""
        self._kept: dict[tuple[object, ...], Strip] = {}
        self._drawn_for: object = None

    def forget(self) -> None:
        """Draw everything anew."""
        self._kept.clear()

    def take(self, columns: Sequence[ListColumn]) -> None:
        """Draw with these columns from now on."""
        if columns != self._columns:
            self._columns, self._drawn_for = columns, None

    def prepare(self, size: Size) -> None:
        """Get ready for a frame: forget what was drawn for another size or language."""
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        drawn_for = (size, language.now, drawing.now)
        if drawn_for != self._drawn_for:
            self._kept.clear()
            self._drawn_for = drawn_for
            self.width = size.width
            self.layout = RowLayout(self._columns, size.width - EDGE)

    def header(self) -> Strip:
        """The titles of the columns."""
        strip = self._kept.get(("header",))
        if strip is None:
            text = " " * EDGE + self.layout.titles()
            strip = self._kept[("header",)] = self.line(text, "header")
        return strip

    def foot(self, position: int, total: int, note: str) -> Strip:
        """The place of the cursor, and a note."""
        key = ("foot", position, total, note)
        strip = self._kept.get(key)
        if strip is None:
            place = f" {position + 1:,} / {total:,}" if total else " 0"
            strip = self._kept[key] = self.line(place.ljust(PLACE) + note, "foot")
        return strip

    def row(self, at: int, marked: bool, window: Window) -> Strip:
        """The row at a position, nothing if it is gone; `marked` where the cursor is."""
        key = ("row", at, marked)
        strip = self._kept.get(key)
        if strip is None:
            row = window.row(at)
            text, style = row.segments(self.layout) if row else ("", "")
            tone = URGENT_MARK if style == URGENT and self._style(URGENT).bold else " "
            edge = (drawing.now.mark if marked else " ") + tone
            strip = self._kept[key] = self.line(edge + text, "cursor" if marked else style)
        return strip

    def line(self, text: str, style: str) -> Strip:
        """A text as a line."""
        if not text.isprintable() or width(text) != self.width:
            text = cut(text, self.width, padded=True)
        return Strip([Segment(text, self._style(style))], self.width)


class ListStyles:
    """The styles of a list by name, filtered (for NO_COLOR); cached, since every row needs one."""

    def __init__(self, widget: Widget, known: Collection[str]) -> None:
        self._widget, self._known = widget, known
        self._kept: dict[str, Style] = {}

    def forget(self) -> None:
        """Look them up anew: the theme was changed."""
        self._kept.clear()

    def of(self, name: str) -> Style:
        """The style of a name; the widget's own where the list has none of that name."""
        if (kept := self._kept.get(name)) is not None:
            return kept
        if name in TONES and self._widget.app.no_color:
            style = self._kept[name] = self.of("") + Style(bold=name == URGENT)
            return style
        widget, full = self._widget, f"lines--{name}"
        own = full in self._known
        style = widget.get_component_rich_style(full) if own else widget.rich_style
        segments = [Segment(" ", style)]
        for line_filter in widget.get_line_filters():
            segments = line_filter.apply(segments, widget.background_colors[1])
        style = self._kept[name] = segments[0].style or Style.null()
        return style


def lines_of(widget: Widget) -> list[Strip]:
    """The lines of a widget as it would draw them now."""
    return [widget.render_line(y) for y in range(widget.size.height)]


def paint_changed(widget: Widget, before: Sequence[Strip]) -> None:
    """Have only those lines painted that differ from before: over a slow line the rest costs."""
    after = lines_of(widget)
    if len(after) != len(before):
        widget.refresh()
        return
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            widget.refresh(Region(0, y, widget.size.width, 1))
