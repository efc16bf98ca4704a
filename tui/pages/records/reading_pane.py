"""Reading pane: beside a list, or below it, what its cursor stands on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

DELAY: Final = 0.12
"""Seconds on a row before it is read: holding a key down must not read hundreds."""
WIDE: Final = 110
"""From this many columns on the pane stands beside the list."""
BREAKPOINTS: Final = [(0, "-narrow"), (WIDE, "-wide")]


class ReadingPane:
    """The pane of one page: its `DocumentView`, filled once the cursor has stayed for a moment."""

    def __init__(self, page: Screen[Any], selector: str) -> None:
        self._page, self._selector = page, selector
        self._timer: Timer | None = None

    @property
    def view(self) -> DocumentView:
        """Where it is read."""
        return self._page.query_one(self._selector, DocumentView)

    @property
    def beside(self) -> bool:
        """Whether there is room for it beside the list."""
        return self._page.has_class("-wide")

    def soon(self, do: Callable[[], object]) -> None:
        """Do it once the cursor has stayed for a moment; what was to be done before is not."""
        self.drop()
        self._timer = self._page.set_timer(DELAY, do)

    def drop(self) -> None:
        """Do nothing later."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
