"""Move dialog: a move is made at once where nothing is missing, else a dialog asks for the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.book import permissions
from models.queries import links
from models.records.problems import anonymisation, concession_hold
from models.schema.record import Move, Record
from models.text.words import W, say, several
from tui.display.values import named
from tui.forms.form_task import COMMENT, of_record
from tui.forms.form_widget import FormWidget
from tui.pages.base import Dialog
from tui.pages.forms.form_base import MOVED, FormBase
from tui.widgets.safe_widgets import ProseText, Tag

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext

Then = Callable[[Record], None]
KEPT = ("problem_report", "publish")
"""The move that shows first what would be published, to be read and changed."""
NEEDS = W("还需要：{fields}", "Still needed: {fields}")
HOW = W("Ctrl+S 确定，Esc 取消", "Ctrl+S confirm, Esc cancel")


def make_move(app: AppContext, record_id: str, move_id: str, then: Then | None = None) -> None:
    """Make a move: at once, or through the dialog where it asks or needs what is not there.

    Raises `Refused` where the person may not make it now.
    """
    book = app.workspace.book
    record = book.get(record_id)
    move = record.kind.by_move[move_id]
    refused = book.why_not(record, move)
    if refused is not None:
        raise refused
    if (record.type, move_id) == KEPT and links.experience_of(book.store, record.id) is None:
        app.open_form("experience", anonymisation.draft(book, record), then=then)
        return
    if asks(record, move):
        app.push_screen(MoveDialog(record, move_id, then))
        return
    made = book.move(record_id, move_id, seen=record.dots)
    state = concession_hold.state_of(book.store, made).label
    app.tell(say(MOVED, number=made.number, move=move.label, state=state))
    if then is not None:
        then(made)


def asks(record: Record, move: Move) -> bool:
    """Whether anything asked for or needed is missing; a comment may stay away unless required."""
    if move.requires_comment or permissions.missing(record, move, {}):
        return True
    return any(getattr(record, name) in (None, "") for name in move.asks if name != COMMENT)


class MoveDialog(Dialog[Any], FormBase):
    """The fields a move asks for, filled with what is there, and words for it."""

    AUTO_FOCUS = "FormWidget"
    DEFAULT_CSS = """
    MoveDialog .box { max-height: 95%; }
    MoveDialog FormWidget { height: auto; max-height: 16; padding: 0; }
    MoveDialog #verdict { color: $text-error; }
    MoveDialog #needs { color: $text-warning; }
    """

    def __init__(self, record: Record, move_id: str, then: Then | None = None) -> None:
        super().__init__(of_record(record, move_id), then)

    def body(self) -> ComposeResult:
        """What is done to which record, what is missing, the fields."""
        record = self.work.record
        assert record is not None
        with Vertical(classes="box"):
            yield Tag(self.work.heading, id="title")
            yield Tag(lambda: named(record, self.values), classes="muted")
            yield ProseText(self._needs, id="needs")
            yield from self.filling()
            yield Tag(HOW, classes="muted")

    def _needs(self) -> str:
        """What the move still needs."""
        record, move = self.work.record, self.work.move
        assert record is not None and move is not None
        specs = type(record).specs()
        missing = [str(specs[name].label) for name in permissions.missing(record, move, {})]
        return say(NEEDS, fields=several(missing)) if missing else ""

    @on(FormWidget.Ended)
    def _ended(self) -> None:
        self.action_save()
