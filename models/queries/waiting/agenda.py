"""The agenda: everything that waits for one person, in groups, the overdue first.

What waits for whom follows from the states' declarations (`waiting_groups`), and what is due before
there is a record from `models.derived.expected`. Areas add what waits in another way (`waits`), and
what no state waits with (`reminds`: an approval that runs out, a report that is missing).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.approval import acknowledgements
from models.book.derived_state import StateView
from models.book.projects import my_projects, places_held
from models.calendar.business_dates import day_of
from models.derived.expected import NOON, STANDINGS, UNSYNCED, DueWindow, Expected, expected
from models.derived.gates import held_now
from models.frozen import Frozen, NamedTuple
from models.queries.waiting.urgency import due_day
from models.schema import late_modules
from models.schema.record import Record, kinds
from models.schema.roles import AUTHOR, LEADS, OWNER
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book


class AgendaSection(NamedTuple):
    """A group of Today."""

    name: str
    label: W
    place: int
    """Sections are shown in this order."""
    empty: W | None = None
    """What is said where nothing is in it; None = it is not shown then."""


_sections: dict[str, AgendaSection] = {}


def section(name: str, label: W, place: int, *, empty: W | None = None) -> None:
    """Declare a group of Today; areas do so in the module that fills it."""
    _sections[name] = AgendaSection(name, label, place, empty)


def sections() -> list[AgendaSection]:
    """The groups in the order in which they are shown."""
    for name in LATE:
        late_modules.load(name)
    return sorted(_sections.values(), key=lambda one: one.place)


LATE = ("agenda", "expected", "reminders")
"""The modules of the areas that fill the agenda."""
section("returned", W("被退回", "Returned to me"), 20)
section("verify", W("待验证", "To verify"), 30)
section("decide", W("待我处理", "Inbox"), 40)
section("acknowledge", W("待我知悉", "To acknowledge"), 45)
section("owned", W("由我负责", "In my charge"), 50)
section("work", W("我在办的事项", "My open work"), 55)
section("soon", W("即将到期或挂起", "Expiring, due soon or on hold"), 60)
AHEAD = 14
"""Days before its day from which on what is held is brought to mind."""
FAR = timedelta(days=7)
"""What is due later than this is far ahead."""
FEW = 2
"""Overdue things of one kind that are listed project by project; more are one line."""
TEAM = 10
"""Overdue things of the team that are listed; the others are counted."""
section("team", W("团队到期未交", "Not received from my team"), 90)


class AgendaGroup(NamedTuple):
    """Records of one type and state that wait for this person."""

    type: str
    state: str
    total: int
    records: list[Record]


class AwaitedRecord(Frozen):
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
    standing: str = ""
    """How it stands (`models.derived.expected`), where it is expected."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The natural key with which its record is begun; none where its page begins it."""
    project: str = ""
    """The id of its project."""
    person: str = ""
    """Who alone may do it; '' where several people may."""
    also: int = 0
    """For how many more projects the same is due: this line stands for all of them."""


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
    waits: bool = False
    """Whether the record waits for this person's own step, and is no mere reminder."""

    @property
    def key(self) -> str:
        """Names the task within the agenda."""
        if self.awaited is not None:
            return f"{self.awaited.type}:{self.awaited.key}"
        if self.more is not None:
            return f"more:{self.more[0]}:{self.more[1]}"
        return f"record:{self.record.id if self.record else ''}"


class Reminder(NamedTuple):
    """A record to think of, and the section in which it is listed."""

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


def agenda(
    book: Book, clock: str = NOON, reach: Mapping[str, int] | None = None
) -> list[AgendaItem]:
    """What waits for this person now, and what of today's rounds and entries is done.

    With `reach` (person -> until when their work is here, ms UTC) also what is overdue in the
    projects that this person leads.
    """
    order = {one.name: place for place, one in enumerate(sections())}
    today = book.today
    sql = "SELECT id, COALESCE(name, number) FROM project WHERE void IS NULL"
    names = {str(id): str(name) for id, name in book.store.rows(sql)}
    tasks = list(_expected(book, clock))
    tasks += [task for provider in _waits for task in provider(book, clock)]
    shown = {record.id for task in tasks if (record := _begun(task)) is not None}
    tasks += _waiting(book, today, names, shown)
    tasks += _unacknowledged(book, names, {task.record.id for task in tasks if task.record})
    tasks += _reminders(book, today, names, {task.record.id for task in tasks if task.record})
    if reach is not None:
        tasks += _of_team(book, clock, reach)
    last = len(order)
    return sorted(
        tasks, key=lambda task: (order.get(task.group, last), not task.overdue, _age(task))
    )


