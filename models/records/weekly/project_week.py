"""The project's week: what its people submitted and what the records say, brought together once.

The lead's screen and the document have the same figures. Clause: 5.3.1(2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from models.book import permissions
from models.book.derived_state import StateView
from models.book.permissions import IMPORT
from models.calendar.business_dates import first_day, last_day, week_span
from models.calendar.working_calendar import BUNDLED, Calendar
from models.derived.expected import NOON
from models.records.checks import due_rounds
from models.records.checks.limits import number
from models.records.checks.round_plan import ChecklistRound
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.records.preparation.milestone import Milestone
from models.records.problems.concession import Concession
from models.records.problems.escalation import Escalation
from models.records.registers.project import Project
from models.records.weekly import entries as status
from models.records.weekly import problem_intake, week_problems
from models.records.weekly.review_grid import Team
from models.records.weekly.weekly_entry import HANDED_IN, HEALTH, Weekly
from models.schema.record import Record
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

R = TypeVar("R", bound=Record)


class WeekMember(NamedTuple):
    """One person's part of the week; `standing` is the entry's state, or why there is none."""

    person: str
    standing: str
    """As in `review.Cell`: 'missing' is not 'unsynced' and not 'due'."""
    late: bool
    weekly: Weekly | None

    @property
    def handed_in(self) -> bool:
        """Whether the entry is submitted or accepted."""
        return self.weekly is not None and self.standing in HANDED_IN


class EntryNews(NamedTuple):
    """A problem of the week, once, in the words of the entry that has it (or of its record)."""

    source: str
    """The id of the fix or escalation it began with."""
    person: str
    values: Mapping[str, Any]
    """As the rows of an entry have them (`weekly_problem`)."""

    @property
    def solved(self) -> bool:
        """Whether it is solved."""
        return bool(self.values["outcome"] == "solved")


class RoundFigures(NamedTuple):
    """A checklist in the week: sheets due and submitted, items checked, items not ok."""

    template: Template
    due: int
    done: int
    items: int
    bad: int


class WeekFigures(NamedTuple):
    """The week in numbers."""

    people: int
    handed_in: int
    accepted: int
    late: int
    missing: int
    """Not submitted though it is time, as far as is known here."""
    unsynced: int
    """Nothing heard of since: perhaps submitted, perhaps not."""
    hours: Decimal
    solved: int
    unsolved: int
    verified: int
    supplements: int
    found: int
    """Fixes and escalations that were found in the week."""
    escalations: int
    """Escalations that are open at the end."""
    overdue: int
    due: int
    done: int
    items: int
    bad: int


class WeekReport(NamedTuple):
    """A project's week, compiled."""

    project: Project
    week: str
    members: list[WeekMember]
    problems: list[EntryNews]
    escalations: list[Escalation]
    """Open ones at the week's end, the most urgent first."""
    concessions: list[Concession]
    """Those not ended yet."""
    milestones: list[Milestone]
    """Those not done, the next one first; whether one is held is a derived state."""
    rounds: list[RoundFigures]
    figures: WeekFigures

    @property
    def health(self) -> str | None:
        """The worst status of the submitted entries; None where none has one."""
        order = [name for name, _, _ in HEALTH]
        given = [m.weekly.health for m in self.members if m.handed_in and m.weekly is not None]
        known = [one for one in given if one in order]
        return max(known, key=order.index, default=None)


def week_report(
    book: Book,
    project: Project,
    week: str,
    reach: Mapping[str, int],
    calendar: Calendar = BUNDLED,
    clock: str = NOON,
) -> WeekReport:
    """Compile a project's week; `reach` says until when whose work is here (ms UTC)."""
    members = _members(book, Team(book, [project], reach, calendar, clock), project, week)
    told = told_of(book, project.id, week, members)
    raised = _open(book, project.id, week)
    rounds = _rounds(book, project, week, calendar)
    figures = _figures(book, project.id, week, members, told, raised, rounds)
    return WeekReport(
        project=project,
        week=week,
        members=members,
        problems=told,
        escalations=raised,
        concessions=_going_on(book.store, Concession, project.id, "n"),
        milestones=_going_on(book.store, Milestone, project.id, "due IS NULL, due, n"),
        rounds=rounds,
        figures=figures,
    )


