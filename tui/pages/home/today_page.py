"""Today page: the first page: what waits for a person, the overdue first."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date

from textual import on
from textual.app import ComposeResult

from models.derived import expected
from models.queries.waiting import agenda, longest_waiting
from models.queries.waiting.agenda import AgendaItem, AwaitedRecord
from models.records.registers import calendar_years
from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused, W, say
from sync.workspace import sync_status
from tui.display.row_source import DisplayLine, ListRow
from tui.display.task_rows import COLUMNS, HEAD, Rows, headed
from tui.display.values import WEEKDAYS, Values
from tui.pages import registry
from tui.pages.base import Page
from tui.pages.records.record_actions import RecordActions
from tui.pages.registry import ITEM_PAGES
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.grouped_list import GroupedList, GroupHead
from tui.widgets.windowed_list import WindowedList

TITLE = W("今日 {day} {weekday}", "Today {day} {weekday}")
REVIEW = W("待核对", "To review")
DECIDE = W("待解决的冲突 {count} 处（按 8 查看）", "Conflicts to resolve: {count} (press 8)")
QUARANTINED = W(
    "被隔离的改动 {count} 条，待审核（按 9 查看）",
    "Quarantined changes to review: {count} (press 9)",
)
DRAFTS = W("未完成的草稿", "Unfinished drafts")
NOTHING_YET = W(
    "团队的记录还没有到本机：请与同步服务器、文件夹或离线同步包同步（9 同步）。",
    "The team's records are not on this device yet: sync with a hub, a folder or a bundle"
    " (9 Sync).",
)
ALL_DONE = W("今天的事都办完了。", "All done for today.")
WAITING = W("待办 {count} 件", "To do: {count}")
OVERDUE = W("待办 {count} 件，逾期 {late} 件", "To do: {count}, {late} overdue")
NOT_BEGUN = W("还没有开始，按回车打开。", "Not started; Enter opens it.")

DISCARD = Command(
    id="today.discard",
    word=W("放弃草稿", "Discard draft"),
    help=W("放弃光标下的草稿", "discard the draft under the cursor"),
    keys="f8,delete",
    shown=9,
)
INBOX = Command(
    id="today.inbox",
    word=W("待我处理", "Inbox"),
    help=W("待我受理、审批、审阅和验证的记录", "records that wait for my decision"),
    keys="i,ctrl+d",
    shown=8,
)


class TodayActions(ActionGroup[Page]):
    """The commands of the first page."""

    extended_as = "today"

    @runs(INBOX)
    def inbox(self) -> Awaitable[None]:
        """Go to what waits for a decision."""
        return self.page.site_app.action_go("inbox")


class DraftActions(ActionGroup["TodayPage"]):
    """What can be done with a draft under the cursor."""

    def hidden(self, command: str) -> bool:  # noqa: ARG002
        """Whether the cursor is on something else."""
        return not self.page.is_attached or self.page.draft_here() is None

    @runs(DISCARD)
    def discard(self) -> None:
        """Throw it away, after a question."""
        page, draft = self.page, self.page.draft_here()
        if draft is not None:
            discard = registry.load("tui.pages.forms.drafts_dialog:discard")
            discard(page.site_app, draft, page.look_again)


class TodayPage(Page):
    """What waits for this person, in groups. Enter opens it where it is worked on."""

    actions = (TodayActions, DraftActions, RecordActions)
    AUTO_FOCUS = "WindowedList"

    def __init__(self) -> None:
        super().__init__()
        self.tasks: list[AgendaItem] = []
        self.drafts: list[FormDraft] = []
        self._any = True
        """Whether the book has any record; on a device that was just admitted it has none."""

    def heading(self) -> str:
        """The day, with its name where the calendar has one."""
        if not self.site_app.is_open:
            return super().heading()
        values = Values(self.workspace)
        today: date = values.today
        said = say(TITLE, day=f"{today:%m-%d}", weekday=WEEKDAYS[today.weekday()])
        known = calendar_years.calendar(self.book).day(today)
        return f"{said} {known.name}" if known.name is not None else said

    def body(self) -> ComposeResult:
        """One list."""
        yield GroupedList(COLUMNS, id="tasks", empty=ALL_DONE)

    def look(self) -> None:
        """Read again what waits."""
        reach = sync_status.reach(self.workspace)
        self.tasks = agenda.agenda(self.book, self.workspace.settings.weekly_due, reach)
        self.drafts = Drafts(self.workspace.home).waiting()
        self._any = self.workspace.store.row("SELECT 1 FROM head LIMIT 1") is not None
        lines = self.query_one(GroupedList)
        lines.show(self._rows())
        lines.note = self._note

    def _rows(self) -> list[ListRow]:
        said = Rows(self.workspace)
        found: list[ListRow] = []
        if self.drafts:
            found.append(GroupHead(say(HEAD, group=DRAFTS, count=len(self.drafts))))
            found += [said.draft(draft) for draft in self.drafts]
        found += self._to_review()
        tasks = longest_waiting.lifted(self.tasks, len(found))
        for section in agenda.sections():
            some = [task for task in tasks if task.group == section.name]
            if some:
                found.append(GroupHead(headed(section, some)))
                found += [said.task(task) for task in some]
            elif section.empty is not None:
                found.append(GroupHead(str(section.empty if self._any else NOTHING_YET), hint=True))
        return found

    def _to_review(self) -> list[ListRow]:
        """Conflicts to decide, and changes in quarantine."""
        known = self.site_app.standing()
        said = [(DECIDE, "conflicts", known.conflicts), (QUARANTINED, "sync", known.quarantined)]
        rows = [
            DisplayLine(f"place:{place}", {"title": say(word, count=count)}, "warning")
            for word, place, count in said
            if count
        ]
        return [GroupHead(say(HEAD, group=REVIEW, count=len(rows))), *rows] if rows else []

    def _note(self) -> str:
        waiting = agenda.mine(self.tasks)
        count = agenda.count(waiting) + len(self.drafts)
        late = agenda.count(task for task in waiting if task.overdue)
        if not count:
            return str(ALL_DONE) if self._any else ""
        return say(OVERDUE if late else WAITING, count=count, late=late)

    def chosen(self) -> str | None:
        """The record under the cursor; a round or an entry may have none yet."""
        task = self.here()
        if task is None:
            return None
        record = task.awaited.record if task.awaited is not None else task.record
        if record is None and task.more is None:
            raise Refused(NOT_BEGUN)
        return record.id if record is not None else None

    def project_here(self) -> str:
        """That of the task under the cursor; what is awaited may have no record yet."""
        task = self.here()
        if task is not None and task.awaited is not None:
            return task.awaited.project
        return super().project_here()

    def here(self) -> AgendaItem | None:
        """The task under the cursor."""
        key = self.query_one(GroupedList).current
        return next((task for task in self.tasks if task.key == key), None)

    def draft_here(self) -> FormDraft | None:
        """The draft under the cursor."""
        key = self.query_one(GroupedList).current
        return next((one for one in self.drafts if f"draft:{one.id}" == key), None)

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        """On a draft there is another command than on a record."""
        event.stop()
        self.refresh_bindings()
        self.say_keys()

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        task, draft = self.here(), self.draft_here()
        if event.id.startswith("place:"):
            self.site_app.call_later(self.site_app.action_go, event.id.partition(":")[2])
        elif draft is not None:
            self.site_app.open_draft(draft)
        elif task is not None:
            self._open(task)

    def _open(self, task: AgendaItem) -> None:
        app, awaited = self.site_app, task.awaited
        if awaited is not None and awaited.type in ITEM_PAGES and task.group != "team":
            app.open_item(awaited.type, awaited.key)
        elif awaited is not None:
            self._open_awaited(awaited, begins=task.group != "team")
        elif task.more is not None:
            app.open_list(task.more[0], **({"state": task.more[1]} if task.more[1] else {}))
        elif task.record is not None:
            app.open_item(task.record.type, task.record.id)

    def _open_awaited(self, awaited: AwaitedRecord, *, begins: bool) -> None:
        """The record of what is expected, begun now; of what others have to do, what there is."""
        app = self.site_app
        if awaited.record is not None:
            app.open_item(awaited.type, awaited.record.id)
        elif begins:
            made = expected.begin(self.book, awaited.type, awaited.values, awaited.project)
            app.open_item(awaited.type, made.id)
        else:
            app.open_list(awaited.type)
