"""A third value: the fields of one register, filled with what is shown, to write another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.schema.record import Record
from models.text.words import W
from tui.display.values import Values
from tui.forms import field_errors
from tui.forms.field import Field
from tui.forms.form_widget import FormWidget
from tui.forms.value_input import ValueReading
from tui.pages.dialogs.asking_dialog import AskingDialog
from tui.pages.forms.form_pane import OutsideEditor
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command
from tui.widgets.safe_widgets import Tag

TITLE = W("写另一个值", "Write another value")
HOW = W("Ctrl+S 采用，Esc 取消", "Ctrl+S confirm, Esc cancel")


class OtherValueDialog(AskingDialog[Mapping[str, Any]]):
    """Answers with field -> value; Esc answers nothing."""

    commands: ClassVar = (
        Command(
            id="third.take",
            word=W("采用", "Use value"),
            help=W("采用这个值，解决冲突", "resolve the conflict with this value"),
            keys="ctrl+s",
            action="take",
            shown=1,
        ),
    )
    actions = (OutsideEditor,)
    AUTO_FOCUS = "FormWidget"
    DEFAULT_CSS = """
    OtherValueDialog FormWidget { height: auto; }
    OtherValueDialog Canvas { height: auto; max-height: 16; padding: 0; }
    """

    def __init__(self, record: Record, register: str, start: Any) -> None:
        self._cls = type(record)
        specs = self._cls.specs()
        given = start if isinstance(start, Mapping) else {register: start}
        names = self._cls.registers()[register]
        fields = [
            Field(name=n, spec=specs[n], value=given.get(n), before=given.get(n)) for n in names
        ]
        super().__init__(Asked("conflict.third", record.id, register), TITLE, fields)

    def body(self) -> ComposeResult:
        """The fields."""
        values = Values(self.workspace)
        with Vertical(classes="box"):
            yield Tag(TITLE, id="title")
            self.fields = FormWidget(
                self._fields, ValueReading(self.workspace), values, id="fields"
            )
            yield self.fields
            yield Tag(HOW, classes="muted")

    @on(FormWidget.Ended)
    def _ended(self, event: FormWidget.Ended) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Answer, unless something is wrong: that is said beside its field."""
        editing = self.fields.editing
        editing.leave()
        editing.open(again=True)
        wrong = field_errors.check(self._cls, editing.fields)
        if wrong is not None:
            self.fields.go(wrong.name)
        else:
            self.answer({field.name: field.value for field in editing.fields})
