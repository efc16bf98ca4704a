"""A desk: a list of what waits, and beside or below it what is read before it is decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from models.text.words import W
from tui.pages.records.reading_pane import BREAKPOINTS, ReadingPane
from tui.pages.records.record_actions import Deeds
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

COMMANDS = (
    Command(
        id="desk.read",
        word=W("往下读", "Scroll"),
        help=W("往下翻一页；读到末尾的算读完", "one page down; at its end it counts as read"),
        keys="space",
        action="read(1)",
        shown=4,
    ),
    Command(
        id="desk.back",
        word=W("往上读", "Read back"),
        help=W("往上翻一页", "one page up"),
        keys="backspace",
        action="read(-1)",
    ),
)


class ReadingPage(Deeds):
    """The page: `#list` and `#pane` in `#desk`, side by side where there is room."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    DEFAULT_CSS = """
    ReadingPage #desk { height: 1fr; layout: vertical; }
    ReadingPage #list { height: 10; }
    ReadingPage #pane { height: 1fr; border-top: solid $panel; }
    ReadingPage.-wide #desk { layout: horizontal; }
    ReadingPage.-wide #list { width: 5fr; height: 1fr; }
    ReadingPage.-wide #pane { width: 4fr; border-top: none; border-left: solid $panel; }
    .-ascii Desk #pane { border-top: ascii $panel; }
    .-ascii Desk.-wide #pane { border-top: none; border-left: ascii $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._reading = ReadingPane(self, "#pane")

    @property
    def pane(self) -> DocumentView:
        """Where it is read."""
        return self._reading.view

    def soon(self, do: Callable[[], object]) -> None:
        """Do it once the cursor has stayed for a moment."""
        self._reading.soon(do)

    def at_once(self) -> None:
        """Do nothing later: something is done now."""
        self._reading.drop()

    def action_read(self, pages: int) -> None:
        """Scroll what is read."""
        self.pane.action_page(pages)
