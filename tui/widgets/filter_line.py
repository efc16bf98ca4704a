"""Filter line: the line in which a filter or a search is typed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input

from models.text.words import W
from tui.widgets.commands import SIGNS, Command, bindings

COMMANDS = (
    Command(
        id="query.list",
        word=W("到结果", "To the results"),
        help=W("从输入行到列表", "from the search line to the list"),
        keys="down,tab",
        action="leave('down')",
    ),
    Command(
        id="query.done",
        word=W("确认", "Confirm"),
        help=W("打开第一个结果，或到列表", "open the first result, or go to the list"),
        keys="enter",
        action="leave('enter')",
    ),
    Command(
        id="query.clear",
        word=W("清除", "Clear"),
        help=W("清除输入并关闭这一行", "empty the line and close it"),
        keys="escape",
        action="clear",
    ),
)


class Query(Input):
    """One line; Enter and Down lead to the list, Esc empties the line."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]
    DEFAULT_CSS = """
    Query {
        height: 1; border: none; padding: 0 1;
        background: $panel; color: $foreground;
    }
    Query.-textual-compact { padding: 0 1; }
    Query:focus { border: none; background: $boost; }
    """

    class Left(Message):
        """The line was left by `key`; after Esc it is `empty`."""

        def __init__(self, query: Query, key: str) -> None:
            super().__init__()
            self.query_line, self.key, self.empty = query, key, key == "escape"

        @property
        def control(self) -> Query:
            """The line."""
            return self.query_line

    def __init__(self, hint: W, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(placeholder=str(hint), id=id, classes=classes, compact=True)
        self.cursor_blink = False
        self._hint = hint

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Signs too are typed here; Textual does not know the characters of their keys."""
        return key in SIGNS or super().check_consume_key(key, character)

    def _on_paste(self, event: Paste) -> None:
        """Several lines become one, as in the one-line fields of a form."""
        lines = [line.strip() for line in event.text.splitlines()]
        super()._on_paste(Paste(" ".join(line for line in lines if line)))
        event.stop()
        event.prevent_default()  # Textual would paste the first line as well

    def action_leave(self, key: str) -> None:
        """On to the list."""
        self.post_message(self.Left(self, key))

    def action_clear(self) -> None:
        """Empty the line."""
        self.value = ""
        self.post_message(self.Left(self, "escape"))

    def say_again(self) -> None:
        """The language was switched."""
        self.placeholder = str(self._hint)
