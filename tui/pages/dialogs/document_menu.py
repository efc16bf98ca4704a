"""The dialogs of documents: which one, and how far the making of it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.text.words import W
from tui.display.parts import TextPart
from tui.display.terminal_text import drawing
from tui.documents.document import DocumentChoice
from tui.pages.base import Dialog
from tui.widgets.document_view import DocumentView
from tui.widgets.safe_widgets import ProseText, Tag

TITLE = W("导出或签发", "Export or issue")
LEAVE = W(
    "Esc 关闭此窗口，导出在后台继续", "Esc closes this; the export continues in the background"
)
BAR = 30


class DocumentMenu(Dialog[str]):
    """Answers with the chosen document's id; a digit chooses at once."""

    AUTO_FOCUS = "DocumentView"

    def __init__(self, found: Sequence[DocumentChoice]) -> None:
        super().__init__()
        self._found = found

    def body(self) -> ComposeResult:
        """The documents, one a line."""
        with Vertical(classes="box"):
            yield Tag(TITLE, id="title")
            yield DocumentView(id="documents")

    def look(self) -> None:
        """Say them in the language of now."""
        parts = [
            TextPart([(f"{at}  ", "key"), (str(one.word), "")], one.id)
            for at, one in enumerate(self._found, 1)
        ]
        self.query_one(DocumentView).look(parts)

    @on(DocumentView.Opened)
    def _chosen(self, event: DocumentView.Opened) -> None:
        event.stop()
        self.dismiss(event.id)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses."""
        for at, one in enumerate(self._found, 1):
            if event.character == str(at):
                event.stop()
                self.dismiss(one.id)
                return


class ProgressDialog(Dialog[None]):
    """How far a document is; closes by itself at the end, or by Esc while the work goes on."""

    DEFAULT_CSS: ClassVar[str] = """
    ProgressDialog #bar { margin-top: 1; }
    """

    def __init__(self, word: W) -> None:
        super().__init__()
        self._word = word
        self._share = 0.0
        self._done = False

    def body(self) -> ComposeResult:
        """What is made, a bar, and how to leave."""
        with Vertical(classes="box"):
            yield ProseText(self._word, id="what")
            yield Tag(self._bar, id="bar")
            yield Tag(LEAVE, id="how", classes="muted")

    def tell(self, share: float) -> None:
        """So much is done, 0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        if self.is_mounted and self.is_attached:
            self.query_one("#bar", Tag).refresh()

    def ended(self) -> None:
        """It is done, or was refused."""
        self._done = True
        self._leave()

    def on_screen_resume(self) -> None:
        """What lay over it is gone; by now the work may be done."""
        super().on_screen_resume()
        if self._done:
            self.call_after_refresh(self._leave)

    def _leave(self) -> None:
        if self.is_attached and self.app.screen is self:
            self.dismiss(None)

    def _bar(self) -> str:
        glyphs = drawing.now
        done = round(self._share * BAR)
        return f"{glyphs.full * done}{glyphs.rest * (BAR - done)} {self._share:4.0%}"
