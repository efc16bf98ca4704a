"""Form pane: the fields of a form, with faults below them; what is typed is saved as a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from models.schema import validation
from models.schema.record import Record
from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused, W
from tui.forms.draft_saver import DraftSaver
from tui.forms.editors import external_editor
from tui.forms.form_session import FormSession, SavedForm
from tui.forms.form_task import FormTask
from tui.forms.form_widget import FormWidget
from tui.forms.value_input import ValueReading, huge
from tui.pages.dialogs.confirm import DraftQuestion
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import Then
from tui.widgets.commands import Command
from tui.widgets.refusals import TellsRefusals
from tui.widgets.safe_widgets import ProseText

WARM_AFTER: Final = 0.5
"""Seconds until what the first save needs is loaded."""
SAVE = Command(
    id="form.save",
    word=W("保存", "Save"),
    help=W("保存并关闭", "save and close"),
    keys="ctrl+s",
    shown=1,
)
OUTSIDE = Command(
    id="form.outside",
    word=W("外部编辑", "Editor"),
    help=W("用 $EDITOR 编辑这段文字", "edit this text in $EDITOR"),
    keys="f4",
    shown=20,
)


class FormPane(TellsRefusals):
    """The fields of a session; the page that shows it calls `begin` once, and `save`."""

    DEFAULT_CSS = """
    FormPane { layout: vertical; width: 1fr; height: 1fr; overflow: hidden; }
    """

    class Abandoned(Message):
        """The person chose not to fill in this form."""

    def __init__(self, session: FormSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session
        self.fields = FormWidget(
            session.fields, ValueReading(session.workspace), session.values, id="fields"
        )
        self._verdict = ProseText("", id="verdict")
        self._keeper: DraftSaver | None = None
        self.left = False
        """Whether the person leaves the form, rather than the app ends."""

    def compose(self) -> ComposeResult:
        """The fields, and a place for what is wrong with the whole."""
        yield self.fields
        yield self._verdict

    @property
    def work(self) -> FormTask:
        """What is filled in."""
        return self.session.task

    def begin(self) -> Refused | None:
        """Keep drafts from now on and offer an older one, or say why nothing can be done here."""
        why = self.session.why_closed()
        continued = self.session.continued
        if why is not None and continued is None:
            return why
        drafts = Drafts(self.session.workspace.home)
        self._keeper = DraftSaver(drafts, self.work.key, self._draft, self, self._disk_fails)
        if continued is not None:
            self._keeper.take_over(continued)
        found = self.session.older_draft()
        if found is not None:
            question = DraftQuestion(self.session.values, found)
            self.app.push_screen(question, lambda go_on: self._offered(found, go_on))
        self.set_timer(WARM_AFTER, self._warm)
        self._verdict.update(str(why or ""))
        return None

    def _offered(self, draft: FormDraft, go_on: bool | None) -> None:
        if go_on is None:
            self.post_message(self.Abandoned())
        elif go_on:
            if self._keeper is not None:
                self._keeper.take_over(draft)
            self.session.restore(draft)
            self.fields.reload()
            self.look()
        elif self._keeper is not None:
            self._keeper.drafts.drop(draft.key, draft.window)

    def _warm(self) -> None:
        """Load aside what the first save needs, so that it need not wait."""
        self.run_worker(lambda: validation.model_of(self.work.cls), thread=True, group="warm")

    # -- the draft ---------------------------------------------------------------------------

    def _draft(self) -> FormDraft | None:
        self.fields.editing.commit(final=False)
        return self.session.draft()

    @on(FormWidget.Typed)
    @on(FormWidget.Left)
    def _touched(self) -> None:
        if self._keeper is not None:
            self._keeper.touch()

    def _disk_fails(self, refused: Refused) -> None:
        self.site_app.tell(str(refused), bad=True)

    def forget(self) -> None:
        """Nothing of what was typed is to be kept."""
        if self._keeper is not None:
            self._keeper.drop()

    def keep_draft(self) -> None:
        """The app ends or stands aside: keep what was typed, now."""
        if self._keeper is not None:
            self._keeper.flush()

    def on_unmount(self) -> None:
        """Leaving never asks: what was typed is on the disk."""
        if self._keeper is not None:
            self._keeper.close(self.left)

    # -- saving ------------------------------------------------------------------------------

    def save(self) -> Record | None:
        """Save, and tell it; what is wrong is said beside its field, and everything typed stays."""
        editing = self.fields.editing
        editing.leave()
        editing.open(again=True)
        done = self.session.save()
        if not isinstance(done, SavedForm):
            if done.field is not None:
                self.fields.go(done.field)
            else:
                self.fields.again()
            self._verdict.update(done.text)
            return None
        self.forget()
        self.site_app.tell(done.text)
        for text in done.conflicts:
            self.site_app.tell(text, bad=True)
        return done.record

    def save_and_close(self, close: Callable[[Record], object], then: Then | None) -> None:
        """Save; only then is the page closed with the record, and `then` called with it."""
        record = self.save()
        if record is not None:
            app = self.site_app
            close(record)
            if then is not None:
                app.call_later(then, record)

    def look(self) -> None:
        """Another process or a round may have changed the record: say so beside the field."""
        now = self.session.changed_meanwhile()
        if now is not None:
            self.fields.editing.commit(final=False)
            self.session.take_over(now)
            self.fields.reload()

    @on(FormWidget.Wanted)
    def _wanted(self, event: FormWidget.Wanted) -> None:
        """A link's target is made in place; the link points to it once it is saved."""
        fields = self.fields
        type_, values = self.session.target_of(event.name, event.text)
        self.site_app.open_form(type_, values, then=lambda made: fields.take(event.name, made.id))


class FieldsHolder(Protocol):
    """A page or dialog with fields, and perhaps with drafts (`keep_draft`)."""

    @property
    def fields(self) -> FormWidget:
        """The fields."""

    @property
    def is_mounted(self) -> bool:
        """Whether the fields are there yet."""


class OutsideEditor(ActionGroup[FieldsHolder]):
    """The command that edits the current text in the person's own editor."""

    @runs(OUTSIDE)
    def edit(self) -> None:
        """Edit the current text outside; what is typed is kept before."""
        edit_outside(self.page.fields, getattr(self.page, "keep_draft", None))

    def why_not(self, command: str) -> Refused | None:  # noqa: ARG002
        """The other editor is for text that is typed."""
        return no_text(self.page.fields) if self.page.is_mounted else None


class FormHolder(Protocol):
    """A page or dialog that shows a form."""

    def save(self) -> None:
        """Save what is filled in, and close."""


class SaveForm(ActionGroup[FormHolder]):
    """The command that saves a form."""

    @runs(SAVE)
    def save(self) -> None:
        """Save and close."""
        self.page.save()


def no_text(fields: FormWidget) -> Refused | None:
    """Why the current field cannot be edited outside (it is chosen, not typed), or None."""
    return Refused(external_editor.NO_TEXT) if fields.current.chosen else None


def edit_outside(fields: FormWidget, keep: Callable[[], None] | None = None) -> None:
    """Edit the current text in the person's own editor; `keep` is called before it opens."""
    editing = fields.editing
    editing.commit(final=False)
    if keep is not None:
        keep()
    text = editing.editor.value
    fields.put(external_editor.edit(fields.app, text, lambda new: huge(fields.current.spec, new)))
