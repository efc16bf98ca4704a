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
from tui.pages.base import Dialog
from tui.widgets.safe_widgets import ProseText, Tag

NEEDED = W("请先填写{label}。", "{label} is required.")
HOW = W("回车确认，Esc 取消", "Enter confirms, Esc cancels")
REASON, FILE = W("原因", "Reason"), W("文件", "File")


class TextPrompt(Dialog[str]):
    """Answers with the text, or with a path, which is completed as it is typed.

    `given` is in the line from the beginning.
    """

    AUTO_FOCUS = "FormWidget"
    DEFAULT_CSS = """
    TextPrompt FormWidget { height: auto; }
    TextPrompt Canvas { height: auto; max-height: 14; padding: 0; }
    """

    def __init__(
        self, title: W, *, path: bool = False, given: str = "", label: W | None = None
    ) -> None:
        super().__init__()
        self._asked, self._offered = title, given
        self._spec = Spec(kind=PATH if path else "line", label=label or (FILE if path else REASON))

    def body(self) -> ComposeResult:
        """The question, the line, and what Enter does."""
        line = Field(name="words", spec=self._spec, value=self._offered or None)
        with Vertical(classes="box"):
            yield ProseText(self._asked, id="title")
            yield FormWidget([line], ValueReading(self.workspace), Values(self.workspace))
            yield Tag(HOW, id="how", classes="muted")

    @on(FormWidget.Ended)
    def _given(self, event: FormWidget.Ended) -> None:
        event.stop()
        words = str(event.fields.editing.value("words") or "")
        if words.strip():
            self.dismiss(words)
        else:
            self.query_one("#how", Tag).update(say(NEEDED, label=self._spec.label))
