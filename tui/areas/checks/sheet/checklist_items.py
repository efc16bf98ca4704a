"""Items: the list of a checklist; a measured value is typed in its row, and Enter takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from models.text.words import Refused, W
from tui.areas.checks.sheet.typed_reading import NO_SIGN, TypedReading
from tui.display.row_layout import ListColumn, RowLayout
from tui.display.row_source import DisplayLine
from tui.widgets.commands import ACT, Command, bindings
from tui.widgets.grouped_list import GroupedList

OK = Command(
    id="check.ok",
    word=W("正常", "Ok"),
    help=W(
        "标为正常，到下一项；已有结果的只到下一项",
        "mark OK and go on; an item with a result only goes on",
    ),
    keys="enter",
    action=f"screen.{ACT}('check.ok')",
    shown=1,
)
MAKE_OK = Command(
    id="check.right",
    word=W("改为正常", "Make ok"),
    help=W("标为正常，已有别的结果也改", "mark OK, whatever the result was"),
    keys="space",
    action=f"screen.{ACT}('check.right')",
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


class ReadingTyped(Message):
    """The value being typed changed, or what was typed or pasted is `refused`."""

    def __init__(self, refused: Refused | None = None) -> None:
        super().__init__()
        self.refused = refused


class ChecklistItems(GroupedList):
    """Questions by section.

    Every key acts here and now, in the order in which the keys came: Textual sends a binding's
    key up to the app, and in a burst 'down x' would mark the row that the cursor has left.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((OK, MAKE_OK))]

    def __init__(self, columns: Sequence[ListColumn], *, empty: W, id: str) -> None:
        super().__init__(columns, empty=empty, id=id)
        self.typed = TypedReading()
        self.keys: Mapping[str, str] = {}
        """Key -> the page's action."""

    @property
    def measures(self) -> bool:
        """Whether the row under the cursor takes a measured value."""
        row = next((row for row in self.rows if row.id == self.current), None)
        return isinstance(row, ChecklistRow) and row.measures

    async def _on_key(self, event: events.Key) -> None:
        focused = self.screen.focused
        if focused is not self:  # a key before this one moved the focus: it goes there
            if focused is not None:
                focused.post_message(events.Key(event.key, event.character))
        elif self.typed.press(event.key, event.character, self.current or "", self.measures):
            self.post_message(ReadingTyped())
        elif not await _act(self, event.key):
            known = self.app._bindings.key_to_bindings
            if self.typed.text is None or not event.is_printable or event.key in known:
                return
            self.post_message(ReadingTyped(Refused(NO_SIGN, sign=event.character)))
        event.stop()
        event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        refused = None
        try:
            self.typed.paste(event.text.strip(), self.current or "", self.measures)
        except Refused as why:
            refused = why
        self.post_message(ReadingTyped(refused))


async def _act(items: ChecklistItems, key: str) -> bool:
    """Run what a key is bound to, on the list or on the page."""
    for binding in items._bindings.key_to_bindings.get(key, ()):
        if items.typed.text is not None and not binding.action.startswith("screen."):
            await items.app.run_action("take", items.screen)
            if items.typed.text is not None:  # it was no number: the cursor stays
                return True
        if await items.app.run_action(binding.action, items):
            return True
    action = items.keys.get(key)
    return action is not None and await items.app.run_action(action, items.screen)
