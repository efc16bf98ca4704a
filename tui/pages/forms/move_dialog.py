"""Move dialog: a move is made at once where nothing is missing, else a dialog asks for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.book import permissions
from models.book.derived_state import StateView, shown_state
from models.derived import revision_standing
from models.derived.revisions import Versions
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.words import W, say, several
from tui.display.values import named
from tui.forms.form_session import MOVED, FormSession
from tui.forms.form_task import COMMENT, FormTask, of_record
from tui.forms.form_widget import FormWidget
from tui.pages.base import Dialog
from tui.pages.dialogs.confirm import Confirm
from tui.pages.dialogs.passphrase import signed
from tui.pages.forms.form_pane import FormPane, OutsideEditor, SaveForm
from tui.pages.registry import MOVE_FORMS, load
from tui.widgets.app_context import Then
from tui.widgets.safe_widgets import ProseText, Tag

if TYPE_CHECKING:
    from models.book.book import Book
    from tui.widgets.app_context import AppContext

FINAL = W("“{move}”{number}？此操作无法撤销。", "“{move}” for {number}? This cannot be undone.")
NEEDS = W("还需要：{fields}", "Required: {fields}")
HOW = W("Ctrl+S 确定，Esc 取消", "Ctrl+S confirm, Esc cancel")


def make_move(app: AppContext, record_id: str, move_id: str, then: Then | None = None) -> None:
    """Make a move: at once, or through the dialog where it asks or needs what is not there.

    Raises `Refused` where the person may not make it now.
    """
    book = app.workspace.book
    record = book.get(record_id)
    chance = book.chance(record, move_id)
    if chance.why is not None:
        raise chance.why
    move = chance.move
    instead = form_instead(book, record, move_id)
    if instead is not None:
        app.open_form(*instead, then=then)
        return
    signed(app, move, lambda: go_on(app, record, move, then))


def go_on(app: AppContext, record: Record, move: Move, then: Then | None) -> None:
    """Through the dialog, or at once."""
    book, record_id, move_id = app.workspace.book, record.id, move.id
    if asks(record, move):
        app.push_screen(MoveDialog(record, move_id, then))
        return

    def make() -> None:
        made = book.move(record_id, move_id, seen=record.dots)
        state = shown_state(book.store, made).label
        app.tell(say(MOVED, number=made.number, move=move.label, state=state))
        if then is not None:
            then(made)

    said = warnings(book, record, move)
    if not said:
        make()
    else:
        question = "\n".join(said)
        app.push_screen(Confirm(question, move.label), lambda yes: make() if yes else None)


def warnings(book: Book, record: Record, move: Move) -> list[str]:
    """What is asked about, or told, before a move: what it does besides, that nothing leads back.

    Nothing for most moves. Every way to make a move asks by this, whatever its type.
    """
    ahead = outlook(book, record, move)
    found = [str(ahead)] if ahead is not None else []
    if permissions.final(record, move):
        found.append(say(FINAL, move=move.label, number=record.number))
    return found


def outlook(book: Book, record: Record, move: Move) -> W | None:
    """What a move will do that is asked about before it; None for most moves."""
    look = StateView(book.store).find(record.type, Versions)
    return revision_standing.outlook(look, record, move) if look is not None else None


def form_instead(book: Book, record: Record, move_id: str) -> tuple[str, dict[str, Any]] | None:
    """Type and values of the form that is filled in instead of a move, None for most moves."""
    name = MOVE_FORMS.get((record.type, move_id))
    found: tuple[str, dict[str, Any]] | None = load(name)(book, record) if name else None
    return found


def asks(record: Record, move: Move) -> bool:
    """Whether anything asked for or needed is missing; a comment may stay away unless required."""
    if move.requires_comment or permissions.missing(record, move, {}):
        return True
    return any(getattr(record, name) in (None, "") for name in move.asks if name != COMMENT)


class MoveDialog(Dialog[Any]):
    """The fields a move asks for, filled with what is there, and words for it."""

    actions = (SaveForm, OutsideEditor)
    AUTO_FOCUS = "FormWidget"
    DEFAULT_CSS = """
    MoveDialog .box { max-height: 95%; }
    MoveDialog FormPane { height: auto; }
    MoveDialog FormWidget { height: auto; }
    MoveDialog Canvas { height: auto; max-height: 16; padding: 0; }
    MoveDialog #verdict { color: $text-error; }
    MoveDialog #needs, MoveDialog #outlook { color: $text-warning; }
    """
    pane: FormPane

    def __init__(self, record: Record, move_id: str, then: Then | None = None) -> None:
        super().__init__()
        self._work, self._then = of_record(record, move_id), then

    @property
    def work(self) -> FormTask:
        """What is filled in."""
        return self.pane.work

    @property
    def fields(self) -> FormWidget:
        """The fields."""
        return self.pane.fields

    def body(self) -> ComposeResult:
        """What is done to which record, what is missing, the fields."""
        record = self._work.record
        assert record is not None
        session = FormSession(self.workspace, self._work)
        self.pane = FormPane(session)
        with Vertical(classes="box"):
            yield Tag(lambda: session.task.heading(), id="title")
            yield Tag(lambda: named(record, session.values), classes="muted")
            yield ProseText(self._outlook, id="outlook")
            yield ProseText(self._needs, id="needs")
            yield self.pane
            yield Tag(HOW, classes="muted")

    def _outlook(self) -> str:
        """What the move will do besides, and whether nothing leads back; '' for most."""
        record, move = self.work.record, self.work.move
        assert record is not None and move is not None
        return "\n".join(warnings(self.book, record, move))

    def _needs(self) -> str:
        """What the move still needs."""
        record, move = self.work.record, self.work.move
        assert record is not None and move is not None
        specs = type(record).specs()
        missing = [str(specs[name].label) for name in permissions.missing(record, move, {})]
        return say(NEEDS, fields=several(missing)) if missing else ""

    def on_mount(self) -> None:
        """Begin, or say why the move cannot be made here."""
        why = self.pane.begin()
        if why is not None:
            self.site_app.tell(str(why), bad=True)
            self.call_after_refresh(self._close)

    @on(FormPane.Abandoned)
    def _close(self) -> None:
        self.dismiss(None)

    def look(self) -> None:
        """Say what others changed meanwhile."""
        self.pane.look()

    def keep_draft(self) -> None:
        """The app ends: keep what was typed, now."""
        self.pane.keep_draft()

    def action_back(self) -> None:
        """Leave; the draft stays, and is offered when this move is made again."""
        self.pane.left = True
        super().action_back()

    @on(FormWidget.Ended)
    def _ended(self, event: FormWidget.Ended) -> None:
        """Enter in the last field: not enough for what cannot be undone and asked for nothing."""
        event.stop()
        record, move = self.work.record, self.work.move
        assert record is not None and move is not None
        asked = move.requires_comment or permissions.missing(record, move, {})
        if asked or not permissions.final(record, move):
            self.save()

    def save(self) -> None:
        """Make the move and close."""
        self.pane.save_and_close(self.dismiss, self._then)
