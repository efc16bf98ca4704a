"""List painter: the lines of a list, header, rows and foot, from its view and window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.style import Style
from textual.strip import Strip

from models.text.words import Refused, W
from tui.display.row_layout import ListColumn
from tui.display.row_source import Window
from tui.display.terminal_text import show, wrap
from tui.widgets.drawing.list_strips import EDGE, Strips
from tui.widgets.drawing.list_view import ListView

HEAD = FOOT = 1  # lines
LIST_CSS = """
WindowedList {
    width: 1fr;
    height: 1fr;
    background: $surface;
    color: $foreground;
    & > .lines--header { color: $text-primary; text-style: bold; }
    & > .lines--foot { color: $text-muted; background: $panel; }
    & > .lines--cursor {
        color: $block-cursor-blurred-foreground;
        background: $block-cursor-blurred-background;
        text-style: $block-cursor-blurred-text-style;
    }
    &:focus > .lines--cursor {
        color: $block-cursor-foreground;
        background: $block-cursor-background;
        text-style: $block-cursor-text-style;
    }
    & > .lines--muted { color: $text-muted; }
    & > .lines--warning { color: $text-warning; }
    & > .lines--error { color: $text-error; }
    & > .lines--success { color: $text-success; }
}
"""
"""How a list looks."""


class ListPainter:
    """Draws the lines of one list; `note` gives the text after the place in the foot."""

    def __init__(
        self,
        columns: Sequence[ListColumn],
        style: Callable[[str], Style],
        view: ListView,
        window: Window,
        empty: W,
        note: Callable[[], str],
    ) -> None:
        self.strips = Strips(columns, style)
        self.view, self.window = view, window
        self.empty = empty
        """The text of an empty list."""
        self.trouble: Refused | None = None
        """Why the rows could not be read; shown instead of `empty`."""
        self._note = note

    def line(self, y: int, height: int) -> Strip:
        """The line at `y` of so many."""
        view = self.view
        if y < HEAD:
            return self.strips.header()
        if y >= height - FOOT:
            return self.strips.foot(*view.place(), self._note())
        at = view.top + y - HEAD
        if at < self.window.total:
            return self.strips.row(at, at == view.position, self.window)
        return self.strips.line(self._instead(at), "muted" if self.trouble is None else "error")

    def _instead(self, at: int) -> str:
        """The line of an empty list: why its rows cannot be read, or that there are none."""
        if self.window.total:
            return ""
        lines = wrap(show(str(self.trouble or self.empty)), self.strips.width - 2 * EDGE)
        return " " * EDGE + lines[at] if at < len(lines) else ""

    def draw_ahead(self, by: int) -> None:
        """After a page is painted, draw the one that the same key would show next."""
        view = self.view
        top = view.clamp(view.top + by)
        for at in range(top, min(top + view.height, self.window.total)):
            self.strips.row(at, at == view.position + by, self.window)
