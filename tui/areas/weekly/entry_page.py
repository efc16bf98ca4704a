"""The weekly status entry: pre-filled, with the problems of the week; one key submits it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from models.calendar.business_dates import first_day, last_day
from models.records.weekly import problem_intake
from models.records.weekly.entries import WeeklyEntryDue
from models.records.weekly.prefill import beforehand
from models.records.weekly.weekly_entry import Weekly, left_empty
from models.text.words import Refused, W, say, several
from tui.areas.weekly.entry_editing import NO_FIELD, EntryEditing
from tui.areas.weekly.entry_navigation import NO_PROJECT, EntryNavigation
from tui.areas.weekly.entry_view import EntryView
from tui.display.values import Values
from tui.pages.base import Page
from tui.pages.forms.form_page import FormPage
from tui.pages.records.move_commands import add_moves
from tui.pages.records.record_actions import EDIT, RecordActions
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import AppContext
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("周报 {week}  {days}  {project}", "Weekly {week}  {days}  {project}")
DONE = W("{number}：已提交。", "{number}: submitted.")
EMPTY = W("没有填：{fields}。", "Left empty: {fields}.")
FIRST_FIELD = "progress"

SUBMIT = Command(
    id="week.submit",
    word=W("提交", "Submit"),
    help=W("提交周报，预先填好的内容和本周问题一起保存", "submit the entry as shown"),
    keys="ctrl+s",
    shown=1,
)
PREVIOUS = Command(
    id="week.previous",
    word=W("上一周", "Previous week"),
    help=W("到上一周的周报", "the entry of the previous week"),
    keys="left",
    shown=14,
)
NEXT = Command(
    id="week.next",
    word=W("下一周", "Next week"),
    help=W("到下一周的周报", "the entry of the next week"),
    keys="right",
    shown=15,
)
WAITING = Command(
    id="week.waiting",
    word=W("下一份待审", "Next to review"),
    help=W("到下一份待我审阅的周报", "the next entry that waits for my review"),
    keys="tab",
    shown=18,
)
PROJECT = Command(
    id="week.project",
    word=W("换项目", "Project"),
    help=W("到下一个项目的周报", "the entry of the next project"),
    keys="p,ctrl+g",
    shown=16,
)
HEALTH = Command(
    id="week.health",
    word=W("状况", "Health"),
    help=W("正常、有风险、受阻，依次切换", "on track, at risk, blocked, one after another"),
    keys="c,f6",
    shown=17,
)
INSERT = Command(
    id="week.insert",
    word=W("再填一次", "Fill in again"),
    help=W("把算出的内容接到光标所在的文字后面", "append the computed text to this field"),
    keys="i,ctrl+r",
)
RECORD = Command(
    id="week.record",
    word=W("记录页", "Record"),
    help=W("这份周报的记录页：历史、附件、作废", "the entry's page: history, files, voiding"),
    keys="o,ctrl+o",
)


class EntryActions(ActionGroup["WeeklyPage"]):
    """Writing an entry and handing it in, and the ways to other entries."""

    def why_not(self, command: str) -> Refused | None:
        """Submit is dimmed where it is done, or not for this person to do."""
        editing = self.page.editing
        if command != SUBMIT.id or editing is None:
            return None
        return editing.why_not_submit()

    @runs(SUBMIT)
    def submit(self) -> None:
        """Submit it: what is pre-filled is saved along, the problems taken in."""
        made = self.page.here().submit()
        told, empty = say(DONE, number=made.number), left_empty(made)
        if empty:
            told = f"{told} {say(EMPTY, fields=several(spec.label for spec in empty))}"
        self.page.site_app.tell(told, bad=bool(empty))

    @runs(PREVIOUS, -1)
    @runs(NEXT, 1)
    def week(self, by: int) -> None:
        """Show the entry of the week before or after."""
        self.page.show_entry(self.page.finding.neighbour_week(self.page.here().entry, by))

    @runs(WAITING)
    def waiting(self) -> None:
        """Show the next entry that waits for this person to read it."""
        self.page.show_entry(self.page.finding.waiting(self.page.here().entry))

    @runs(PROJECT)
    def project(self) -> None:
        """Show the entry of the next project."""
        self.page.show_entry(self.page.finding.next_project(self.page.here().entry))

    @runs(HEALTH)
    def health(self) -> None:
        """Change to the next status."""
        self.page.here().next_health()

    @runs(INSERT)
    def insert(self) -> None:
        """Append the computed text to the field under the cursor; nothing typed is lost."""
        editing, field = self.page.here(), self.page.field
        if field is None:
            raise Refused(NO_FIELD)
        editing.append_computed(field, self.page.finding.calendar)

    @runs(RECORD)
    def open_record(self) -> None:
        """Open the entry's own page."""
        self.page.site_app.open_record(self.page.here().record().id)

    @runs(EDIT)
    def edit(self) -> None:
        """Edit the field under the cursor, or the first one."""
        self.edit_field(self.page.field or FIRST_FIELD)

    def make(self, move: str) -> None:
        """Make a move by its letter; Submit is the same as by its key."""
        if move == "submit":
            self.submit()
        else:
            self.page.group(RecordActions).make(move)

    def edit_field(self, name: str) -> None:
        """Open the form of the entry, at a field."""
        app = self.page.site_app
        app.open_form("weekly", record=self.page.here().saved())
        form = app.screen
        if isinstance(form, FormPage):
            form.call_after_refresh(lambda: form.fields.go(name))