def told_of(book: Book, project: str, week: str, members: Sequence[WeekMember]) -> list[EntryNews]:
    """Every problem of the week once: solved ones first, in the order of their solution.

    The texts of submitted entries are used; a problem that no entry has is read from the records,
    so that none is missing because its entry is.
    """
    found: dict[str, EntryNews] = {}
    for member in members:
        if member.weekly is not None and member.handed_in:
            for row in problem_intake.problems_of(book.store, member.weekly.id):
                source = row.source or row.id
                known = found.get(source)
                if known is None or (row.outcome == "solved" and not known.solved):
                    found[source] = EntryNews(source, member.person, row.values())
    for problem, values in week_problems.of_week(book, project, week):
        if problem.source.id not in found:
            person = getattr(problem.speaks, "fixed_by", None) or problem.speaks.author
            found[problem.source.id] = EntryNews(problem.source.id, person, values)
    return sorted(found.values(), key=lambda one: not one.solved)


def _members(book: Book, team: Team, project: Project, week: str) -> list[WeekMember]:
    """Those who owe an entry, by name, then others who wrote one."""
    where = "WHERE project=? AND week=? AND void IS NULL ORDER BY n"
    found = rows.fetch(book.store, Weekly, where, (project.id, week))
    entries = {one.person or one.author: one for one in found}
    cells = team.cells(team.rows, [week])
    members = []
    for row in team.rows:
        cell, weekly = cells[row.project, row.person, week], entries.pop(row.person, None)
        if cell.state or weekly is not None:
            members.append(WeekMember(row.person, cell.state, cell.late, weekly))
    due = team.due(week)
    for person, weekly in entries.items():
        members.append(WeekMember(person, weekly.state, status.late(book, weekly, due), weekly))
    return members


def _open(book: Book, project: str, week: str) -> list[Escalation]:
    """Escalations that were open when the week ended (or are now, in a week that goes on).

    Whether one was closed later follows from its moves; when something was brought in from
    elsewhere, closed, says nothing of when it was closed there.
    """
    _, until = week_span(week, book.zone)
    ended = [state.name for state in Escalation.kind.states if state.ended]
    where = (
        f"WHERE project=? AND void IS NULL AND occurred<? AND (state NOT IN ({places(ended)}) OR"
        f" fixed_at>=? OR id IN (SELECT record FROM transition WHERE type='escalation'"
        f" AND state IN ({places(ended)}) AND move<>'{IMPORT}' AND at>=?))"
        " ORDER BY due IS NULL, due, n"
    )
    params = (project, until, *ended, until, *ended, until)
    return rows.fetch(book.store, Escalation, where, params)


def _going_on(store: Store, cls: type[R], project: str, order: str) -> list[R]:
    """The records of a type on a project that have not ended."""
    ended = [state.name for state in cls.kind.states if state.ended]
    shown, held = StateView(store).sql(cls.kind.name)
    where = f"WHERE project=? AND void IS NULL AND {shown} NOT IN ({places(ended)})"
    return rows.fetch(store, cls, f"{where} ORDER BY {order}", (project, *held, *ended))


