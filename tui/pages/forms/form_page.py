"""The form: the fields of any declared type, new or existing, filled in on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from textual import on
from textual.app import ComposeResult

from models.book.approval.parts import row_name
from models.schema.record import Record
from models.storage.drafts import FormDraft
from models.text.words import Refused, W, say
from tui.forms.form_session import FormSession
from tui.forms.form_task import FormTask, of_record
from tui.forms.form_widget import FormWidget
from tui.pages.base import Page
from tui.pages.dialogs.confirm import Confirm
from tui.pages.forms.form_pane import FormPane, OutsideEditor, SaveForm
from tui.pages.forms.form_panel import FormPanel, panel_of
from tui.pages.forms.move_dialog import MoveDialog, asks
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import Then
from tui.widgets.commands import Command

DISCARD = W("放弃“{what}”中未保存的内容？", "Discard the unsaved changes in “{what}”?")
DISCARD_IT = W("放弃", "Discard")
REOPEN = W("{why} 现在就“{move}”并修改？", "{why} Take the action “{move}” now and edit?")

DROP = Command(
    id="form.discard",
    word=W("放弃", "Discard"),
    help=W("放弃未保存的内容", "discard unsaved changes"),
    keys="f8",
)


class DiscardForm(ActionGroup["FormPage"]):
    """The command that throws away what was typed."""

    @runs(DROP)
    def discard(self) -> None:
        """Throw away what was typed, and close, once that is confirmed."""
        page = self.page

        def answered(yes: bool | None) -> None:
            if yes:
                page.pane.forget()
                page.dismiss(None)

        question = say(DISCARD, what=page.heading())
        page.app.push_screen(Confirm(question, DISCARD_IT), answered)


class FormPage(Page):
    """A form over a record type: `values` pre-fill a new record, `record` is edited.

    With `move` it fills in what that move of the record asks for. `then` is called with the
    record once it is saved and the page is gone. A `draft` is continued without asking.
    """

    actions = (SaveForm, OutsideEditor, DiscardForm)
    AUTO_FOCUS = "FormWidget"
    DEFAULT_CSS = """
    FormPage #verdict { padding: 0 1; color: $text-error; }
    """
    pane: FormPane
    panel: FormPanel

    def __init__(
        self,
        type: str,
        values: Mapping[str, Any] | None = None,
        *,
        project: str | None = None,
        record: Record | None = None,
        move: str | None = None,
        then: Then | None = None,
        draft: FormDraft | None = None,
    ) -> None:
        super().__init__()
        if record is not None:
            task = of_record(record, move)
        else:
            task = FormTask(type_=type, start=dict(values or {}), project=project)
        self._work = replace(task, base=draft.base) if draft is not None else task
        self._draft, self._then = draft, then
        self._row_name = ""

    @property
    def work(self) -> FormTask:
        """What is filled in."""
        return self.pane.work

    @property
    def fields(self) -> FormWidget:
        """The fields."""
        return self.pane.fields

    def heading(self) -> str:
        """What the form is for."""
        return self.work.heading(self._row_name)

    def body(self) -> ComposeResult:
        """The fields; below them the panel of the type."""
        record = self._work.record
        if record is not None and record.kind.parent:
            self._row_name = row_name(self.workspace.store, record)
        session = FormSession(self.workspace, self._work, self._draft)
        self.pane = FormPane(session)
        yield self.pane
        self.panel = panel_of(self._work.type_, session)
        yield self.panel

    def on_mount(self) -> None:
        """Begin, reopen what is only submitted, or say why nothing can be done here."""
        self.bind_commands(self.panel.commands)
        self._begin()

    def _begin(self) -> None:
        why = self.pane.begin()
        if why is None:
            self.panel.look_back()
        elif not self._reopening(why):
            self.site_app.tell(str(why), bad=True)
            self.call_after_refresh(self._close)

    @on(FormPane.Abandoned)
    def _close(self) -> None:
        self.dismiss(None)

    def _reopening(self, why: Refused) -> bool:
        """Ask whether to reopen a record that is only submitted; whether that is a way."""
        record, move = self.work.record, self.pane.session.reopening()
        if record is None or move is None:
            return False
        if asks(record, move):
            self.app.push_screen(MoveDialog(record, move.id), self._reopened)
            return True
        question = say(REOPEN, why=why, move=move.label)

        def answered(yes: bool | None) -> None:
            self._reopened(self.book.move(record.id, move.id) if yes else None)

        self.app.push_screen(Confirm(question, move.label), answered)
        return True

    def _reopened(self, record: Record | None) -> None:
        """Edit the record now that it is open again; nothing is done if it is not."""
        if record is None:
            self.dismiss(None)
        else:
            self.pane.session.reopened(record)
            self._begin()

    def look(self) -> None:
        """Say what others changed meanwhile."""
        self.pane.look()

    def keep_draft(self) -> None:
        """The app ends: keep what was typed, now."""
        self.pane.keep_draft()

    def action_back(self) -> None:
        """Leave; the draft stays, and is offered when this form is opened again."""
        self.pane.left = True
        super().action_back()

    def save(self) -> None:
        """Save and close."""
        self.pane.save_and_close(self.dismiss, self._then)

    # -- the panel ---------------------------------------------------------------------------

    @on(FormWidget.Typed)
    @on(FormWidget.Left)
    def _changed(self, event: FormWidget.Typed | FormWidget.Left) -> None:
        self.panel.field_changed(event.name)

    def action_panel(self, command: str) -> None:
        """Do what a command of the panel says."""
        self.panel.run(command)
