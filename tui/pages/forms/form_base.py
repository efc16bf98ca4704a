"""Form base: what a form's page and a move's dialog share: fields, their draft, and saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from models.book import permissions
from models.book.conflicts import disputes_of
from models.records.problems import concession_hold
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused, W, say
from tui.display.values import Values
from tui.forms import field_errors, form_task
from tui.forms.draft_saver import Keeper
from tui.forms.form_task import FormTask, of_record
from tui.forms.form_widget import FormWidget
from tui.forms.value_input import ValueReading
from tui.pages.dialogs.confirm import Confirm, DraftQuestion
from tui.pages.forms.external_editing import OUTSIDE, Outside
from tui.widgets.commands import Command
from tui.widgets.safe_widgets import ProseText

SAVED = W("已保存 {number}", "{number} saved")
MOVED = W("{number}：{move}，现为“{state}”。", "{number}: {move}; now “{state}”.")
ALSO = W("{who} 同时改成了：{value}", "also changed by {who}: {value}")
BESIDE = W(
    "“{field}”也被 {who} 改成了“{value}”。两个值都已保留，请核对。",
    "“{field}” was also changed by {who}, to “{value}”. Both values are kept; please check.",
)
SAVE = Command(
    id="form.save",
    word=W("保存", "Save"),
    help=W("保存并关闭", "save and close"),
    keys="ctrl+s",
    action="save",
    shown=1,
)
REOPEN = W("{why} 现在就“{move}”并修改？", "{why} Do “{move}” now and edit?")
Then = Callable[[Record], None]


class FormBase(Outside):
    """Fields of a task over a record; what is typed is kept as a draft until it is saved."""

    commands: ClassVar[tuple[Command, ...]] = (SAVE, OUTSIDE)

    def __init__(
        self, work: FormTask, then: Then | None = None, draft: FormDraft | None = None
    ) -> None:
        super().__init__()
        self.work, self.then = work, then
        self._continued = draft
        self._strange: dict[str, Any] = {}
        self._keeper: Keeper | None = None
        self._left_it = False

    def filling(self) -> ComposeResult:
        """The fields, and a place for what is wrong with the whole."""
        self.values = Values(self.workspace)
        fields = self.work.fields(self.workspace)
        if self._continued is not None:
            self._strange = form_task.restore(fields, self._continued)
        self.fields = FormWidget(fields, ValueReading(self.workspace), self.values, id="fields")
        yield self.fields
        yield ProseText("", id="verdict")

    def on_mount(self) -> None:
        """Say why nothing can be done here, or begin; an older draft is offered."""
        why = self._why_closed()
        if why is None or self._continued is not None:
            self._begin()
            self.query_one("#verdict", ProseText).update(str(why or ""))
        elif not self._reopening(why):
            self.site_app.tell(str(why), bad=True)
            self.call_after_refresh(self._close)

    def _close(self) -> None:
        self.dismiss(None)

    def _why_closed(self) -> Refused | None:
        """Why this person may not do this now, or None."""
        people, me, work = self.book.people, self.book.me, self.work
        if work.record is None:
            return permissions.writing(people, me, work.kind, work.project)
        if work.move is None:
            return permissions.editing(people, me, work.record)
        return self.book.why_not(work.record, work.move)

    def _reopening(self, why: Refused) -> bool:
        """Ask whether to reopen a record that is only submitted; whether that is a way."""
        record = self.work.record
        if record is None or self.work.move is not None:
            return False
        reopen = record.kind.state(record.state).reopen
        chance = next((one for one in self.book.chances(record) if one.move.id == reopen), None)
        if chance is None or not chance.ok:
            return False
        from tui.pages.forms.move_dialog import MoveDialog, asks

        if asks(record, chance.move):
            self.app.push_screen(MoveDialog(record, reopen), self._reopened)
            return True
        question = say(REOPEN, why=why, move=chance.move.label)

        def answered(yes: bool | None) -> None:
            self._reopened(self.book.move(record.id, reopen) if yes else None)

        self.app.push_screen(Confirm(question, chance.move.label), answered)
        return True

    def _reopened(self, record: Record | None) -> None:
        """Edit the record now that it is open again; nothing is done if it is not."""
        if record is None:
            self.dismiss(None)
            return
        self.work = of_record(record)
        self._begin()

    def _begin(self) -> None:
        """Keep drafts from now on; an older one is offered."""
        drafts = Drafts(self.workspace.home)
        self._keeper = Keeper(drafts, self.work.key, self._draft, self, self._disk_fails)
        found = drafts.get(self.work.key) if self._continued is None else None
        if found is not None:
            question = DraftQuestion(self.values, found)
            self.app.push_screen(question, lambda go_on: self._offered(found, go_on))
        self.set_timer(0.5, self._warm)

    def _offered(self, draft: FormDraft, go_on: bool | None) -> None:
        if go_on is None:
            self.dismiss(None)
        elif go_on:
            self._strange = form_task.restore(self.fields.editing.fields, draft)
            if draft.base and self.work.record is not None:
                self.work = self.work.seeing(self.work.record, draft.base)
            self.fields.reload()
            self.look()
        elif self._keeper is not None:
            self._keeper.drafts.drop(draft.key)

    def _warm(self) -> None:
        """Load aside what the first save needs, so that it need not wait."""
        from models.schema import validation

        self.run_worker(lambda: validation.model_of(self.work.cls), thread=True, group="warm")

    # -- the draft ---------------------------------------------------------------------------

    def _draft(self) -> FormDraft | None:
        editing = self.fields.editing
        editing.commit(final=False)
        return self.work.draft(editing.fields, self._strange)

    @on(FormWidget.Typed)
    def _typed(self) -> None:
        if self._keeper is not None:
            self._keeper.touch()

    @on(FormWidget.Left)
    def _left(self) -> None:
        if self._keeper is not None:
            self._keeper.touch()

    def _disk_fails(self, refused: Refused) -> None:
        self.site_app.tell(str(refused), bad=True)

    def forget(self) -> None:
        """Nothing of what was typed is to be kept."""
        if self._keeper is not None:
            self._keeper.drop()

    def keep_draft(self) -> None:
        """The app ends: keep what was typed, now."""
        if self._keeper is not None:
            self._keeper.flush()

    def action_back(self) -> None:
        """Leave; the draft stays, and is offered when this form is opened again."""
        self._left_it = True
        super().action_back()

    def on_unmount(self) -> None:
        """Leaving never asks: what was typed is on the disk."""
        if self._keeper is not None:
            self._keeper.close(self._left_it)

    # -- saving ------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save; what is wrong is said beside its field, and everything typed stays."""
        editing = self.fields.editing
        editing.leave()
        editing.open(again=True)
        wrong = field_errors.check(self.work.cls, editing.fields)
        if wrong is not None:
            self._blame(wrong.name, "")
            return
        try:
            record = self.work.save(self.book, editing.fields)
        except Refused as refused:
            field = field_errors.blame(editing.fields, refused)
            self._blame(field.name if field else None, str(refused))
            return
        self._saved(record)

    def _blame(self, name: str | None, said: str) -> None:
        """Show what is wrong, beside the field `name` if it is about one."""
        if name is not None:
            self.fields.go(name)
        else:
            self.fields.again()
        self.query_one("#verdict", ProseText).update("" if name is not None else said)

    def _saved(self, record: Record) -> None:
        if self._keeper is not None:
            self._keeper.drop()
        written = {one.name for one in self.fields.editing.fields if one.changed}
        self.site_app.tell(self._done(record))
        for dispute in disputes_of(self.book, record):
            if dispute.field in written and self.work.record is not None:
                self.site_app.tell(self._beside(record, dispute.field, dispute.stands), bad=True)
        then, app = self.then, self.site_app
        self.dismiss(record)
        if then is not None:
            app.call_later(then, record)

    def _done(self, record: Record) -> str:
        if self.work.move is None:
            return say(SAVED, number=record.number)
        state = concession_hold.state_of(self.book.store, record).label
        return say(MOVED, number=record.number, move=self.work.move.label, state=state)

    def _beside(self, record: Record, name: str, stands: Any) -> str:
        """That somebody else's value stands beside the one saved."""
        other = next((one for one in stands if one.author != self.book.me), stands[-1])
        spec = type(record).specs()[name]
        who = self.values.person(other.author) or self.values.device(other.device)
        return say(BESIDE, field=spec.label, who=who, value=self.values.say(spec, other.value))

    # -- what others do meanwhile ------------------------------------------------------------

    def look(self) -> None:
        """Another process or a round may have changed the record: say so beside the field."""
        record = self.work.record
        now = self.book.find(record.id) if record is not None else None
        if record is None or now is None or self.work.base is None or now.dots == self.work.base:
            return
        self.fields.editing.commit(final=False)
        then, here, shown = (
            FieldVersions(self.work.base),
            FieldVersions(now.dots),
            FieldVersions(self.work.base),
        )
        registers = type(now).register_of()
        for field in self.fields.editing.fields:
            register = registers.get(field.name)
            if register is None or here.of(register) == then.of(register):
                continue
            value = getattr(now, field.name)
            if not field.changed:  # shown anew, so the person has seen it
                field.value = field.before = value
                shown.put(register, here.of(register))
            elif value != field.value:
                field.note = self._also(here.of(register)[0], field.spec, value)
        self.work = self.work.seeing(now, shown.text())
        self.fields.reload()

    def _also(self, dot: tuple[int, int], spec: Any, value: Any) -> Refused:
        device = self.book.people.device_of(dot[0])
        person = self.book.people.person_of(device)
        who = self.values.person(person) if person else self.values.device(device)
        return Refused(ALSO, who=who, value=self.values.say(spec, value))

    # -- other ways of filling in ------------------------------------------------------------

    def flush(self) -> None:
        """Keep the draft."""
        if self._keeper is not None:
            self._keeper.flush()

    @on(FormWidget.Wanted)
    def _wanted(self, event: FormWidget.Wanted) -> None:
        """A link's target is made in place; the link points to it once it is saved."""
        spec = next(one.spec for one in self.fields.editing.fields if one.name == event.name)
        cls = self.book.cls(spec.target)
        values: dict[str, Any] = {}
        if event.text and cls.kind.title:
            values[cls.kind.title] = event.text
        if spec.follows and spec.follows in cls.specs():
            values[spec.follows] = self.fields.editing.value(spec.follows)
        fields = self.fields
        self.site_app.open_form(
            spec.target, values, then=lambda made: fields.take(event.name, made.id)
        )