def _rounds(book: Book, project: Project, week: str, calendar: Calendar) -> list[RoundFigures]:
    """The checklists of the week: the rounds that fell due in it, and their sheets.

    A sheet counts in the week in which its round is due, whatever day of its period it names.
    """
    first, last = first_day(week), last_day(week)
    every = due_rounds.rounds_between(book.store, [project], first, last, calendar)
    found: dict[str, tuple[Template, list[bool], list[Sheet]]] = {}
    for round in every:
        if first <= round.due <= last:
            _, done, sheets = found.setdefault(round.template.id, (round.template, [], []))
            done.append(round.done)
            sheets += [round.sheet] if round.sheet is not None else []
    due = {id: len(done) for id, (_, done, _) in found.items()}
    for sheet in _others(book.store, project.id, week, every):
        template = rows.one(book.store, Template, sheet.template or "")
        if template is not None:
            _, done, sheets = found.setdefault(template.id, (template, [], []))
            done.append(permissions.closed_by(sheet) is not None)
            sheets.append(sheet)
    answers = _answers(book.store, [one.id for _, _, sheets in found.values() for one in sheets])
    rounds = []
    for id, (template, done, sheets) in found.items():
        items, bad = (sum(answers.get(o.id, (0, 0))[at] for o in sheets) for at in (0, 1))
        rounds.append(RoundFigures(template, due.get(id, 0), sum(done), items, bad))
    return rounds


def _others(store: Store, project: str, week: str, rounds: Sequence[ChecklistRound]) -> list[Sheet]:
    """The week's sheets that are of no round of a template in use now."""
    where = "WHERE project=? AND day>=? AND day<=? AND void IS NULL ORDER BY n"
    days = first_day(week).isoformat(), last_day(week).isoformat()
    known = {round.sheet.id for round in rounds if round.sheet is not None}
    return [one for one in rows.fetch(store, Sheet, where, (project, *days)) if one.id not in known]


def _answers(store: Store, sheets: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Sheet -> items with a result, items not ok."""
    sql = (
        "SELECT sheet, count(*), sum(result='not_ok') FROM answer WHERE void IS NULL AND result"
        f" IS NOT NULL AND sheet IN ({places(sheets)}) GROUP BY sheet"
    )
    return {sheet: (items, bad or 0) for sheet, items, bad in store.rows(sql, sheets)}


def _figures(
    book: Book,
    project: str,
    week: str,
    members: Sequence[WeekMember],
    told: Sequence[EntryNews],
    raised: Sequence[Escalation],
    rounds: Sequence[RoundFigures],
) -> WeekFigures:
    since, until = week_span(week, book.zone)
    handed = [m for m in members if m.handed_in]
    hours = [number(m.weekly.hours) for m in handed if m.weekly is not None]
    solved = [one for one in told if one.solved]
    return WeekFigures(
        people=len(members),
        handed_in=len(handed),
        accepted=sum(m.standing == "accepted" for m in members),
        late=sum(m.late for m in handed),
        missing=sum(m.late and not m.handed_in for m in members),
        unsynced=sum(m.standing == "unsynced" for m in members),
        hours=sum((one for one in hours if one is not None), Decimal(0)),
        solved=len(solved),
        unsolved=len(told) - len(solved),
        verified=sum(bool(one.values.get("verified")) for one in solved),
        supplements=sum(bool(one.values.get("supplement")) for one in told),
        found=sum(
            _found(book.store, type, project, since, until) for type in ("fix", "escalation")
        ),
        escalations=len(raised),
        overdue=sum(bool(one.due and one.due <= last_day(week).isoformat()) for one in raised),
        due=sum(one.due for one in rounds),
        done=sum(one.done for one in rounds),
        items=sum(one.items for one in rounds),
        bad=sum(one.bad for one in rounds),
    )


def _found(store: Store, type: str, project: str, since: int, until: int) -> int:
    """Fixes or escalations found in that time; an escalation of a fix is no second problem."""
    also = " AND fix IS NULL" if type == Escalation.kind.name else ""
    sql = f'SELECT count(*) FROM "{type}" WHERE +project=? AND n>=? AND n<? AND void IS NULL{also}'
    found = store.row(sql, (project, since << 12, until << 12))
    return int(found[0]) if found else 0
