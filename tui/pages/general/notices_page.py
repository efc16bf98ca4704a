"""Past notices: a toast of six seconds is easily lost at a cabinet."""

from __future__ import annotations

from textual.app import ComposeResult

from models.text.words import W
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages.base import Page
from tui.widgets.document_view import DocumentView

NONE = W("还没有通知。", "No notices yet.")


class NoticesPage(Page):
    """What was told since the app was opened, newest first."""

    title_word = W("通知记录", "Notices")
    AUTO_FOCUS = "DocumentView"

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="notices")

    def look(self) -> None:
        """Read the list again."""
        values = Values(self.workspace)
        parts = [
            TextPart(one.text, str(at), values.short(one.at), "bad" if one.bad else "")
            for at, one in reversed(list(enumerate(self.site_app.notices, 1)))
        ]
        self.query_one(DocumentView).look(parts or [TextPart(NONE, style="muted")])
