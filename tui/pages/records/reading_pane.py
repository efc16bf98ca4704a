"""Reading pane: beside a list, or below it, the record under the list's cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from textual.containers import Container

from models.text.words import W
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

DELAY: Final = 0.12
"""Seconds on a row before it is read: holding a key down must not read hundreds."""
WIDE: Final = 110
"""From this many columns on the pane is beside the list."""
BREAKPOINTS: Final = [(0, "-narrow"), (WIDE, "-wide")]
"""For `HORIZONTAL_BREAKPOINTS` of a page with a pane."""

READ = Command(
    id="desk.read",
    word=W("下翻一页", "Page down"),
    help=W(
        "记录下翻一页；读到末尾即为读完",
        "the record one page down; at its end it counts as read",
    ),
    keys="space",
    shown=4,
)
READ_BACK = Command(
    id="desk.back",
    word=W("上翻一页", "Page up"),
    help=W("记录上翻一页", "the record one page up"),
    keys="backspace",
)


class ReadingPane:
    """The pane of one page: its `DocumentView`, filled once the cursor has stayed for a moment."""

    def __init__(
        self, page: Screen[Any], selector: str, scrolled: Callable[[], object] | None = None
    ) -> None:
        self._page, self._selector, self._scrolled = page, selector, scrolled
        self._timer: Timer | None = None

    @property
    def view(self) -> DocumentView:
        """The widget that shows the record."""
        return self._page.query_one(self._selector, DocumentView)

    @property
    def beside(self) -> bool:
        """Whether there is room for it beside the list."""
        return self._page.has_class("-wide")

    def soon(self, do: Callable[[], object]) -> None:
        """Do this once the cursor has stayed for a moment, in place of what was planned before."""
        self.drop()
        self._timer = self._page.set_timer(DELAY, do)

    def drop(self) -> None:
        """Do nothing of what was planned."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def scroll(self, pages: int) -> None:
        """Scroll the record by pages, and tell the page of it."""
        self.view.action_page(pages)
        if self._scrolled is not None:
            self._scrolled()


class ReadingHolder(Protocol):
    """A page with a reading pane."""

    @property
    def reading(self) -> ReadingPane:
        """Its pane."""


class ReadingActions(ActionGroup[ReadingHolder]):
    """The keys that scroll the pane while the list has the focus."""

    @runs(READ, 1)
    @runs(READ_BACK, -1)
    def read(self, pages: int) -> None:
        """Scroll what is read."""
        self.page.reading.scroll(pages)


class ReadingDesk(Container):
    """A list, `#list`, and the reading pane, `#pane`: side by side where there is room."""

    SCOPED_CSS = False  # the page above it knows how wide the window is
    DEFAULT_CSS = """
    ReadingDesk { height: 1fr; layout: vertical; }
    ReadingDesk #list { height: 10; }
    ReadingDesk #pane { height: 1fr; border-top: solid $panel; }
    .-wide ReadingDesk { layout: horizontal; }
    .-wide ReadingDesk #list { width: 5fr; height: 1fr; }
    .-wide ReadingDesk #pane { width: 4fr; border-top: none; border-left: solid $panel; }
    .-ascii ReadingDesk #pane { border-top: ascii $panel; }
    .-ascii .-wide ReadingDesk #pane { border-top: none; border-left: ascii $panel; }
    """
