"""Asking dialog: a dialog with fields, of which what is typed is a draft until it is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on

from models.schema.record import kinds
from models.storage.drafts import Drafts, FormDraft
from models.storage.rows import type_of
from models.text.words import Refused, W
from tui.forms import form_task
from tui.forms.draft_saver import DraftSaver
from tui.forms.field import Field
from tui.forms.form_widget import FormWidget
from tui.pages.base import BaseScreen, Dialog
from tui.widgets.app_context import ASKED, Asked
from tui.widgets.plain_content import Said

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext

GONE = W(
    "提问的这一页不在了，草稿已保留：{text}",
    "The page that asked this is gone; the draft is kept: {text}",
)
Result = TypeVar("Result")


class AskingDialog(Dialog[Result]):
    """Keeps what is typed into its `fields`; answers by `answer`, which ends the draft."""

    fields: FormWidget

    def __init__(self, asked: Asked, title: Said, fields: Sequence[Field]) -> None:
        super().__init__()
        self._about, self._title, self._fields = asked, title, list(fields)
        self._saver: DraftSaver | None = None
        self._left = False

    def on_mount(self) -> None:
        """Go on with what was typed earlier."""
        drafts = Drafts(self.workspace.home)
        self._saver = DraftSaver(drafts, self._about.key, self._draft, self, self._disk_fails)
        found = drafts.get(self._about.key)
        if found is not None:
            self._saver.take_over(found)
            form_task.restore(self._fields, found)
            self.fields.reload()

    def _draft(self) -> FormDraft | None:
        self.fields.editing.commit(final=False)
        about, changed = self._about, [one for one in self._fields if one.changed]
        if not changed:
            return None
        record = about.record or None
        type = type_of(self.book.store, record) if record is not None else None
        zh, en = self._title if isinstance(self._title, W) else (str(self._title),) * 2
        return FormDraft(
            key=about.key,
            type=type or "",
            values={one.name: one.value for one in changed if one.text is None},
            texts={one.name: one.text for one in changed if one.text is not None},
            start={} if about.move else {**about._asdict(), "zh": zh, "en": en},
            record=record,
            move=about.move or None,
        )

    def _disk_fails(self, refused: Refused) -> None:
        self.site_app.tell(str(refused), bad=True)

    @on(FormWidget.Typed)
    @on(FormWidget.Left)
    def _touched(self) -> None:
        if self._saver is not None:
            self._saver.touch()

    def answer(self, given: Result) -> None:
        """Answer, and close: what was typed is taken."""
        if self._saver is not None:
            self._saver.drop()
        self.dismiss(given)

    def keep_draft(self) -> None:
        """The app ends or stands aside: keep what was typed, now."""
        if self._saver is not None:
            self._saver.flush()

    def action_back(self) -> None:
        """Leave; the draft stays, and the question begins with it when it is asked again."""
        self._left = True
        super().action_back()

    def on_unmount(self) -> None:
        """Leaving never asks: what was typed is on the disk."""
        if self._saver is not None:
            self._saver.close(self._left)


def title_of(draft: FormDraft) -> W | None:
    """What a draft of a question was asked by; None for another draft."""
    if not draft.key.startswith(f"{ASKED}:"):
        return None
    return W(str(draft.start.get("zh", "")), str(draft.start.get("en", "")))


def words_of(draft: FormDraft) -> str:
    """What was typed."""
    held: Mapping[str, Any] = {**draft.values, **draft.texts}
    return " ".join(str(value) for value in held.values())


def ask_again(app: AppContext, draft: FormDraft) -> None:
    """Open the page of a question, and ask it again; it begins with what was typed.

    Raises `Refused` where what it was about is gone.
    """
    about = Asked(**{name: str(draft.start.get(name, "")) for name in Asked._fields})
    if about.place:
        app.open_place(about.place, "")
    elif app.workspace.book.find(about.record) is None or draft.type not in kinds:
        raise Refused(GONE, text=words_of(draft))
    elif about.command.startswith("conflict."):
        app.open_conflict(about.record, about.more)
    else:
        app.open_record(about.record)
    page = app.screen
    if isinstance(page, BaseScreen):
        page.begin_with(about.command)
