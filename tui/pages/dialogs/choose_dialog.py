"""Choose dialog: one of several things, each a word; Enter chooses."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.text.words import W
from tui.display.parts import TextPart
from tui.pages.base import Dialog
from tui.widgets.document_view import DocumentView
from tui.widgets.safe_widgets import ProseText, Tag

HOW = W("回车选定，Esc 取消", "Enter chooses, Esc cancels")


class ChooseDialog(Dialog[str]):
    """Answers with the id of what was chosen; the cursor begins on `chosen`."""

    AUTO_FOCUS = "DocumentView"

    def __init__(
        self, title: str, options: Sequence[tuple[str, str | W]], chosen: str = ""
    ) -> None:
        super().__init__()
        self._title, self._options, self._chosen = title, options, chosen

    def body(self) -> ComposeResult:
        """What is asked, the options, and what the keys do."""
        with Vertical(classes="box"):
            yield ProseText(self._title, id="title")
            yield DocumentView(id="options")
            yield Tag(HOW, classes="muted")

    def look(self) -> None:
        """Say the options in the current language."""
        view = self.query_one(DocumentView)
        first = not view.parts
        view.look([TextPart(str(word), f"={id}", clip=True) for id, word in self._options])
        if first and self._chosen:
            view.go(f"={self._chosen}")

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        self.dismiss(event.id.removeprefix("="))
