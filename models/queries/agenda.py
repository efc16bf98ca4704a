"""The agenda: everything that waits for one person, in groups, the overdue first.

What waits for whom follows from the states' declarations (`ask.waiting`); the day's checklists
and the weekly status are added, since they wait before they exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.book import permissions
from models.calendar.business_dates import business_day
from models.queries import links
from models.queries.urgency import due_day
from models.records.checks import due_rounds
from models.records.checks.due_rounds import ChecklistRound
from models.records.problems.reminders import reminders
from models.records.registers import calendar_years
from models.records.weekly import entries
from models.records.weekly.entries import NOON, WeeklyEntryDue
from models.schema.record import AUTHOR, Record
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

GROUPS = {
    "check": W("日常检查", "Checklists"),
    "returned": W("被退回", "Returned to me"),
    "verify": W("待再次验证", "To re-verify"),
    "decide": W("待我受理或审批", "For me to decide"),
    "work": W("在办的处置与问题", "My open fixes and problems"),
    "soon": W("即将到期或挂起", "Expiring or on hold"),
    "report": W("待写或待入库的问题报告", "Problem reports to do"),
    "week": W("周报", "Weekly status"),
}
"""The groups in the order in which they are shown."""


class AgendaItem(NamedTuple):
    """One thing that waits: a record, a round of a checklist, an entry, or how many more."""

    group: str
    overdue: bool = False
    since: int = 0
    """When it began, ms UTC; 0 = it has no age."""
    due: date | None = None
    project: str = ""
    """The project's name."""
    record: Record | None = None
    round: ChecklistRound | None = None
    entry: WeeklyEntryDue | None = None
    more: tuple[str, str, int] | None = None
    """Type, state and count of records that are not listed one by one."""

    @property
    def key(self) -> str:
        """Names the task within the agenda."""
        if self.round is not None:
            return f"round:{self.round.key}"
        if self.entry is not None:
            return f"entry:{self.entry.key}"
        if self.more is not None:
            return f"more:{self.more[0]}:{self.more[1]}"
        return f"record:{self.record.id if self.record else ''}"


def agenda(book: Book, clock: str = NOON) -> list[AgendaItem]:
    """What waits for this person now, and what of today's rounds and entries is done."""
    today = book.today
    names = {project.id: project.name or project.number for project in links.projects(book.store)}
    tasks = [*_rounds(book, today), *_entries(book, clock)]
    shown = {record.id for task in tasks if (record := _begun(task)) is not None}
    tasks += _waiting(book, today, names, shown)
    tasks += _reminders(book, today, names, {task.record.id for task in tasks if task.record})
    order = list(GROUPS)
    return sorted(tasks, key=lambda task: (order.index(task.group), not task.overdue, _age(task)))


def done(task: AgendaItem) -> bool:
    """Whether a round or an entry is handed in: listed, but waiting for nobody."""
    if task.round is not None:
        return task.round.done
    return task.entry is not None and task.entry.handed_in


def count(tasks: Iterable[AgendaItem]) -> int:
    """How many things they are; a task may stand for many."""
    return sum(task.more[2] if task.more else 1 for task in tasks)


def _begun(task: AgendaItem) -> Record | None:
    """The record of a round or an entry that is still in work, so that it stands only once."""
    if task.round is not None:
        return None if task.round.done else task.round.sheet
    return task.entry.weekly if task.entry is not None and not task.entry.handed_in else None


def _age(task: AgendaItem) -> tuple[bool, int]:
    """Oldest first; rounds and entries keep the order they came in."""
    return (task.more is not None, task.since if task.record is not None else 0)


def _rounds(book: Book, today: date) -> Iterator[AgendaItem]:
    for round in due_rounds.rounds(book, today, calendar_years.calendar(book)):
        if round.done and round.last != today:
            continue
        name = round.project.name or round.project.number
        sent = round.sheet is not None and _sent_back(round.sheet)
        group = "returned" if sent else "check"
        yield AgendaItem(group, round.late(today), due=round.due, project=name, round=round)


def _entries(book: Book, clock: str) -> Iterator[AgendaItem]:
    now = book.journal.now()
    for entry in entries.entries(book, calendar_years.calendar(book), clock):
        sent = entry.weekly is not None and _sent_back(entry.weekly)
        yield AgendaItem(
            "returned" if sent else "week",
            not entry.handed_in and now > entry.due,
            due=business_day(entry.due, book.zone),
            project=entry.project.name or entry.project.number,
            entry=entry,
        )


def _waiting(
    book: Book, today: date, names: dict[str, str], shown: set[str]
) -> Iterable[AgendaItem]:
    for waiting in links.waiting(book):
        left = waiting.total - len(waiting.records)
        group = ""
        for record in waiting.records:
            group = group_of(record, book.me)
            if record.id in shown or _own(book, record):
                continue
            due = due_day(record)
            name = names.get(record.project or "", "")
            late = due is not None and due < today
            yield AgendaItem(group, late, record.occurred, due, name, record)
        if left > 0:
            yield AgendaItem(group, more=(waiting.type, waiting.state, left))


def _reminders(
    book: Book, today: date, names: dict[str, str], shown: set[str]
) -> Iterator[AgendaItem]:
    for group, record, due in reminders(book):
        if record.id not in shown:
            late = due is not None and due < today
            name = names.get(record.project or "", "")
            yield AgendaItem(group, late, record.occurred, due, name, record)


def group_of(record: Record, me: str) -> str:
    """The group in which a record waits, as its state and moves are declared."""
    kind, state = record.kind, record.kind.state(record.state)
    if state.tone == "bad":
        return "returned"
    moves = [move for move in kind.moves if state.name in move.from_]
    if any("verified_by" in move.fills for move in moves):
        return "verify"
    if kind.name in ("sheet", "weekly") and AUTHOR in state.waits:
        return "check" if kind.name == "sheet" else "week"
    mine = AUTHOR in state.waits and record.author == me
    return "work" if mine else "decide"


def _sent_back(record: Record) -> bool:
    return record.kind.state(record.state).tone == "bad"


def _own(book: Book, record: Record) -> bool:
    """Whether it waits for a second person only: one's own submission."""
    if record.author != book.me:
        return False
    moves = [move for move in record.kind.moves if move.four_eyes and record.state in move.from_]
    last = book.submitter(record) if moves else frozenset[str]()
    return any(
        permissions.four_eyes_blocks(book.people, book.me, record, move, last) for move in moves
    )
