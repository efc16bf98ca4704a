"""Items: the list of a checklist; a measured value is typed in its row, and Enter takes it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.message import Message

from models.text.words import W
from tui.display.row_layout import RowLayout
from tui.display.row_source import DisplayLine, ListRow
from tui.widgets.commands import Command, bindings
from tui.widgets.grouped_list import GroupedList

NUMBER: Final = frozenset("0123456789.-")
POINTS: Final = str.maketrans({",": ".", "。": ".", "、": ".", "−": "-", "—": "-"})
"""What an input method makes of a point or a minus."""
MOST: Final = 20
COMMANDS = (
    Command(
        id="check.ok",
        word=W("正常", "Ok"),
        help=W("标为正常，到下一项；已有结果的只到下一项", "ok and on; only on if it has a result"),
        keys="enter",
        action="screen.ok",
        shown=1,
    ),
    Command(
        id="check.right",
        word=W("改为正常", "Make ok"),
        help=W("标为正常，已有别的结果也改", "ok, whatever the result was"),
        keys="space",
        action="screen.ok(True)",
    ),
)


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A question as a row; where it `measures`, digits are a value and no commands."""

    line: DisplayLine
    measures: bool = False

    @property
    def id(self) -> str:
        """The question's key."""
        return self.line.id

    def segments(self, columns: RowLayout) -> tuple[str, str]:
        """The line's text and style."""
        return self.line.segments(columns)


class ChecklistItems(GroupedList):
    """Questions by section.

    Every key acts here and now, in the order in which the keys came: Textual sends a binding's
    key up to the app, and in a burst 'down x' would mark the row that the cursor has left.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]
    keys: Mapping[str, str] = {}
    """Key -> the page's action."""
    typed: str | None = None
    """The value being typed."""
    typed_for: str = ""
    """The row it belongs to."""

    class Typed(Message):
        """The value being typed changed."""

    @property
    def measures(self) -> bool:
        """Whether the row under the cursor takes a measured value."""
        row = next((row for row in self.rows if row.id == self.current), None)
        return isinstance(row, ChecklistRow) and row.measures

    def forget(self) -> None:
        """What was typed is taken, or not wanted."""
        self.typed, self.typed_for = None, ""

    def redraw(self, rows: Sequence[ListRow], *ids: str) -> None:
        """The same rows; the one typed in changes with every key."""
        super().redraw(rows, *ids, *([self.typed_for] if self.typed_for else []))

    async def _on_key(self, event: events.Key) -> None:
        if not self.has_focus:  # a key before this one moved the focus: it goes there
            focused = self.screen.focused
            if focused is not None:
                focused.post_message(events.Key(event.key, event.character))
        elif not self._type(event) and not await self._act(event.key):
            return
        event.stop()
        event.prevent_default()

    def _type(self, event: events.Key) -> bool:
        """Digits begin a value; until it is taken, keys edit it. Whether it was one of those."""
        char = unicodedata.normalize("NFKC", event.character or "").translate(POINTS)
        if char in NUMBER and self.measures:
            self._put(((self.typed or "") + char)[:MOST])
        elif self.typed is None or event.key not in ("backspace", "escape"):
            return False
        else:
            self._put(self.typed[:-1] or None if event.key == "backspace" else None)
        return True

    async def _act(self, key: str) -> bool:
        """Run what a key is bound to, on the list or on the page."""
        for binding in self._bindings.key_to_bindings.get(key, ()):
            if self.typed is not None and not binding.action.startswith("screen."):
                await self.app.run_action("take", self.screen)
                if self.typed is not None:  # it was no number: stay with it
                    return True
            if await self.app.run_action(binding.action, self):
                return True
        action = self.keys.get(key)
        return action is not None and await self.app.run_action(action, self.screen)

    def _put(self, text: str | None) -> None:
        self.typed_for = self.current or ""
        self.typed = text
        self.post_message(self.Typed())
