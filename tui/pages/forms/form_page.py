"""The form: the fields of any declared type, new or existing, filled in on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.timer import Timer

from models.records.problems import recurrence, similar_problems
from models.records.problems.similar_problems import Lesson
from models.schema.record import Record
from models.storage.drafts import FormDraft
from models.text.words import W, say
from tui.areas.problems.similar_problems_panel import SimilarProblemsPanel
from tui.forms.editors.field_lines import Painted
from tui.forms.form_task import OCCURRED, FormTask, of_record
from tui.forms.form_widget import FormWidget
from tui.pages.base import Page
from tui.pages.dialogs.confirm import Confirm
from tui.pages.forms.external_editing import OUTSIDE
from tui.pages.forms.form_base import SAVE, FormBase
from tui.widgets.commands import Command

LOOK_AFTER = 0.25
"""Seconds of rest in typing before earlier problems are looked for."""
ALIKE = ("phenomenon", "site", "equipment")

DISCARD = W("放弃“{what}”中没有保存的内容？", "Throw away what is not saved in “{what}”?")
DISCARD_IT = W("放弃", "Discard")

COMMANDS = (
    SAVE,
    OUTSIDE,
    Command(
        id="form.earlier",
        word=W("类似问题", "Similar"),
        help=W("打开最近一次类似的问题", "open the nearest problem like this one"),
        keys="f6",
        action="earlier",
    ),
    Command(
        id="form.lesson",
        word=W("经验", "Lesson learned"),
        help=W("打开最相近的一条经验", "open the lesson most like this problem"),
        keys="f7",
        action="lesson",
    ),
    Command(
        id="form.discard",
        word=W("放弃", "Discard"),
        help=W("放弃没有保存的内容", "throw away what is not saved"),
        keys="f8",
        action="discard",
    ),
)


class FormPage(Page, FormBase):
    """A form over a record type: `values` prefill a new record, `record` is edited.

    With `move` it fills in what that move of the record asks for. `then` is called with the
    record once it is saved and the page is gone. A `draft` is continued without asking.
    """

    commands: ClassVar = COMMANDS
    AUTO_FOCUS = "FormWidget"

    class Learnt(Message):
        """Lessons like what is typed were found off the screen."""

        def __init__(self, found: list[Lesson]) -> None:
            super().__init__()
            self.lessons = found

    DEFAULT_CSS = """
    FormPage #verdict { padding: 0 1; color: $text-error; }
    """

    def __init__(
        self,
        type: str,
        values: Mapping[str, Any] | None = None,
        *,
        project: str | None = None,
        record: Record | None = None,
        move: str | None = None,
        then: Callable[[Record], None] | None = None,
        draft: FormDraft | None = None,
    ) -> None:
        if record is not None:
            work = of_record(record, move)
        else:
            work = FormTask(type_=type, start=dict(values or {}), project=project)
        if draft is not None:
            work = replace(work, base=draft.base)
        super().__init__(work, then, draft)
        self._looking: Timer | None = None

    def heading(self) -> str:
        """What the form is for."""
        return self.work.heading()

    def body(self) -> ComposeResult:
        """The fields; below them what came up before."""
        yield from self.filling()
        yield SimilarProblemsPanel(id="before")

    def action_discard(self) -> None:
        """Throw away what was typed, and close."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.forget()
                self.dismiss(None)

        question = say(DISCARD, what=self.heading())
        self.app.push_screen(Confirm(question, DISCARD_IT), answered)

    # -- what came up before -----------------------------------------------------------------

    def _begin(self) -> None:
        super()._begin()
        self._look_back()

    @on(FormWidget.Typed)
    @on(FormWidget.Left)
    def _rest(self, event: FormWidget.Typed | FormWidget.Left) -> None:
        if event.name in ALIKE and self.work.type_ in recurrence.TYPES:
            if self._looking is not None:
                self._looking.stop()
            self._looking = self.set_timer(LOOK_AFTER, self._look_back)

    def _look_back(self) -> None:
        """Look for earlier problems like this one; a report is about one, and is none itself."""
        if self.work.type_ not in recurrence.TYPES:
            return
        editing = self.fields.editing
        now = editing.value(OCCURRED) or self.book.journal.now()
        found = recurrence.earlier(
            self.book.store,
            now=now,
            site=editing.value("site"),
            equipment=editing.value("equipment"),
            text=str(editing.value("phenomenon") or ""),
            besides=self.work.record.id if self.work.record is not None else None,
        )
        self.query_one(SimilarProblemsPanel).look(found)
        self._learn(str(editing.value("phenomenon") or ""), editing.value("equipment"))

    @work(thread=True, exclusive=True, group="lessons")
    def _learn(self, text: str, equipment: str | None) -> None:
        """Ask the company's experience, where nobody waits for it."""
        store = self.book.store
        with store.db.connection_context():
            found = similar_problems.fitting(store, text, equipment)
        self.post_message(self.Learnt(found))

    @on(Learnt)
    def _learnt(self, event: Learnt) -> None:
        event.stop()
        self.query_one(SimilarProblemsPanel).learn(event.lessons)

    def action_earlier(self) -> None:
        """Open the nearest earlier problem; the form waits below it."""
        if self.query_one(SimilarProblemsPanel).found.nearest:
            self._open_at(0)

    def action_lesson(self) -> None:
        """Open the nearest lesson; the form waits below it."""
        before = self.query_one(SimilarProblemsPanel)
        if before.lessons:
            self._open_at(len(before.found.nearest))

    def _open_at(self, at: int) -> None:
        id = self.query_one(SimilarProblemsPanel).record_at(at)
        if id is not None:
            self.site_app.open_record(id)

    @on(Painted.Clicked, "#before")
    def _before_clicked(self, event: Painted.Clicked) -> None:
        self._open_at(event.at)