class WeeklyPage(Page):
    """An entry by its record's id or by 'project/week'; without any, this week's."""

    actions = (EntryActions, RecordActions)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, id: str | None = None) -> None:
        super().__init__()
        self._id = id
        self._entry: WeeklyEntryDue | None = None
        self.editing: EntryEditing | None = None
        """The entry that is shown."""

    def heading(self) -> str:
        """Which week, which project, in what state."""
        entry = self._entry
        if entry is None:
            return str(Weekly.kind.label)
        first = first_day(entry.week)
        days = f"{first:%m-%d}..{last_day(entry.week):%m-%d}"
        said = say(TITLE, week=entry.week, days=days, project=entry.project.name or "")
        if entry.weekly is None:
            return said
        who = "" if entry.weekly.person == self.book.me else self._who(entry.weekly)
        return f"{said}  {who}{entry.weekly.kind.state(entry.weekly.state).label}"

    def _who(self, weekly: Weekly) -> str:
        return f"{self.book.people.name(weekly.person or weekly.author)}  "

    def body(self) -> ComposeResult:
        """The entry as one document."""
        self.values = Values(self.workspace)
        yield DocumentView(id="entry")

    def on_mount(self) -> None:
        """Each move has its letter, where the page does not use it."""
        group = self.group(EntryActions)
        self.bind_commands(add_moves(group, Weekly.kind, EntryActions.make, self.used_keys))

    # -- reading -------------------------------------------------------------------------------

    @property
    def finding(self) -> EntryNavigation:
        """The entries of this person, due at the time that the settings say now."""
        return EntryNavigation(self.book, self.workspace.settings.weekly_due)

    def look(self) -> None:
        """Read the entry again, and what it will take in."""
        self.values.forget()
        usual = self.site_app.default_project()
        known, find = self._entry, self.finding
        self._entry = entry = (
            find.again(known) if known is not None else find.entry(self._id, usual)
        )
        person = entry.weekly.person if entry.weekly is not None else None
        found = problem_intake.preview(
            self.book, entry.project.id, entry.week, person or self.book.me, entry.weekly
        )
        texts = beforehand(self.book, entry, find.calendar)
        self.editing = EntryEditing(self.book, entry, texts)
        parts = EntryView(self.book, self.values, entry, texts, found).parts()
        self.query_one(DocumentView).look(parts)

    def here(self) -> EntryEditing:
        """The entry that is shown. Raises `Refused` when there is none."""
        if self.editing is None:
            raise Refused(NO_PROJECT)
        return self.editing

    @property
    def field(self) -> str | None:
        """The field under the cursor."""
        kind, _, name = self.query_one(DocumentView).current.partition(":")
        return name if kind == "field" else None

    def chosen(self) -> str | None:
        """The entry's record; one not saved yet has none."""
        return self.here().record().id

    def project_here(self) -> str:
        """The entry's project; asking writes no record."""
        return str(self.here().entry.project.id)

    def show_entry(self, entry: WeeklyEntryDue) -> None:
        """Show another entry."""
        self._entry = entry
        self.look_again()

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        kind, _, id = event.id.partition(":")
        if kind == "problem":
            self.site_app.open_record(id)
        elif kind == "field":
            self.group(EntryActions).edit_field(id)


def entry_page(app: AppContext, id: str) -> WeeklyPage:  # noqa: ARG001
    """The page of a weekly entry by its record's id or its key."""
    return WeeklyPage(id)
