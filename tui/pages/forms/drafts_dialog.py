"""Drafts: everything typed and not saved, offered again after a crash or whenever wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.schema.record import kinds
from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused, W, say
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages import registry
from tui.pages.base import Dialog
from tui.pages.dialogs.asking_dialog import ask_again, title_of, words_of
from tui.pages.dialogs.confirm import Confirm, aged, held
from tui.pages.forms.form_page import FormPage
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.safe_widgets import Tag

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext

TITLE = W("{n} 份未完成的草稿", "Unfinished drafts: {n}")
HOW = W("回车继续填写，F8 放弃，Esc 稍后处理", "Enter continues, F8 discards, Esc decides later")
DROP = W("放弃草稿“{what}”？", "Discard the draft “{what}”?")
DROP_IT = W("放弃", "Discard")
UNKNOWN = W(
    "这份草稿属于本版本不认识的记录类型“{type}”，已原样保留。",
    "This draft has a record type that this version does not know (“{type}”); it is kept"
    " unchanged.",
)


class DraftsDialog(Dialog[None]):
    """All drafts, the newest first."""

    AUTO_FOCUS = "DocumentView"
    commands: ClassVar = (
        Command(
            id="drafts.drop",
            word=W("放弃", "Discard"),
            help=W("放弃光标所在的草稿", "discard the draft under the cursor"),
            keys="f8,delete",
            action="drop",
        ),
    )

    def body(self) -> ComposeResult:
        """How many, which, and what the keys do."""
        self._drafts: list[FormDraft] = []
        with Vertical(classes="box"):
            yield Tag(lambda: say(TITLE, n=len(self._drafts)), id="title")
            yield DocumentView(id="drafts")
            yield Tag(HOW, classes="muted")

    def look(self) -> None:
        """Read them again; the last one gone closes the dialog."""
        values = Values(self.workspace)
        self._drafts = Drafts(self.workspace.home).waiting()
        self.query_one(DocumentView).look(
            [TextPart(line(values, one), one.id, clip=True) for one in self._drafts]
        )
        self.query_one("#title", Tag).refresh(layout=True)
        if not self._drafts:
            self.call_after_refresh(self._close)

    def _close(self) -> None:
        self.dismiss(None)

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        draft = next(one for one in self._drafts if one.id == event.id)
        app = self.site_app
        self.dismiss(None)
        app.call_later(continue_draft, app, draft)

    def action_drop(self) -> None:
        """Throw one away, after a question."""
        id = self.query_one(DocumentView).current
        draft = next((one for one in self._drafts if one.id == id), None)
        if draft is None:
            return
        discard(self.site_app, draft, self.look_again)


def discard(app: AppContext, draft: FormDraft, then: Callable[[], object]) -> None:
    """Throw a draft away, after a question; then do this."""
    question = say(DROP, what=line(Values(app.workspace), draft))

    def answered(yes: bool | None) -> None:
        if yes:
            Drafts(app.workspace.home).drop(draft.key, draft.window)
            then()

    app.push_screen(Confirm(question, DROP_IT), answered)


def line(values: Values, draft: FormDraft) -> str:
    """A draft on a line: what kind of record, how old, and how it begins."""
    title = title_of(draft)
    if title is not None:
        return f"{title}  {aged(values, draft)}  {words_of(draft)}"
    kind = str(kinds[draft.type].kind.label) if draft.type in kinds else draft.type
    text = " ".join(held(values, draft).split())
    return f"{kind}  {aged(values, draft)}  {text}"


def continue_draft(app: AppContext, draft: FormDraft) -> None:
    """Open what a draft is continued on. Raises `Refused` for an unknown type or record."""
    if title_of(draft) is not None:
        ask_again(app, draft)
    else:
        app.push_screen(page_of(app, draft))


def page_of(app: AppContext, draft: FormDraft) -> Any:
    """The page on which a draft is continued. Raises `Refused` for an unknown type or record."""
    for begins, name in registry.DRAFT_PAGES.items():
        if draft.key.startswith(begins):
            return registry.load(name)(draft)
    if draft.type not in kinds:
        raise Refused(UNKNOWN, type=draft.type)
    record = app.workspace.book.get(draft.record) if draft.record else None
    return FormPage(
        draft.type,
        draft.start,
        project=draft.project,
        record=record,
        move=draft.move,
        draft=draft,
    )
