"""Text prompt: a dialog that asks for one line, such as the reason for voiding, or for a path."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.schema.fields import Spec
from models.text.words import W, say
from tui.display.values import Values
from tui.forms.field import Field
from tui.forms.form_widget import FormWidget
from tui.forms.value_input import PATH, ValueReading
from tui.pages.dialogs.asking_dialog import AskingDialog
from tui.widgets.app_context import Asked
from tui.widgets.safe_widgets import ProseText, Tag

NEEDED = W("请先填写{label}。", "{label} is required.")
HOW = W("回车确认，Esc 取消", "Enter confirms, Esc cancels")
REASON, FILE = W("原因", "Reason"), W("文件", "File")


class TextPrompt(AskingDialog[str]):
    """Answers with the text, or with a path, which is completed as it is typed.

    `given` is in the line from the beginning, or what was typed earlier and not given.
    """

    AUTO_FOCUS = "FormWidget"
    DEFAULT_CSS = """
    TextPrompt FormWidget { height: auto; }
    TextPrompt Canvas { height: auto; max-height: 14; padding: 0; }
    """

    def __init__(
        self, asked: Asked, title: W, *, path: bool = False, given: str = "", label: W | None = None
    ) -> None:
        spec = Spec(kind=PATH if path else "line", label=label or (FILE if path else REASON))
        line = Field(name=asked.field, spec=spec, value=given or None, before=given or None)
        super().__init__(asked, title, [line])
        self._line = line

    def body(self) -> ComposeResult:
        """The question, the line, and what Enter does."""
        values = Values(self.workspace)
        self.fields = FormWidget([self._line], ValueReading(self.workspace), values)
        with Vertical(classes="box"):
            yield ProseText(self._title, id="title")
            yield self.fields
            yield Tag(HOW, id="how", classes="muted")

    @on(FormWidget.Ended)
    def _given(self, event: FormWidget.Ended) -> None:
        event.stop()
        words = str(event.fields.editing.value(self._line.name) or "")
        if words.strip():
            self.answer(words)
        else:
            self.query_one("#how", Tag).update(say(NEEDED, label=self._line.spec.label))
