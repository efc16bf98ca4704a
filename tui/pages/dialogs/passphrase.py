"""Passphrase dialog: asks for a passphrase, which is neither shown nor stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from models.text.words import W
from tui.pages import registry
from tui.pages.base import Dialog
from tui.widgets.safe_widgets import ProseText, Tag

if TYPE_CHECKING:
    from models.schema.lifecycle import Move
    from tui.widgets.app_context import AppContext

HOW = W("回车确认，Esc 取消", "Enter confirms, Esc cancels")
AGAIN = W("再次输入，回车确认", "repeat it, then Enter")
NEEDED = W("请输入口令，或按 Esc。", "Enter the passphrase, or press Esc.")
DIFFERENT = W("两次输入不同，请重新输入。", "The passphrases differ; enter it again.")


def signed(app: AppContext, move: Move, then: Callable[[], None]) -> None:
    """Do what makes a move; a decision that takes two people asks for the passphrase first."""
    if not move.four_eyes or app.sync_runner.confirmed():
        then()
    else:
        registry.load("tui.pages.sync.sync_tasks:with_signature")(app, then)


class Passphrase(Dialog[str]):
    """Answers with the passphrase; `again` asks twice, for a new one."""

    AUTO_FOCUS = "Input"

    def __init__(self, title: W, *, again: bool = False) -> None:
        super().__init__()
        self._asked, self._twice = title, again
        self._first: str | None = None

    def body(self) -> ComposeResult:
        """The question and a veiled line."""
        line = Input(password=True, compact=True)
        line.cursor_blink = False
        with Vertical(classes="box"):
            yield ProseText(self._asked, id="title")
            yield line
            yield Tag(HOW, id="how", classes="muted")

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        text, how = event.value, self.query_one("#how", Tag)
        if not text:
            how.update(NEEDED)
        elif not self._twice or text == self._first:
            self.dismiss(text)
        else:
            how.update(AGAIN if self._first is None else DIFFERENT)
            self._first = text if self._first is None else None
            event.input.value = ""
