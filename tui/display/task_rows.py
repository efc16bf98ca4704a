"""Tasks as rows of Today: what it is, what it is called, whose project, when due, how old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.queries.waiting import agenda
from models.queries.waiting.agenda import AgendaItem, AgendaSection, AwaitedRecord
from models.schema.record import Record, kinds
from models.storage.drafts import FormDraft
from models.text.words import W, say
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine
from tui.display.values import Values, named

if TYPE_CHECKING:
    from datetime import date

    from sync.workspace.workspace import Workspace

COLUMNS = (
    ListColumn("what", W("状态", "State"), 11, words=()),
    ListColumn("title", W("事项", "What"), 26, weight=5),
    ListColumn("project", W("项目", "Project"), 8, weight=3, priority=3),
    ListColumn("due", W("期限", "Due"), 9, priority=1),
    ListColumn("age", W("时长", "Age"), 6, priority=2, right=True),
)
HEAD = W("{group}  {count}", "{group}  {count}")
HEAD_LATE = W("{group}  {count}，逾期 {late}", "{group}  {count}, {late} overdue")
HEAD_DONE = W("{group}  已完成 {done}/{count}", "{group}  {done}/{count} done")
HEAD_DONE_LATE = W(
    "{group}  已完成 {done}/{count}，逾期 {late}", "{group}  {done}/{count} done, {late} overdue"
)
WHOSE = W("{name} · {who}", "{name} · {who}")
PROJECTS = W("{n} 个项目", "{n} projects")
TODAY, TOMORROW = W("今天", "today"), W("明天", "tomorrow")
DAYS_LATE = W("逾期{n}天", "{n}d late")
LATE = W("已逾期", "overdue")
MORE = W("还有 {count} 条{type}（{state}）", "{count} more: {type} ({state})")
MORE_OF_ALL = W("还有 {count} 项", "{count} more")
DRAFT = W("草稿", "draft")
TYPED = ("line", "prose", "number")


def headed(section: AgendaSection, tasks: list[AgendaItem]) -> str:
    """A group's heading: how many, how many of them are done, how many are overdue.

    Done are counted among what is due now: what is left from before is overdue, and said apart.
    """
    count, late = agenda.count(tasks), agenda.count(task for task in tasks if task.overdue)
    done = sum(map(agenda.done, tasks))
    if done:
        word = HEAD_DONE_LATE if late else HEAD_DONE
        count -= late
    else:
        word = HEAD_LATE if late else HEAD
    return say(word, group=section.label, count=count, done=done, late=late)


class Rows:
    """Shows tasks as rows of a list."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.values = Values(workspace)
        self.today = self.values.today
        self._look = StateView(workspace.store)

    def task(self, task: AgendaItem) -> DisplayLine:
        """A task as a row."""
        if task.awaited is not None:
            return self._awaited(task, task.awaited)
        if task.more is not None:
            return self._more(task, *task.more)
        assert task.record is not None
        return self._record(task, task.record)

    def draft(self, draft: FormDraft) -> DisplayLine:
        """A draft as a row: what kind of record, and the words typed so far."""
        specs = kinds[draft.type].specs() if draft.type in kinds else {}
        label = kinds[draft.type].kind.label if draft.type in kinds else draft.type
        words = [
            str(value)
            for name, value in {**draft.values, **draft.texts}.items()
            if isinstance(value, str) and (name not in specs or specs[name].kind in TYPED)
        ]
        title = " ".join([str(label), "", *" ".join(words).split()])
        age = self.values.age(draft.at)
        return DisplayLine(
            f"draft:{draft.id}", {"what": DRAFT, "title": title, "age": age}, "warning"
        )

    def _awaited(self, task: AgendaItem, awaited: AwaitedRecord) -> DisplayLine:
        title, record = awaited.title, awaited.record
        who = record.author if record is not None else awaited.person
        if who and who != self.workspace.book.me:
            title = say(WHOSE, name=title, who=self.values.person(who))
        style = "muted" if awaited.done else self._style(task)
        said = self._said(task, awaited.progress(), title)
        if awaited.also:
            said["project"] = say(PROJECTS, n=awaited.also + 1)
        return DisplayLine(task.key, said, style)

    def _record(self, task: AgendaItem, record: Record) -> DisplayLine:
        label, name = record.kind.label, named(record, self.values)
        title = name if name == record.number else f"{label}  {name}"
        state = self._look.state(record).label
        said = self._said(task, state, title)
        return DisplayLine(
            task.key, {**said, "age": self.values.age(task.since)}, self._style(task)
        )

    def _more(self, task: AgendaItem, type: str, state: str, count: int) -> DisplayLine:
        if not state:
            return DisplayLine(task.key, {"title": say(MORE_OF_ALL, count=count)}, "muted")
        kind = kinds[type].kind
        title = say(MORE, count=count, type=kind.label, state=kind.state(state).label)
        return DisplayLine(task.key, {"title": title}, "muted")

    def _said(self, task: AgendaItem, what: str | W, title: str) -> dict[str, str | W]:
        return {"what": what, "title": title, "project": task.project, "due": self._due(task)}

    def _due(self, task: AgendaItem) -> str:
        """When it is due, as people say it."""
        if task.due is None:
            return ""
        late = (self.today - task.due).days
        if task.overdue:
            return due_words(task.due, self.today) if late > 0 else str(LATE)
        return "" if late > 0 else due_words(task.due, self.today)

    def _style(self, task: AgendaItem) -> str:
        return "error" if task.overdue else "warning" if task.group == "returned" else ""


def due_words(due: date, today: date) -> str:
    """When something is due, as people say it: so many days late, today, tomorrow, or the day."""
    late = (today - due).days
    if late > 0:
        return say(DAYS_LATE, n=late)
    near = {0: TODAY, -1: TOMORROW}.get(late)
    return str(near) if near is not None else f"{due:%m-%d}"
