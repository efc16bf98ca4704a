"""Form session: one form while it is filled in: its task, fields and draft, and how it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book import permissions
from models.book.conflict.conflicts import Stand, conflicts_of
from models.book.derived_state import shown_state
from models.schema.fields import Spec
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused, W, say
from tui.display.values import Values
from tui.forms import field_errors, form_task
from tui.forms.field import Field
from tui.forms.form_task import FormTask, of_record

if TYPE_CHECKING:
    from models.book.book import Book
    from sync.workspace.workspace import Workspace

SAVED = W("已保存 {number}", "{number} saved")
MOVED = W("{number}：{move}，现为“{state}”。", "{number}: {move}; now “{state}”.")
ALSO = W("{who} 同时改成了：{value}", "also changed by {who}: {value}")
BESIDE = W(
    "“{field}”也被 {who} 改成了“{value}”。两个值都已保留，请核对。",
    "“{field}” was also changed by {who}, to “{value}”. Both values are kept; please check.",
)


class SavedForm(NamedTuple):
    """A form that was saved: its record, the sentence for the person, and one for each conflict."""

    record: Record
    text: str
    conflicts: list[str]


class FormFault(NamedTuple):
    """Why a form was not saved: the field with the fault, or a text about the whole form."""

    field: str | None
    text: str


class FormSession:
    """The filling in of one form, over a book; knows nothing of the screen.

    `fields` are shared with the editor, which puts what is typed into them.
    """

    def __init__(
        self, workspace: Workspace, task: FormTask, draft: FormDraft | None = None
    ) -> None:
        self.workspace, self.task = workspace, task
        self.values = Values(workspace)
        self.fields = task.fields(workspace)
        self.continued = draft
        """The draft that is continued, which the person chose before; None for another one."""
        self._unknown: dict[str, Any] = form_task.restore(self.fields, draft) if draft else {}

    @property
    def book(self) -> Book:
        """The open book."""
        return self.workspace.book

    # -- whether it may be filled in ---------------------------------------------------------

    def why_closed(self) -> Refused | None:
        """Why this person may not do this now, or None."""
        people, me, task = self.book.people, self.book.me, self.task
        if task.record is None:
            return permissions.writing(people, me, task.kind, task.project)
        if task.move is None:
            return permissions.editing(people, me, task.record)
        return self.book.why_not(task.record, task.move)

    def reopening(self) -> Move | None:
        """The move that would open the record for editing again, if the person may make it."""
        record = self.task.record
        if record is None or self.task.move is not None:
            return None
        reopen = record.kind.state(record.state).reopen
        chance = next((one for one in self.book.chances(record) if one.move.id == reopen), None)
        return chance.move if chance is not None and chance.ok else None

    def reopened(self, record: Record) -> None:
        """The record is open again: edit it as it is now."""
        self.task = of_record(record)

    # -- the draft ---------------------------------------------------------------------------

    def older_draft(self) -> FormDraft | None:
        """The draft that was kept of this form earlier and is not continued yet."""
        drafts = Drafts(self.workspace.home)
        return None if self.continued is not None else drafts.get(self.task.key)

    def restore(self, draft: FormDraft) -> None:
        """Put a draft into the fields."""
        self._unknown = form_task.restore(self.fields, draft)
        if draft.base and self.task.record is not None:
            self.task = self.task.seeing(self.task.record, draft.base)

    def draft(self) -> FormDraft | None:
        """What was changed and is not saved, None where nothing was."""
        return self.task.draft(self.fields, self._unknown)

    # -- saving ------------------------------------------------------------------------------

    def save(self) -> SavedForm | FormFault:
        """Save the fields; what is wrong is marked at its field, and nothing is written then."""
        wrong = field_errors.check(self.task.cls, self.fields)
        if wrong is not None:
            return FormFault(wrong.name, "")
        try:
            record = self.task.save(self.book, self.fields)
        except Refused as refused:
            field = field_errors.blame(self.fields, refused)
            return FormFault(field.name, "") if field else FormFault(None, str(refused))
        return SavedForm(record, self._done(record), self._conflicts(record))

    def _done(self, record: Record) -> str:
        if self.task.move is None:
            return say(SAVED, number=record.number)
        state = shown_state(self.book.store, record).label
        return say(MOVED, number=record.number, move=self.task.move.label, state=state)

    def _conflicts(self, record: Record) -> list[str]:
        """Conflicts: values of others beside those that were saved just now."""
        if self.task.record is None:
            return []
        written = {one.name for one in self.fields if one.changed}
        all_conflicts = [one for one in conflicts_of(self.book, record) if one.field in written]
        return [self._beside(record, one.field, one.stands) for one in all_conflicts]

    def _beside(self, record: Record, name: str, stands: Sequence[Stand]) -> str:
        other = next((one for one in stands if one.author != self.book.me), stands[-1])
        spec = type(record).specs()[name]
        who = self.values.person(other.author) or self.values.device(other.device)
        return say(BESIDE, field=spec.label, who=who, value=self.values.say(spec, other.value))

    # -- what others do meanwhile ------------------------------------------------------------

    def changed_meanwhile(self) -> Record | None:
        """The record, if another process or a round changed it since it was last looked at."""
        record, base = self.task.record, self.task.base
        now = self.book.find(record.id) if record is not None else None
        return now if now is not None and base is not None and now.dots != base else None

    def take_over(self, now: Record) -> None:
        """Take others' changes into untouched fields, and note them beside those being edited."""
        base = self.task.base or ""
        then, here, shown = FieldVersions(base), FieldVersions(now.dots), FieldVersions(base)
        registers = type(now).register_of()
        for field in self.fields:
            register = registers.get(field.name)
            if register is None or here.of(register) == then.of(register):
                continue
            value = getattr(now, field.name)
            if not field.changed:  # shown anew, so the person has seen it
                field.value = field.before = value
                shown.put(register, here.of(register))
            elif value != field.value:
                field.note = self._also(here.of(register)[0], field.spec, value)
        self.task = self.task.seeing(now, shown.text())

    def _also(self, dot: tuple[int, int], spec: Spec, value: Any) -> Refused:
        device = self.book.people.device_of(dot[0])
        person = self.book.people.person_of(device)
        who = self.values.person(person) if person else self.values.device(device)
        return Refused(ALSO, who=who, value=self.values.say(spec, value))

    # -- links -------------------------------------------------------------------------------

    def target_of(self, name: str, text: str) -> tuple[str, dict[str, Any]]:
        """Type and first values of the record to be made for the link `name`, called `text`."""
        spec = self._field(name).spec
        cls = self.book.cls(spec.target)
        values: dict[str, Any] = {}
        if text and cls.kind.title:
            values[cls.kind.title] = text
        if spec.follows and spec.follows in cls.specs():
            values[spec.follows] = self.value(spec.follows)
        return spec.target, values

    def value(self, name: str) -> Any:
        """The value of a field, None where the form has no such field."""
        return next((one.value for one in self.fields if one.name == name), None)

    def _field(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)
