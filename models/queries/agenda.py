"""The agenda: everything that waits for one person, in groups, the overdue first.

What waits for whom follows from the states' declarations (`waiting_groups`). Areas add what waits
before there is a record (`waits`: the day's checklists, the weekly status) and what no state waits
with (`reminds`: an approval that runs out, a report that is missing).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.book import permissions
from models.book.projects import all_projects
from models.queries.urgency import due_day
from models.schema import late_modules
from models.schema.record import Record, kinds
from models.schema.roles import AUTHOR
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

NOON = "12:00"
"""When on the first working day after its week an entry is due, unless a setting says else."""
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


class AgendaGroup(NamedTuple):
    """Records of one type and state that wait for this person."""

    type: str
    state: str
    total: int
    records: list[Record]


@dataclass(frozen=True, slots=True)
class AwaitedRecord:
    """A record that is due and may not be begun: a round of a checklist, a week's entry."""

    type: str
    """The type of the record that it is or will be."""
    key: str
    """Names it within its type, before it is begun and after."""
    title: str
    record: Record | None
    done: bool
    """Whether it is submitted: listed, but nothing to do."""
    progress: Callable[[], str | W]
    """How far it is, in a word."""


class AgendaItem(NamedTuple):
    """One thing that waits: a record, one that is awaited, or how many more."""

    group: str
    overdue: bool = False
    since: int = 0
    """When it began, ms UTC; 0 = it has no age."""
    due: date | None = None
    project: str = ""
    """The project's name."""
    record: Record | None = None
    awaited: AwaitedRecord | None = None
    more: tuple[str, str, int] | None = None
    """Type, state and count of records that are not listed one by one."""

    @property
    def key(self) -> str:
        """Names the task within the agenda."""
        if self.awaited is not None:
            return f"{self.awaited.type}:{self.awaited.key}"
        if self.more is not None:
            return f"more:{self.more[0]}:{self.more[1]}"
        return f"record:{self.record.id if self.record else ''}"


class Reminder(NamedTuple):
    """A record to think of: 'soon' (near, held or run out) or 'report' (to write or to keep)."""

    group: str
    record: Record
    due: date | None


Waits = Callable[["Book", str], Iterable[AgendaItem]]
Reminds = Callable[["Book"], Iterable[Reminder]]
_waits: list[Waits] = []
_reminds: list[Reminds] = []


def waits(provider: Waits) -> Waits:
    """Register `(book, clock)`: what waits for this person before there is a record.

    `clock` is the time of day at which weekly entries are due.
    """
    _waits.append(provider)
    return provider


def reminds(provider: Reminds) -> Reminds:
    """Register `(book)`: records that this person is to be reminded of, though no state waits."""
    _reminds.append(provider)
    return provider


def agenda(book: Book, clock: str = NOON) -> list[AgendaItem]:
    """What waits for this person now, and what of today's rounds and entries is done."""
    late_modules.load("agenda")
    late_modules.load("reminders")
    today = book.today
    names = {project.id: project.name or project.number for project in all_projects(book.store)}
    tasks = [task for provider in _waits for task in provider(book, clock)]
    shown = {record.id for task in tasks if (record := _begun(task)) is not None}
    tasks += _waiting(book, today, names, shown)
    tasks += _reminders(book, today, names, {task.record.id for task in tasks if task.record})
    order = list(GROUPS)
    return sorted(tasks, key=lambda task: (order.index(task.group), not task.overdue, _age(task)))


def done(task: AgendaItem) -> bool:
    """Whether it is submitted: listed, but nothing to do."""
    return task.awaited is not None and task.awaited.done


def count(tasks: Iterable[AgendaItem]) -> int:
    """How many things they are; one may represent many."""
    return sum(task.more[2] if task.more else 1 for task in tasks)


def _begun(task: AgendaItem) -> Record | None:
    """The record of what is awaited while it is in work, so that it is listed only once."""
    return task.awaited.record if task.awaited is not None and not task.awaited.done else None


def _age(task: AgendaItem) -> tuple[bool, int]:
    """Oldest first; rounds and entries keep the order they came in."""
    return (task.more is not None, task.since if task.record is not None else 0)


def _waiting(
    book: Book, today: date, names: dict[str, str], shown: set[str]
) -> Iterable[AgendaItem]:
    for waiting in waiting_groups(book):
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
    found = (reminder for provider in _reminds for reminder in provider(book))
    for group, record, due in found:
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
    if kind.agenda and AUTHOR in state.waits:
        return kind.agenda
    mine = AUTHOR in state.waits and permissions.whose(record) == me
    return "work" if mine else "decide"


def sent_back(record: Record | None) -> bool:
    """Whether a record was returned to its author."""
    return record is not None and record.kind.state(record.state).tone == "bad"


def _own(book: Book, record: Record) -> bool:
    """Whether it waits for a second person only: one's own submission."""
    moves = [move for move in record.kind.moves if move.four_eyes and record.state in move.from_]
    wrote = book.writers(record)
    mine = permissions.whose(record) == book.me
    if not moves or not (mine or any(book.me in wrote(move) for move in moves)):
        return False
    last, people = book.submitter(record), book.people
    return any(
        permissions.four_eyes_blocks(people, book.me, record, move, last, wrote) for move in moves
    )


def waiting_groups(book: Book, limit: int = 50) -> list[AgendaGroup]:
    """What waits for this person, by type and state, oldest first."""
    found: list[AgendaGroup] = []
    everywhere = [project.id for project in all_projects(book.store)]
    for cls in sorted(kinds.values(), key=lambda c: c.kind.menu):
        for state in cls.kind.states:
            if state.waits:
                where, params = _mine(book, cls, state.waits, everywhere)
                params = [state.name, *params]
                where = f"WHERE state=? AND void IS NULL AND ({where})"
                sql = f'SELECT COUNT(*) FROM "{cls.kind.name}" {where}'
                total = int(book.store.rows(sql, params)[0][0])
                if total:
                    page = rows.fetch(book.store, cls, f"{where} ORDER BY n LIMIT {limit}", params)
                    found.append(AgendaGroup(cls.kind.name, state.name, total, page))
    return found


def _mine(
    book: Book, cls: type[Record], waits: Sequence[str], everywhere: Sequence[str]
) -> tuple[str, list[str]]:
    """The SQL condition for 'it is this person's step', and its parameters."""
    parts, params = ["0"], list[str]()
    if AUTHOR in waits:
        owner = cls.kind.owner
        parts.append(f'COALESCE("{owner}", author)=?' if owner else "author=?")
        params.append(book.me)
    if cls.kind.project == "none":
        if book.people.roles(book.me, None) & set(waits):
            parts.append("1")
    else:
        here = [id for id in everywhere if book.people.roles(book.me, id) & set(waits)]
        if here:
            parts.append(f"project IN ({places(here)})")
            params += here
    return " OR ".join(parts), params
