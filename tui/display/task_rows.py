"""Tasks as rows of Today: what it is, what it is called, whose project, when due, how old."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.calendar import business_dates
from models.queries.agenda import AgendaItem
from models.records.checks import questions
from models.records.checks.due_rounds import ChecklistRound
from models.records.problems import concession_hold
from models.records.weekly.entries import WeeklyEntryDue
from models.schema.record import Record, kinds
from models.storage.drafts import FormDraft
from models.text.words import W, say
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine
from tui.display.values import Values, named

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

COLUMNS = (
    ListColumn("what", W("状态", "State"), 11),
    ListColumn("title", W("事项", "What"), 22, weight=5),
    ListColumn("project", W("项目", "Project"), 10, weight=2, priority=3),
    ListColumn("due", W("期限", "Due"), 9, priority=1),
    ListColumn("age", W("时长", "Age"), 6, priority=2, right=True),
)
ROUND = W("{name} 第{number}轮", "{name}, round {number}")
OF_DAY = W("{name}（{day}）", "{name} ({day})")
WHOSE = W("{name} · {who}", "{name} · {who}")
NOT_BEGUN = W("未开始", "not started")
MISSING = W("未填写", "not written")
TODAY, TOMORROW = W("今天", "today"), W("明天", "tomorrow")
DAYS_LATE = W("逾期{n}天", "{n}d late")
LATE = W("已逾期", "overdue")
WEEK = W("周报 {week}", "Weekly {week}")
MORE = W("还有 {count} 条{type}（{state}）", "{count} more: {type} ({state})")
DRAFT = W("草稿", "draft")
TYPED = ("line", "prose", "number")


class Rows:
    """Says tasks as rows of a list."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.values = Values(workspace)
        self.today = self.values.today
        self._look = concession_hold.Look(workspace.store)

    def task(self, task: AgendaItem) -> DisplayLine:
        """A task as a row."""
        if task.round is not None:
            return self._round(task, task.round)
        if task.entry is not None:
            return self._entry(task, task.entry)
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
            f"draft:{draft.key}", {"what": DRAFT, "title": title, "age": age}, "warning"
        )

    def _round(self, task: AgendaItem, round: ChecklistRound) -> DisplayLine:
        what: str | W = NOT_BEGUN
        title = titled(round)
        if round.first != round.last or round.first != self.today:
            title = say(OF_DAY, name=title, day=span_of(round))
        if round.sheet is not None:
            what = round.sheet.kind.state(round.sheet.state).label
            if not round.done:
                what = self._progress(round)
            if round.sheet.author != self.workspace.book.me:
                title = say(WHOSE, name=title, who=self.values.person(round.sheet.author))
        style = "muted" if round.done else self._style(task)
        return DisplayLine(task.key, self._said(task, what, title), style)

    def _progress(self, round: ChecklistRound) -> str:
        """How far a sheet is: '12/34'."""
        every = questions.questions(
            self.workspace.book.store, round.template.id, round.project.id, round.sheet
        )
        done = sum(question.result is not None for question in every)
        return f"{done}/{len(every)}"

    def _entry(self, task: AgendaItem, entry: WeeklyEntryDue) -> DisplayLine:
        what: str | W = MISSING
        if entry.weekly is not None:
            what = entry.weekly.kind.state(entry.weekly.state).label
        style = "muted" if entry.handed_in else self._style(task)
        return DisplayLine(task.key, self._said(task, what, say(WEEK, week=entry.week)), style)

    def _record(self, task: AgendaItem, record: Record) -> DisplayLine:
        label, name = record.kind.label, named(record, self.values)
        title = name if name == record.number else f"{label}  {name}"
        state = self._look.state(record).label
        said = self._said(task, state, title)
        return DisplayLine(
            task.key, {**said, "age": self.values.age(task.since)}, self._style(task)
        )

    def _more(self, task: AgendaItem, type: str, state: str, count: int) -> DisplayLine:
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
            return say(DAYS_LATE, n=late) if late > 0 else str(LATE)
        if late > 0:
            return ""
        near = {0: TODAY, -1: TOMORROW}.get(late)
        return str(near) if near is not None else f"{task.due:%m-%d}"

    def _style(self, task: AgendaItem) -> str:
        return "error" if task.overdue else "warning" if task.group == "returned" else ""


def titled(round: ChecklistRound) -> str:
    """A round's name, with its number where there are several a day."""
    name = round.template.name()
    return say(ROUND, name=name, number=round.number) if round.rounds > 1 else name


def span_of(round: ChecklistRound) -> str:
    """The day or the period of a round, in short."""
    if round.first == round.last:
        return f"{round.first:%m-%d}"
    if (round.last - round.first).days == 6:
        return business_dates.week_of(round.first)[5:]
    if round.first.month == round.last.month:
        return f"{round.first:%Y-%m}"
    return business_dates.quarter_of(date.fromordinal(round.first.toordinal()))
