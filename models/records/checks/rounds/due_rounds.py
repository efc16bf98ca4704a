"""The checklists of a day or of some days: whose work they are, which are due, how one begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from models.book.log import transitions
from models.book.log.transitions import Transition
from models.book.people import EVERY
from models.book.projects import my_projects
from models.calendar.business_dates import day_of, instant
from models.calendar.working_calendar import BUNDLED, Calendar
from models.derived import expected
from models.records.checks.rounds.frequency import due_day, period
from models.records.checks.rounds.round_plan import EARLY, ChecklistRound, RoundPlan, versions
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.records.registers.project import Project
from models.schema.roles import AUTHOR, ENGINEER
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

WORKERS = tuple(role for role in Sheet.kind.by_move["submit"].who if role != AUTHOR)


def workers(book: Book, projects: Sequence[Project]) -> dict[str, frozenset[str]]:
    """Project -> the people whose work its checklists and weekly entries are.

    Those are its engineers; a project manager only where there is no engineer to do them.
    """
    ids = [EVERY, *(project.id for project in projects)]
    sql = (
        "SELECT DISTINCT g.project, g.role, p.id, p.id IN (SELECT d.person FROM device d WHERE"
        " d.revoked IS NULL AND d.person IS NOT NULL)"
        " FROM role_grant g JOIN person p ON p.id=g.person"
        f" WHERE p.active AND g.role IN ({places(WORKERS)}) AND g.project IN ({places(ids)})"
    )
    granted = book.store.rows(sql, (*WORKERS, *ids))
    found: dict[str, frozenset[str]] = {}
    for project in projects:
        here = [row[1:] for row in granted if row[0] in (EVERY, project.id)]
        engineers = {person for role, person, _ in here if role == ENGINEER}
        able = any(equipped for role, _, equipped in here if role == ENGINEER)
        others = set[str]() if able else {person for _, person, _ in here}
        found[project.id] = frozenset(engineers | others)
    return found


def mine(book: Book) -> list[Project]:
    """Running projects whose checklists are this person's work."""
    found = my_projects(book, WORKERS)
    known = workers(book, found)
    return [project for project in found if book.me in known[project.id]]


def rounds(
    book: Book,
    today: date,
    calendar: Calendar = BUNDLED,
    projects: Sequence[Project] | None = None,
) -> list[ChecklistRound]:
    """The rounds of the current periods, done ones too, and those of the periods before that
    were not submitted: late ones first, then the daily ones, by project and template.
    """
    plan = RoundPlan(book.store, mine(book) if projects is None else projects, calendar)
    return sorted(plan.current(today), key=lambda round: _order(round, today))


def rounds_between(
    store: Store,
    projects: Sequence[Project],
    first: date,
    last: date,
    calendar: Calendar = BUNDLED,
) -> list[ChecklistRound]:
    """The rounds of every period that has a day from a day to another, both included."""
    return list(RoundPlan(store, projects, calendar).between(first, last))


def _order(round: ChecklistRound, today: date) -> tuple[object, ...]:
    span = round.last - round.first
    return (not round.late(today), span, round.project.n, round.template.n, round.number)


def earlier(store: Store, round: ChecklistRound, zone: str, limit: int = 12) -> list[str]:
    """The sheets of the same template (any version) before this round, newest first."""
    sheet = round.sheet
    day = (day_of(sheet.day) if sheet is not None else None) or round.first
    this = (day.isoformat(), round.number)
    sql = (
        "SELECT day, round, id FROM sheet WHERE template=? AND n<? AND +project=? AND void IS NULL"
        " ORDER BY n DESC LIMIT ?"
    )
    until = instant(day + EARLY, 0, zone) << 12
    found: list[tuple[str | None, int | None, str]] = []
    for version in versions(store, round.template.id):
        found += store.rows(sql, (version, until, round.project.id, 4 * limit))
    dated = [(day or "", number or 1, id) for day, number, id in found]
    return [one[2] for one in sorted((one for one in dated if one[:2] < this), reverse=True)][
        :limit
    ]


def begin(book: Book, round: ChecklistRound) -> Sheet:
    """The sheet of a round: begun now, unless it is already; a void one is used again."""
    if round.sheet is not None:
        return round.sheet
    return cast(Sheet, expected.begin(book, "sheet", named(round), round.project.id))


def round_of(book: Book, sheet: Sheet, calendar: Calendar = BUNDLED) -> ChecklistRound | None:
    """The round that a sheet belongs to, of any person; None where its template is not here, or
    its day is none."""
    template = rows.one(book.store, Template, sheet.template or "")
    project = rows.one(book.store, Project, sheet.project or "")
    day = day_of(sheet.day)
    if template is None or project is None or day is None:
        return None
    span = period(template.frequency, day)
    due = due_day(template, day, calendar) or span[1]
    number = sheet.round or 1
    daily = span[0] == span[1]
    count = max(template.times(), number) if daily else number
    return ChecklistRound(template, project, *span, due, number, count, sheet)


def again(book: Book, round: ChecklistRound) -> ChecklistRound:
    """The round with its sheet as it is now."""
    if round.sheet is not None:
        return round._replace(sheet=rows.one(book.store, Sheet, round.sheet.id))
    twin = book.twin("sheet", named(round), project=round.project.id)
    kept = cast("Sheet | None", twin if twin is not None and twin.void is None else None)
    return round._replace(sheet=kept)


def sent_back(store: Store, sheet: Sheet) -> Transition | None:
    """The move that sent a sheet back, while it is sent back."""
    if not sheet.kind.state(sheet.state).returned:
        return None
    moves = transitions.made_by(store, sheet.id)
    return moves[-1] if moves else None


def next_of(found: Sequence[ChecklistRound], me: str, today: date) -> ChecklistRound | None:
    """The round to continue: what this person began, else what is due now, else a late one."""

    def order(round: ChecklistRound) -> tuple[bool, bool, bool]:
        mine = round.sheet is not None and round.sheet.author == me
        others = round.sheet is not None and not mine
        return (round.late(today), not mine, others)

    left = [round for round in found if not round.done]
    return min(left, key=order, default=next(iter(found), None))


def named(round: ChecklistRound) -> dict[str, str | int]:
    """The natural key of a round's sheet, without its project."""
    return {
        "template": round.template.id,
        "day": round.first.isoformat(),
        "round": round.number,
    }
