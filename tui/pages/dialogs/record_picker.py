"""The picker: one record or person, found by number, words or pinyin initials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.schema.fields import Spec
from models.schema.record import Record
from models.text.words import W
from tui.display.values import Values
from tui.forms.field import Field
from tui.forms.form_widget import FormWidget
from tui.forms.value_input import ValueReading
from tui.pages.base import Dialog
from tui.widgets.safe_widgets import ProseText, Tag

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext

HOW = W("输入编号、文字或拼音首字母；回车选定", "type a number, words or initials; Enter selects")


class RecordPicker(Dialog[str]):
    """Answers with the id of the record (or person) chosen; `target` '' offers any type."""

    AUTO_FOCUS = "FormWidget"
    DEFAULT_CSS = """
    RecordPicker FormWidget { height: auto; }
    RecordPicker Canvas { height: auto; max-height: 16; padding: 0; }
    """

    def __init__(self, title: W, target: str) -> None:
        super().__init__()
        self._asked = title
        self._spec = Spec(kind="link", label=title, target=target)

    def body(self) -> ComposeResult:
        """What is wanted, and one field to find it by."""
        field = Field(name="pick", spec=self._spec)
        with Vertical(classes="box"):
            yield ProseText(self._asked, id="title")
            yield FormWidget([field], ValueReading(self.workspace), Values(self.workspace))
            yield Tag(HOW, classes="muted")

    @on(FormWidget.Ended)
    def _chosen(self, event: FormWidget.Ended) -> None:
        event.stop()
        value = event.fields.editing.value("pick")
        if value is not None:
            self.dismiss(value)

    @on(FormWidget.Wanted)
    def _wanted(self, event: FormWidget.Wanted) -> None:
        """A new record is chosen once it is saved."""
        event.stop()
        cls = self.book.cls(self._spec.target)
        values = {cls.kind.title: event.text} if event.text and cls.kind.title else {}
        self.site_app.open_form(self._spec.target, values, then=self._made)

    def _made(self, record: Record) -> None:
        self.dismiss(record.id)


def pick(app: AppContext, title: W, target: str, then: Callable[[str], None]) -> None:
    """Have a record or person chosen; `then` gets its id, nothing happens on Esc."""

    def answered(id: str | None) -> None:
        if id is not None:
            then(id)

    app.push_screen(RecordPicker(title, target), answered)
