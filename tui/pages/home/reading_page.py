"""A page with a reading pane, for pages that inherit one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from tui.pages.records.reading_pane import BREAKPOINTS, ReadingActions, ReadingPane
from tui.pages.records.record_actions import Deeds
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

COMMANDS = ReadingActions.commands()


class ReadingPage(Deeds):
    """The page: `#list` and `#pane` in `#desk`, side by side where there is room."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    bridge = (ReadingActions, *Deeds.bridge)
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    DEFAULT_CSS = """
    ReadingPage #desk { height: 1fr; layout: vertical; }
    ReadingPage #list { height: 10; }
    ReadingPage #pane { height: 1fr; border-top: solid $panel; }
    ReadingPage.-wide #desk { layout: horizontal; }
    ReadingPage.-wide #list { width: 5fr; height: 1fr; }
    ReadingPage.-wide #pane { width: 4fr; border-top: none; border-left: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.reading = ReadingPane(self, "#pane")

    @property
    def pane(self) -> DocumentView:
        """Where it is read."""
        return self.reading.view

    def soon(self, do: Callable[[], object]) -> None:
        """Do it once the cursor has stayed for a moment."""
        self.reading.soon(do)

    def at_once(self) -> None:
        """Do nothing later: something is done now."""
        self.reading.drop()
