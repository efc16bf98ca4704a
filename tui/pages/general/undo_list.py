"""Undo in the app: what is on the screen first, anything else after a question, or by a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.text.words import Refused, W, say
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages.base import Dialog, Page
from tui.pages.dialogs.confirm import Confirm
from tui.widgets.document_view import DocumentView
from tui.widgets.safe_widgets import Tag

if TYPE_CHECKING:
    from models.schema.record import Record
    from tui.widgets.app_context import AppContext

ASK = W(
    "不在屏幕上的改动：{what}（{time}）。撤销它？",
    "A change that is not on the screen: {what} ({time}). Undo it?",
)
UNDO = W("撤销", "Undo")
TITLE = W("撤销列表", "Undo list")
HOW = W("回车撤销这一项，Esc 关闭", "Enter undoes this one, Esc closes")
NONE = W("打开程序以来没有可以撤销的改动。", "Nothing since the app was opened can be undone.")


class UndoSource(Protocol):
    """What takes back the saves of the open book; an entry is one save, `at` when it was made."""

    @property
    def entries(self) -> Sequence[Any]:
        """What can be taken back, the newest last."""

    def newest(self, here: Callable[[Record], bool] | None = None) -> Any:
        """The newest entry, of a record that is `here` where this is given; None without any."""

    def named(self, entry: Any) -> str:
        """What taking it back would do."""

    def undo(self, entry: Any = None) -> str:
        """Take it back, else the last one; a sentence saying what."""


def undo_last(app: AppContext, undo: UndoSource) -> None:
    """Take back the newest save of what is on the screen; else name the newest one, and ask.

    Raises `Refused` where there is none, or it cannot be undone.
    """
    screen = app.screen
    entry = undo.newest(screen.is_in_view) if isinstance(screen, Page) else None
    if entry is not None:
        app.tell(undo.undo(entry))
        return
    entry = undo.newest()
    if entry is None:
        app.tell(undo.undo())  # which says that there is none
        return
    other, time = entry, Values(app.workspace).short(entry.at)

    def answered(yes: bool | None) -> None:
        if yes:
            app.tell(undo.undo(other))

    app.push_screen(Confirm(say(ASK, what=undo.named(entry), time=time), UNDO), answered)


class UndoList(Dialog[None]):
    """The saves that can be taken back, the newest first; Enter takes one back."""

    AUTO_FOCUS = "DocumentView"

    def __init__(self, undo: UndoSource) -> None:
        super().__init__()
        self._undo = undo
        self._entries: Sequence[Any] = []

    def body(self) -> ComposeResult:
        """The saves, and what the keys do."""
        with Vertical(classes="box"):
            yield Tag(TITLE, id="title")
            yield DocumentView(id="saves")
            yield Tag(HOW, classes="muted")

    def look(self) -> None:
        """Read them again."""
        values = Values(self.workspace)
        self._entries = self._undo.entries[::-1]
        parts = [self._part(values, at, entry) for at, entry in enumerate(self._entries)]
        self.query_one(DocumentView).look(parts or [TextPart(NONE, style="muted")])

    def _part(self, values: Values, at: int, entry: Any) -> TextPart:
        time = values.short(entry.at)
        try:
            return TextPart(f"{time}  {self._undo.named(entry)}", str(at), clip=True)
        except Refused as refused:
            return TextPart(f"{time}  {refused}", str(at), style="muted")

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        self.site_app.tell(self._undo.undo(self._entries[int(event.id)]))
