"""Form widget: the fields of a form, filled in with the keyboard one after another.

This widget has the focus whichever field is edited, and hands keys on in the order they came:
what is typed in a burst goes to the field it was typed for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from models.text.words import Refused, W
from tui.display.values import Values
from tui.forms.canvas import Canvas
from tui.forms.editing import Editing
from tui.forms.editors.editor_host import spell_aside
from tui.forms.editors.field_lines import FieldLines
from tui.forms.editors.suggestions import NEW, LinkSuggestions, Suggestions
from tui.forms.field import Field
from tui.forms.value_input import ValueReading, huge, unfit
from tui.widgets.commands import SIGNS, Command, bindings
from tui.widgets.refusals import TellsRefusals

PAGE = 10
"""Fields that PgUp and PgDn go past."""
FAR = 1000
STEPPED = ("day", "week", "quarter")
"""Kinds of field in which Up and Down take the one before or after."""
STEPS = {"tab": 1, "shift+tab": -1, "pagedown": PAGE, "pageup": -PAGE}
STEPS |= {"ctrl+end": FAR, "ctrl+home": -FAR}
JOINED = W("粘贴的 {n} 行已合成一行", "{n} pasted lines were joined into one")
COMMANDS = (
    Command(
        id="fields.next",
        word=W("下一个字段", "Next field"),
        help=W(
            "到下一个字段；单行中按回车、多行文字末行按下也可以",
            "to the next field; also Enter in a one-line field, or Down on the last line of a text",
        ),
        keys="tab",
        action="go(1)",
    ),
    Command(
        id="fields.previous",
        word=W("上一个字段", "Previous field"),
        help=W("回到上一个字段", "back to the previous field"),
        keys="shift+tab",
        action="go(-1)",
    ),
    Command(
        id="fields.first",
        word=W("第一个字段", "First field"),
        help=W("到第一个字段", "to the first field"),
        keys="ctrl+home",
        action=f"go(-{FAR})",
    ),
    Command(
        id="fields.last",
        word=W("最后一个字段", "Last field"),
        help=W("到最后一个字段", "to the last field"),
        keys="ctrl+end",
        action=f"go({FAR})",
    ),
    Command(
        id="fields.make",
        word=W("新建所选", "New record"),
        help=W(
            "新建要关联的记录，保存后回到这里", "create the record to link to, then come back here"
        ),
        keys="ctrl+n,insert",
        action="make",
    ),
    Command(
        id="fields.undo",
        word=W("撤销输入", "Undo typing"),
        help=W(
            "撤销最近输入的内容，也回到前面的字段", "undo what was typed, in previous fields too"
        ),
        keys="ctrl+z",
        action="undo",
    ),
)


class FormWidget(TellsRefusals, can_focus=True):
    """The fields of one form."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]
    DEFAULT_CSS = """
    FormWidget { layout: vertical; width: 1fr; height: 1fr; }
    """

    class Told(Message):
        """What the fields tell about the field `name`."""

        def __init__(self, fields: FormWidget, name: str) -> None:
            super().__init__()
            self.fields, self.name = fields, name

        @property
        def control(self) -> FormWidget:
            """The fields."""
            return self.fields

    class Typed(Told):
        """Something was typed or chosen."""

    class Left(Told):
        """Another field is edited now."""

    class Ended(Told):
        """Enter was pressed in the last field."""

    class Wanted(Told):
        """A record is to be made for a link, called `text`."""

        def __init__(self, fields: FormWidget, name: str, text: str) -> None:
            super().__init__(fields, name)
            self.text = text

    def __init__(
        self,
        fields: Sequence[Field],
        reading: ValueReading,
        values: Values,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.editing = Editing(fields, reading, values)
        self._canvas = Canvas(self.editing)

    def compose(self) -> ComposeResult:
        """The canvas, which scrolls."""
        yield self._canvas

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.editing.open()
        self._canvas.opened()

    def on_focus(self) -> None:
        """Keys come here."""
        self._canvas.enliven(True)

    def on_blur(self) -> None:
        """Keys go elsewhere."""
        self._canvas.enliven(False)

    @property
    def current(self) -> Field:
        """The field that is edited."""
        return self.editing.current

    def again(self) -> None:
        """Draw every field again."""
        self._canvas.again()

    def go(self, name: str) -> None:
        """Edit this field."""
        self._go(next(at for at, f in enumerate(self.editing.fields) if f.name == name))

    def reload(self) -> None:
        """Fields were changed from outside: show what they hold; what is being typed stays."""
        if not self.editing.typed:
            self.editing.open()
        self._canvas.opened()

    def put(self, text: str) -> None:
        """Replace the text that is edited, as if it were pasted."""
        self.editing.editor.select_all()
        self.editing.editor.paste(text)
        self._arrived()

    def _arrived(self) -> None:
        """A text came as a whole: say at once if it cannot be saved."""
        self._typed()
        self.current.fault = unfit(self.current.spec, self.editing.editor.value)
        if self.current.fault is not None:
            self._canvas.remark_again()
        self._canvas.follow()

    def take(self, name: str, id: str) -> None:
        """Let a link point to this record."""
        self.editing.take(name, id)
        self._canvas.opened()
        self.post_message(self.Typed(self, name))

    # -- keys ----------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters and signs are for typing here (Textual does not know all signs by name)."""
        return key in SIGNS or (character is not None and character.isprintable())

    async def _on_key(self, event: events.Key) -> None:
        if self._help(event.key) or self._move(event.key) or await self._type(event):
            event.stop()
            event.prevent_default()
            self._canvas.follow_line()

    def _move(self, key: str) -> bool:
        """Keys that go from field to field; whether it was one."""
        if key in STEPS:
            # In a text these keys go to its own edges first.
            inside = key.startswith("ctrl") and not self.current.chosen
            if not (inside and self.editing.editor.edge(STEPS[key] > 0)):
                self.action_go(STEPS[key])
        elif key in ("up", "down"):
            self._vertical(1 if key == "down" else -1)
        elif key == "enter" and self.current.single:
            self._enter()
        elif key == "ctrl+z":
            self.action_undo()
        else:
            return False
        return True

    async def _type(self, event: events.Key) -> bool:
        """Keys for the editor or the chooser; whether it was one."""
        if self.current.chosen:
            pressed = self.editing.chooser.press(event)
            changed = pressed
        elif event.key == "backspace" and self.editing.take_out():
            pressed = changed = True
        else:
            before = self.editing.editor.edits
            pressed = await self.editing.editor.press(event)
            changed = self.editing.editor.edits != before
        if changed:
            self._typed()
        return pressed

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        if event.text and not self.current.chosen:
            refused = huge(self.current.spec, event.text)
            if refused is not None:
                raise refused
            lines = self.editing.editor.paste(event.text)
            self.current.note = Refused(JOINED, n=lines) if lines > 1 else self.current.note
            self._arrived()

    def _typed(self) -> None:
        """Something was typed or chosen in the current field."""
        remark = self.current.fault or self.current.note
        self.editing.touched()
        helper = self.editing.helper
        if helper is not None:
            self._canvas.offers.again()
        spell_aside(self, helper, lambda: self._spelt(helper))
        if remark is not None:
            self._canvas.remark_again()
        self.post_message(self.Typed(self, self.current.name))

    def _vertical(self, by: int) -> None:
        """Up or down: another day or week, a line of the text, else another field."""
        editor = self.editing.editor
        if self.current.spec.kind in STEPPED and self.editing.step(by):
            self._typed()
        elif self.current.chosen or (editor.at_bottom if by > 0 else editor.at_top):
            self.action_go(by)
        elif by > 0:
            editor.action_cursor_down()
        else:
            editor.action_cursor_up()

    def _enter(self) -> None:
        """On to the next field; from the last one the form ends."""
        if (beyond := self.editing.beyond(1)) != self.editing.at:
            self._go(beyond)
        else:
            self.editing.leave()
            self.again()
            self.post_message(self.Ended(self, self.current.name))

    def action_go(self, by: int) -> None:
        """So many fields on."""
        self._go(self.editing.beyond(by))

    def action_undo(self) -> None:
        """Take back what was typed here, else what was typed in the field left last."""
        if not self.current.chosen and self.editing.editor.can_undo:
            self.editing.editor.undo()
            self._typed()
        elif self.editing.undo():
            self._canvas.opened()
            self._typed()

    def _go(self, at: int) -> None:
        left = self.current
        self.editing.go(at)
        self._canvas.opened()
        self.post_message(self.Left(self, left.name))

    # -- links and files -------------------------------------------------------------------------

    def _spelt(self, helper: Suggestions | None) -> None:
        if self.editing.helper is helper:
            self._canvas.offers.again()

    def _help(self, key: str) -> bool:
        """Keys for the offers below a link or a path; whether it was one."""
        helper = self.editing.helper
        if helper is None:
            return False
        if key in ("ctrl+n", "insert") and isinstance(helper, LinkSuggestions) and helper.can_make:
            self.action_make()
        elif key == "escape" and self.editing.typed:
            self.editing.revert()
            self._canvas.opened()
            self.post_message(self.Typed(self, self.current.name))
        elif key in ("up", "down"):
            chosen = self.editing.choose_offer(1 if key == "down" else -1)
            self._canvas.offers.again()
            return chosen
        elif key == "enter" and helper.at >= 0:
            self._take(helper.at)
        else:
            return False
        return True

    def _take(self, at: int) -> None:
        """Take an offer, or make a new record."""
        helper = self.editing.helper
        if helper is not None and at < len(helper.offers) and helper.offers[at].id == NEW:
            self.action_make()
        elif self.editing.take_offer(at):
            self.post_message(self.Typed(self, self.current.name))
            if self.current.spec.kind == "link":
                self._enter()
            self._canvas.opened()

    def action_make(self) -> None:
        """Have the record made that the link is to point to."""
        typed = self.editing.editor.value if self.editing.typed else ""
        self.post_message(self.Wanted(self, self.current.name, typed.strip()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a link's target can be made."""
        if action == "make":
            helper = self.editing.helper
            return isinstance(helper, LinkSuggestions) and helper.can_make
        return super().check_action(action, parameters)

    @on(FieldLines.Clicked)
    def _clicked(self, event: FieldLines.Clicked) -> None:
        event.stop()
        if event.painted is self._canvas.offers:
            self._take(event.at)
        elif event.at >= 0 and not self.editing.fields[event.at].locked:
            self._go(event.at)

    def on_choice_editor_chosen(self) -> None:
        """A choice was clicked."""
        self._typed()
