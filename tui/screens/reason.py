"""A dialog that asks for one line of words, such as the reason for voiding."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from models.words import W
from tui.page import Dialog
from tui.widgets.safe import Prose, Tag

NEEDED = W("请写几个字。", "A few words are needed.")
HOW = W("回车确认，Esc 取消", "Enter confirms, Esc cancels")


class Reason(Dialog[str]):
    """Answers with the words; nothing happens without any."""

    AUTO_FOCUS = "Input"

    def __init__(self, title: W) -> None:
        super().__init__()
        self._asked = title

    def body(self) -> ComposeResult:
        """The question, the line, and what Enter does."""
        with Vertical(classes="box"):
            yield Prose(self._asked, id="title")
            line = Input(id="reason", compact=True)
            line.cursor_blink = False
            yield line
            yield Tag(HOW, id="how", classes="muted")

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.dismiss(event.value)
        else:
            self.query_one("#how", Tag).update(NEEDED)