def _expected(book: Book, clock: str) -> Iterator[AgendaItem]:
    """What this person is expected to do in the present periods, begun or not."""
    window = DueWindow(
        first=book.today,
        last=book.today,
        projects=my_projects(book),
        people=frozenset([book.me]),
        clock=clock,
        behind=True,
    )
    found = [one for one in expected(book, window) if one.lingers or not one.done]
    for some in _alike(found, book.today):
        yield _item(some[0], some[0].group, some[0].progress, also=len(some) - 1)


def _alike(found: list[Expected], today: date) -> list[list[Expected]]:
    """What is expected, with what is the same in several projects together: it is one line.

    Only what is not started is put together: all that is far ahead, and more than a `FEW` overdue.
    So a quarter's checks of many projects do not bury the rounds of today.
    """
    far = today + FAR
    groups: dict[tuple[str, ...], list[Expected]] = {}
    for one in found:
        same = one.record is None and (one.overdue or one.day > far)
        apart = "" if same else one.key
        groups.setdefault((one.type, one.group, one.title, one.standing, apart), []).append(one)
    lines: list[list[Expected]] = []
    for some in groups.values():
        whole = len(some) > FEW or not some[0].overdue
        lines += [some] if whole else [[one] for one in some]
    return lines


def _of_team(book: Book, clock: str, reach: Mapping[str, int]) -> Iterator[AgendaItem]:
    """What others should have done in the projects that this person leads: the newest `TEAM`."""
    led = my_projects(book, LEADS)
    day = timedelta(days=1)
    window = DueWindow(
        first=book.today - 7 * day, last=book.today - day, projects=led, reach=reach, clock=clock
    )
    found = [
        one
        for one in (expected(book, window) if led else ())
        if book.me not in one.doers and (one.overdue or one.standing == UNSYNCED)
    ]
    found.sort(key=lambda one: (one.due, one.type, one.key), reverse=True)
    for one in found[:TEAM]:
        yield _item(one, "team", lambda one=one: STANDINGS[one.standing][0])  # type: ignore[misc]
    if len(found) > TEAM:
        yield AgendaItem("team", more=(found[TEAM].type, "", len(found) - TEAM))


def _item(one: Expected, group: str, progress: Callable[[], str | W], also: int = 0) -> AgendaItem:
    project = one.project.name or one.project.number
    awaited = AwaitedRecord(
        type=one.type,
        key=one.key,
        title=one.title,
        record=one.record,
        done=one.done,
        progress=progress,
        standing=one.standing,
        values=one.values,
        project=one.project.id,
        person=next(iter(one.doers)) if len(one.doers) == 1 else "",
        also=also,
    )
    return AgendaItem(group, one.overdue, due=one.day, project=project, awaited=awaited)


def done(task: AgendaItem) -> bool:
    """Whether it is submitted: listed, but nothing to do."""
    return task.awaited is not None and task.awaited.done


def count(tasks: Iterable[AgendaItem]) -> int:
    """How many things they are; one may represent many."""
    return sum(
        task.more[2] if task.more else 1 + (task.awaited.also if task.awaited else 0)
        for task in tasks
    )


def mine(tasks: Iterable[AgendaItem]) -> list[AgendaItem]:
    """What this person has to do of it: nothing that is done, or that others have to do."""
    return [task for task in tasks if not done(task) and task.group != "team"]


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
            group = group_of(record, book.me, waiting.state)
            derived = record.kind.state(waiting.state).derived  # it waits whatever comes next
            if record.id in shown or (not derived and own(book, record)):
                continue
            due = due_day(record)
            name = names.get(record.project or "", "")
            late = due is not None and due < today
            yield AgendaItem(group, late, record.occurred, due, name, record, waits=True)
        if left > 0:
            yield AgendaItem(group, more=(waiting.type, waiting.state, left))


def _unacknowledged(book: Book, names: dict[str, str], shown: set[str]) -> Iterator[AgendaItem]:
    """What this person must take note of."""
    for record in acknowledgements.unacknowledged(book):
        if record.id in shown:
            continue
        name = names.get(record.project or "", "")
        yield AgendaItem("acknowledge", False, record.occurred, None, name, record, waits=True)


def _reminders(
    book: Book, today: date, names: dict[str, str], shown: set[str]
) -> Iterator[AgendaItem]:
    found = [reminder for provider in _reminds for reminder in provider(book)]
    found += _held(book, {reminder.record.id for reminder in found})
    for group, record, due in found:
        if record.id not in shown:
            late = due is not None and due < today
            name = names.get(record.project or "", "")
            yield AgendaItem(group, late, record.occurred, due, name, record)


