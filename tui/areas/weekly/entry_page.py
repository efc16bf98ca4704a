"""The weekly status entry: prefilled, with the week's problems taken in; one key hands it in."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen

from models.calendar.business_dates import first_day, last_day
from models.records.weekly import entries, problem_intake
from models.records.weekly.entries import WeeklyEntryDue
from models.records.weekly.prefill import beforehand, prefill
from models.records.weekly.weekly_entry import HEALTH, Weekly
from models.schema.record import Record
from models.text.words import Refused, W, say
from tui.areas.weekly.entry_navigation import NO_PROJECT, EntryNavigation
from tui.areas.weekly.entry_view import Leafed
from tui.display.values import Values
from tui.pages.records import record_actions
from tui.pages.records.record_actions import Deeds
from tui.widgets import move_commands
from tui.widgets.app_context import AppContext
from tui.widgets.commands import Command, bindings
from tui.widgets.document_view import DocumentView

TITLE = W("周报 {week}  {days}  {project}", "Weekly {week}  {days}  {project}")
DONE = W("{number}：已提交。", "{number}: submitted.")
NO_FIELD = W("请先把光标移到一段文字上。", "Put the cursor on one of the texts first.")
NOTHING_MORE = W("没有可以预先填写的内容。", "There is nothing to fill in beforehand.")
NOT_BEGUN = W("这份周报还没有保存过；按 Ctrl+S 提交或按 e 修改。", "Not saved yet: Ctrl+S or e.")

COMMANDS = (
    Command(
        id="week.submit",
        word=W("提交", "Submit"),
        help=W("提交周报，预先填好的内容和本周问题一起保存", "submit the entry as shown"),
        keys="ctrl+s",
        action="submit",
        shown=1,
    ),
    Command(
        id="week.previous",
        word=W("上一周", "Week before"),
        help=W("到上一周的周报", "the entry of the week before"),
        keys="left",
        action="week(-1)",
        shown=14,
    ),
    Command(
        id="week.next",
        word=W("下一周", "Next week"),
        help=W("到下一周的周报", "the entry of the next week"),
        keys="right",
        action="week(1)",
        shown=15,
    ),
    Command(
        id="week.waiting",
        word=W("下一份待审", "Next to read"),
        help=W("到下一份等我审阅的周报", "the next entry that waits for me to read"),
        keys="tab",
        action="waiting",
        shown=18,
    ),
    Command(
        id="week.project",
        word=W("换项目", "Project"),
        help=W("到下一个项目的周报", "the entry of the next project"),
        keys="p,ctrl+g",
        action="project",
        shown=16,
    ),
    Command(
        id="week.health",
        word=W("状态", "Status"),
        help=W("正常、有风险、受阻，依次切换", "on track, at risk, blocked, one after another"),
        keys="c,f6",
        action="health",
        shown=17,
    ),
    Command(
        id="week.insert",
        word=W("再填一次", "Fill in again"),
        help=W("把算出的内容接到光标所在的文字后面", "append the computed text to this field"),
        keys="i,ctrl+r",
        action="insert",
    ),
    Command(
        id="week.record",
        word=W("记录页", "Record"),
        help=W("这份周报的记录页：历史、附件、作废", "its own page: history, files, voiding"),
        keys="o,ctrl+o",
        action="record",
    ),
)


class WeeklyPage(Deeds):
    """An entry by its record's id or by 'project/week'; without any, this week's."""

    commands: ClassVar = (*COMMANDS, *record_actions.COMMANDS)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, id: str | None = None) -> None:
        super().__init__()
        self._id = id
        self.entry: WeeklyEntryDue | None = None
        self.texts: dict[str, str] = {}
        """What is filled in beforehand."""

    def heading(self) -> str:
        """Which week, which project, in what state."""
        entry = self.entry
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
        """One leaf."""
        self.values = Values(self.workspace)
        yield DocumentView(id="entry")

    def on_mount(self) -> None:
        """Each move has its letter, where the page does not use it."""
        used = {key for command in self.commands for key in command.all_keys}
        for binding in bindings(move_commands.commands(Weekly.kind)):
            if binding.key not in used:
                self._bindings.key_to_bindings.setdefault(binding.key, []).append(binding)

    # -- reading -------------------------------------------------------------------------------

    @property
    def finding(self) -> EntryNavigation:
        """The entries of this person, due at the time that the settings say now."""
        return EntryNavigation(self.book, self.workspace.settings.weekly_due)

    def look(self) -> None:
        """Read the entry again, and what it will take in."""
        self.values.forget()
        usual = self.site_app.default_project()
        known, find = self.entry, self.finding
        self.entry = entry = find.again(known) if known is not None else find.entry(self._id, usual)
        person = entry.weekly.person if entry.weekly is not None else None
        found = problem_intake.preview(
            self.book, entry.project.id, entry.week, person or self.book.me, entry.weekly
        )
        self.texts = beforehand(self.book, entry, self.finding.calendar)
        parts = Leafed(self.book, self.values, entry, self.texts, found).parts()
        self.query_one(DocumentView).look(parts)

    def here(self) -> WeeklyEntryDue:
        """The entry that is shown. Raises `Refused` when there is none."""
        if self.entry is None:
            raise Refused(NO_PROJECT)
        return self.entry

    def chosen(self) -> str | None:
        """The entry's record; one not saved yet has none."""
        weekly = self.here().weekly
        if weekly is None:
            raise Refused(NOT_BEGUN)
        return weekly.id

    def why_not(self, action: str) -> Refused | None:
        """Handing in is dimmed where it is not this person's to do, or done."""
        weekly = self.entry.weekly if self.entry is not None else None
        if action == "submit" and weekly is not None:
            return next(c.why for c in self.book.chances(weekly) if c.move.id == "submit")
        return super().why_not(action)

    # -- doing ---------------------------------------------------------------------------------

    def action_submit(self) -> None:
        """Hand it in: what is filled in beforehand is saved along, the problems taken in."""
        entry = self.here()
        made = entries.submit(self.book, entry, self.texts, self._seen())
        self.site_app.tell(say(DONE, number=made.number))

    def _seen(self) -> str | None:
        weekly = self.here().weekly
        return weekly.dots if weekly is not None else None

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        kind, _, id = event.id.partition(":")
        if kind == "problem":
            self.site_app.open_record(id)
        elif kind == "field":
            self._edit(id)

    def action_edit(self) -> None:
        """Edit the field under the cursor, or the first one."""
        kind, _, name = self.query_one(DocumentView).current.partition(":")
        self._edit(name if kind == "field" else "progress")

    def _edit(self, name: str) -> None:
        entry = self.here()
        weekly: Record | None = entry.weekly
        if weekly is None or self.texts:
            weekly = entries.keep(self.book, entry, self.texts, self._seen())
        self.site_app.open_form("weekly", record=weekly)
        self._go(self.app.screen, name)

    def _go(self, page: Screen[Any], name: str) -> None:
        """Begin in that field of the form."""
        from tui.pages.forms.form_page import FormPage

        if isinstance(page, FormPage):
            page.call_after_refresh(lambda: page.fields.go(name))

    def action_insert(self) -> None:
        """Append the computed text to the field under the cursor; nothing typed is lost."""
        entry = self.here()
        kind, _, name = self.query_one(DocumentView).current.partition(":")
        texts = prefill(self.book, entry.project, entry.week, self.finding.calendar)
        if kind != "field" or name not in texts:
            raise Refused(NO_FIELD)
        if not texts[name]:
            raise Refused(NOTHING_MORE)
        kept = getattr(entry.weekly, name, None)
        text = f"{kept}\n{texts[name]}" if kept else texts[name]
        entries.keep(self.book, entry, {**self.texts, name: text}, self._seen())

    def action_health(self) -> None:
        """The next status."""
        entry = self.here()
        order = [None, *(name for name, _, _ in HEALTH)]
        now = entry.weekly.health if entry.weekly is not None else None
        to = order[(order.index(now) + 1) % len(order)] if now in order else None
        entries.keep(self.book, entry, {"health": to}, self._seen())

    def action_week(self, by: int) -> None:
        """The week before or after."""
        self.entry = self.finding.week_beside(self.here(), by)
        self.look_again()

    def action_project(self) -> None:
        """The next project."""
        self.entry = self.finding.next_project(self.here())
        self.look_again()

    def action_waiting(self) -> None:
        """The next entry that waits for this person to read it."""
        self.entry = self.finding.waiting(self.here())
        self.look_again()

    def action_make(self, move: str) -> None:
        """Handing in is the same by its letter."""
        if move == "submit":
            self.action_submit()
        else:
            super().action_make(move)

    def action_record(self) -> None:
        """The entry's own page."""
        self.site_app.open_record(self.target().id)


def entry_page(app: AppContext, id: str) -> WeeklyPage:  # noqa: ARG001
    """The page of a weekly entry by its record's id or its key."""
    return WeeklyPage(id)
