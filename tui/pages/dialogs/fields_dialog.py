"""Fields dialog: a few fields to fill in before something is done; answers with their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.text.words import Refused, W
from tui.display.values import Values
from tui.forms.field import Field
from tui.forms.field_errors import MISSING
from tui.forms.form_widget import FormWidget
from tui.forms.value_input import ValueReading
from tui.pages.dialogs.asking_dialog import AskingDialog
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command
from tui.widgets.plain_content import Said
from tui.widgets.safe_widgets import ProseText, Tag

HOW = W("Ctrl+S 确定，Tab 下一项，Esc 取消", "Ctrl+S confirm, Tab next, Esc cancel")


class FieldsDialog(AskingDialog[Mapping[str, Any]]):
    """Asks for a few things; Esc answers nothing."""

    commands: ClassVar = (
        Command(
            id="slip.give",
            word=W("确定", "Confirm"),
            help=W("按填写的内容确定", "confirm what is filled in"),
            keys="ctrl+s",
            action="give",
            shown=1,
        ),
    )
    AUTO_FOCUS = "FormWidget"
    DEFAULT_CSS = """
    FieldsDialog FormWidget { height: auto; }
    FieldsDialog Canvas { height: auto; max-height: 16; padding: 0; }
    """

    def __init__(self, asked: Asked, title: Said, fields: Sequence[Field]) -> None:
        super().__init__(asked, title, fields)

    def body(self) -> ComposeResult:
        """What is asked, the fields, and what the keys do."""
        values = Values(self.workspace)
        self.fields = FormWidget(self._fields, ValueReading(self.workspace), values)
        with Vertical(classes="box"):
            yield ProseText(self._title, id="title")
            yield self.fields
            yield Tag(HOW, classes="muted")

    @on(FormWidget.Ended)
    def _ended(self, event: FormWidget.Ended) -> None:
        event.stop()
        self.action_give()

    def action_give(self) -> None:
        """Answer, unless something is missing or means nothing: that is said beside its field."""
        fields = self.fields
        editing = fields.editing
        editing.leave()
        editing.open(again=True)
        for field in editing.fields:
            if field.text is None and field.required and field.value in (None, ""):
                field.fault = Refused(MISSING, field=field.spec.label)
        wrong = next((f for f in editing.fields if f.fault is not None or f.text is not None), None)
        if wrong is not None:
            fields.go(wrong.name)
        else:
            self.answer({field.name: field.value for field in editing.fields})
