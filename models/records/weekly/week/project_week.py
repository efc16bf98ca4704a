"""The project's week: what its people submitted and what the records say, brought together once.

The lead's screen and the document have the same figures. Clause: 5.3.1(2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from models.book import permissions
from models.book.derived_state import StateView
from models.book.log.transitions import made_by
from models.book.permissions import IMPORT
from models.book.rows.child_rows import chunks
from models.calendar.business_dates import first_day, last_day, week_span
from models.calendar.working_calendar import BUNDLED, Calendar
from models.derived.expected import NOON
from models.records.checks.rounds import due_rounds
from models.records.checks.rounds.round_plan import ChecklistRound
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.records.checks.verdicts import COUNTED, WITH_ITEMS
from models.records.preparation.execution import plan_execution
from models.records.preparation.execution.plan_execution import TaskStanding
from models.records.preparation.milestone import Milestone
from models.records.problems.concessions.concession import Concession
from models.records.problems.escalation import Escalation
from models.records.registers.project import Project
from models.records.weekly import entries as status
from models.records.weekly import problem_intake
from models.records.weekly.review_grid import Team
from models.records.weekly.week import week_problems
from models.records.weekly.week.week_problems import SOURCES
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
    items: int
    sheets: list[str]
    """The ids of the sheets, of the submitted ones, and of the results that are not ok."""
    submitted: list[str]
    not_ok: list[str]

    @property
    def done(self) -> int:
        """Sheets that were submitted."""
        return len(self.submitted)

    @property
    def bad(self) -> int:
        """Items not ok."""
        return len(self.not_ok)


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
    found: list[str]
    """The ids of the fixes and escalations that were found in the week."""
    overdue: list[str]
    """The ids of the escalations that were overdue at its end."""
    plan: list[TaskStanding]
    """The planned tasks that were due in it, by the version in force on their day."""

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
    since, until = week_span(week, book.zone)
    last = last_day(week).isoformat()
    return WeekReport(
        project=project,
        week=week,
        members=members,
        problems=told,
        escalations=raised,
        concessions=_going_on(book.store, Concession, project.id, "n"),
        milestones=_going_on(book.store, Milestone, project.id, "due IS NULL, due, n"),
        rounds=_rounds(book, project, week, calendar),
        found=[id for type in SOURCES for id in _found(book.store, type, project.id, since, until)],
        overdue=[one.id for one in raised if one.due and one.due <= last],
        plan=plan_execution.standings(book, [project.id], first_day(week), last_day(week)),
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
        late = status.late(made_by(book.store, weekly.id), due, team.now)
        members.append(WeekMember(person, weekly.state, late, weekly))
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
    found: dict[str, tuple[Template, list[Sheet]]] = {}
    due: dict[str, int] = {}
    for round in every:
        if first <= round.due <= last:
            _, sheets = found.setdefault(round.template.id, (round.template, []))
            due[round.template.id] = due.get(round.template.id, 0) + 1
            sheets += [round.sheet] if round.sheet is not None else []
    for sheet in _others(book.store, project.id, week, every):
        template = rows.one(book.store, Template, sheet.template or "")
        if template is not None:
            found.setdefault(template.id, (template, []))[1].append(sheet)
    made = [sheet.id for _, sheets in found.values() for sheet in sheets]
    items, not_ok = _answers(book.store, made)
    return [
        RoundFigures(
            template=template,
            due=due.get(id, 0),
            items=sum(items.get(sheet.id, 0) for sheet in sheets),
            sheets=[sheet.id for sheet in sheets],
            submitted=[one.id for one in sheets if permissions.closed_by(one) is not None],
            not_ok=[answer for sheet in sheets for answer in not_ok.get(sheet.id, ())],
        )
        for id, (template, sheets) in found.items()
    ]


def _others(store: Store, project: str, week: str, rounds: Sequence[ChecklistRound]) -> list[Sheet]:
    """The week's sheets that are of no round of a template in use now."""
    where = "WHERE project=? AND day>=? AND day<=? AND void IS NULL ORDER BY n"
    days = first_day(week).isoformat(), last_day(week).isoformat()
    known = {round.sheet.id for round in rounds if round.sheet is not None}
    return [one for one in rows.fetch(store, Sheet, where, (project, *days)) if one.id not in known]


def _answers(store: Store, sheets: Sequence[str]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Sheet -> items with a result; sheet -> the ids of those that are not ok."""
    items, not_ok = dict[str, int](), dict[str, list[str]]()
    for some in chunks(sheets):
        of = f"FROM {WITH_ITEMS} WHERE a.void IS NULL AND a.sheet IN ({places(some)})"
        items |= dict(store.rows(f"SELECT a.sheet, count({COUNTED}) {of} GROUP BY a.sheet", some))
        sql = f"SELECT a.sheet, a.id {of} AND {COUNTED}='not_ok'"
        for sheet, answer in store.rows(sql, some):
            not_ok.setdefault(sheet, []).append(answer)
    return items, not_ok


def _found(store: Store, type: str, project: str, since: int, until: int) -> list[str]:
    """Fixes or escalations found in that time; an escalation of a fix is no second problem."""
    also = " AND fix IS NULL" if type == Escalation.kind.name else ""
    sql = (
        f'SELECT id FROM "{type}" WHERE +project=? AND n>=? AND n<? AND void IS NULL{also}'
        " ORDER BY n"
    )
    return [str(id) for (id,) in store.rows(sql, (project, since << 12, until << 12))]
