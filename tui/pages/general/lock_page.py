"""Lock page: nothing but the question for the passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from models.text.words import Refused, W
from sync.trust import device_key
from tui.widgets.safe_widgets import ProseText, Tag

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext

TITLE = W("现场簿  已锁定", "sitebook  locked")
QUESTION = W("请输入口令", "Enter the passphrase")
HOW = W("回车解锁，Ctrl+Q 退出；草稿都已保留", "Enter unlocks, Ctrl+Q quits; drafts are kept")


class LockPage(Screen[str]):
    """Answers with the passphrase once it is right; no key leads past it."""

    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    LockPage { align: center middle; background: $surface; }
    LockPage Vertical { width: 64; max-width: 90%; height: auto; }
    LockPage Vertical > * { margin-bottom: 1; }
    LockPage #title { text-style: bold; }
    LockPage #how.bad { color: $text-error; }
    """

    def __init__(self) -> None:
        super().__init__(id="lock")

    def compose(self) -> ComposeResult:
        """The question and a veiled line."""
        line = Input(password=True)
        line.cursor_blink = False
        with Vertical():
            yield Tag(TITLE, id="title")
            yield ProseText(QUESTION)
            yield line
            yield ProseText(HOW, id="how", classes="muted")

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        text, app = event.value, cast("AppContext", self.app)
        event.input.value = ""
        try:
            device_key.load(app.home or Path(), text)
        except Refused as refused:
            how = self.query_one("#how", ProseText)
            how.set_class(True, "bad")
            how.update(str(refused))
        else:
            self.dismiss(text)