def _held(book: Book, known: set[str]) -> Iterator[Reminder]:
    """What is held, for its author and for those who lead its project."""
    until = (book.today + timedelta(days=AHEAD)).isoformat()
    for one in held_now(book.store).to_mind(until):
        record = rows.one(book.store, kinds[one.type], one.id) if one.id not in known else None
        if record is None:
            continue
        leads = not book.people.roles(book.me, one.project).isdisjoint(LEADS)
        if leads or record.author == book.me:
            yield Reminder("soon", record, day_of(one.due))


def group_of(record: Record, me: str, shown: str) -> str:
    """The group in which a record waits, as the state that it is shown in is declared.

    A derived state says by itself why it waits: the moves are those of the stored one.
    """
    kind, state = record.kind, record.kind.state(shown)
    if state.returned:
        return "returned"
    moves = [move for move in kind.moves if state.name in move.from_]
    if any("verified_by" in move.fills for move in moves):
        return "verify"
    if kind.agenda and AUTHOR in state.waits:
        return kind.agenda
    if OWNER in state.waits and me == (record.owner_id or record.author):
        return "owned"
    mine = AUTHOR in state.waits and permissions.whose(record) == me
    return "work" if mine else "decide"


def sent_back(record: Record | None) -> bool:
    """Whether a record was returned to its author."""
    return record is not None and record.kind.state(record.state).returned


def own(book: Book, record: Record) -> bool:
    """Whether it waits for a second person only: one's own submission."""
    if permissions.whose(record) != book.me:
        return False
    moves = [move for move in record.kind.moves if move.four_eyes and record.state in move.from_]
    if not moves:
        return False
    wrote = book.writers(record)
    last, people = book.submitter(record), book.people
    return any(
        permissions.four_eyes_blocks(people, book.me, record, move, last, wrote) for move in moves
    )


def waiting_groups(book: Book, limit: int = 50) -> list[AgendaGroup]:
    """What waits for this person, by type and state: the most urgent first, else the oldest."""
    found: list[AgendaGroup] = []
    everywhere = places_held(book)
    states = StateView(book.store)
    for cls in sorted(kinds.values(), key=lambda c: c.kind.menu):
        for state in cls.kind.states:
            if state.waits:
                shown, given = states.sql(cls.kind.name)
                where, params = _mine(book, cls, state.waits, everywhere)
                params = [*given, state.name, *params]
                where = f"WHERE {shown}=? AND void IS NULL AND ({where})"
                day = cls.kind.due_in(state.name)
                if state.waits_from is not None:
                    until = book.today + timedelta(days=state.waits_from)
                    where += f' AND ("{day}" IS NULL OR "{day}"<=?)'
                    params.append(until.isoformat())
                due = f'"{day}" IS NULL, "{day}", ' if day else ""
                sql = f'SELECT COUNT(*) FROM "{cls.kind.name}" {where}'
                total = int(book.store.rows(sql, params)[0][0])
                if total:  # the first are found by the index alone, whatever the records hold
                    first = f'SELECT rowid FROM "{cls.kind.name}" {where}'
                    first = f"WHERE rowid IN ({first} ORDER BY {due}n LIMIT {limit})"
                    page = rows.fetch(book.store, cls, f"{first} ORDER BY {due}n", params)
                    found.append(AgendaGroup(cls.kind.name, state.name, total, page))
    return found


def _mine(
    book: Book, cls: type[Record], waits: Sequence[str], everywhere: Sequence[str]
) -> tuple[str, list[str]]:
    """The SQL condition for 'it is this person's step', and its parameters."""
    parts, params = ["0"], list[str]()
    if AUTHOR in waits:
        owner = cls.kind.owner if cls.kind.own_only else ""
        parts.append(f'COALESCE("{owner}", author)=?' if owner else "author=?")
        params.append(book.me)
    if OWNER in waits:
        parts.append(f'COALESCE("{cls.kind.owner}", author)=?')
        params.append(book.me)
    if cls.kind.project == "none":
        if book.people.roles(book.me, None) & set(waits):
            parts.append("1")
    else:
        if cls.kind.project == "optional" and book.people.roles(book.me, None) & set(waits):
            parts.append("project IS NULL")
        here = [id for id in everywhere if book.people.roles(book.me, id) & set(waits)]
        if here:
            parts.append(f"project IN ({places(here)})")
            params += here
    return " OR ".join(parts), params
