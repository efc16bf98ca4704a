"""The day's checklists: which rounds of which templates are due, begun, done or late.

A template that is not daily is due once in its week, month or quarter. The sheet's `day` is the
first day of that period, so that two devices which both begin it make the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from models.book import permissions, transitions
from models.book.projects import my_projects
from models.book.transitions import Transition
from models.calendar.business_dates import day_of, instant, quarter_of, week_of
from models.calendar.working_calendar import BUNDLED, Calendar
from models.derived import revisions
from models.records.checks.frequency import DAY, Span, due_day, period, published, serves, templates
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.records.registers.project import Project
from models.schema.roles import AUTHOR, ENGINEER
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

ROUND = W("{name} 第{number}轮", "{name}, round {number}")
EARLY = 7 * DAY
"""How long before its period a sheet may have been begun."""
WORKERS = tuple(role for role in Sheet.kind.by_move["submit"].who if role != AUTHOR)


class ChecklistRound(NamedTuple):
    """One round of a template on a project in one period, with its sheet once it is begun."""

    template: Template
    project: Project
    first: date
    last: date
    due: date
    """The last working day of the period; a daily round is due on its day."""
    number: int
    rounds: int
    sheet: Sheet | None = None

    @property
    def key(self) -> str:
        """Names the round, before it is begun and after."""
        return f"{self.project.id}/{self.template.id}/{self.first}/{self.number}"

    @property
    def done(self) -> bool:
        """Whether its sheet is submitted."""
        return self.sheet is not None and permissions.closed_by(self.sheet) is not None

    def title(self) -> str:
        """The template's name, with the round's number where there are several a day."""
        name = self.template.name()
        return say(ROUND, name=name, number=self.number) if self.rounds > 1 else name

    def span(self) -> str:
        """The day or the period, in short."""
        if self.first == self.last:
            return f"{self.first:%m-%d}"
        if (self.last - self.first).days == 6:
            return week_of(self.first)[5:]
        if self.first.month == self.last.month:
            return f"{self.first:%Y-%m}"
        return quarter_of(self.first)

    def late(self, today: date) -> bool:
        """Whether it should have been submitted by now."""
        return not self.done and self.due < today


def versions(store: Store, template: str) -> list[str]:
    """All versions of a template, newest first."""
    found = rows.one(store, Template, template)
    line = revisions.versions(store, Template.kind.name).line(found) if found is not None else ()
    return [one.id for one in line] or [template]


def mine(book: Book) -> list[Project]:
    """Running projects whose checklists are this person's work.

    A project manager's only where there is no engineer to do them.
    """
    found = []
    for project in my_projects(book, WORKERS):
        engineer = ENGINEER in book.people.roles(book.me, project.id)
        if engineer or not book.people.second_person(project.id, (ENGINEER,), book.me):
            found.append(project)
    return found


def rounds(
    book: Book,
    today: date,
    calendar: Calendar = BUNDLED,
    projects: Sequence[Project] | None = None,
) -> list[ChecklistRound]:
    """The rounds of the current periods, done ones too, and those of the periods before that
    were not submitted: late ones first, then the daily ones, by project and template.
    """
    found: list[ChecklistRound] = []
    every = templates(book.store)
    for project in mine(book) if projects is None else projects:
        for template in every:
            if template.project in (None, project.id):
                found += _rounds(book.store, template, project, today, calendar)
    return sorted(found, key=lambda round: _order(round, today))


def _order(round: ChecklistRound, today: date) -> tuple[object, ...]:
    span = round.last - round.first
    return (not round.late(today), span, round.project.n, round.template.n, round.number)


def _rounds(
    store: Store, template: Template, project: Project, today: date, calendar: Calendar
) -> Iterator[ChecklistRound]:
    first, last = period(template.frequency, today)
    before = _before(template, first, calendar)
    since = published(store, template, calendar.zone)
    if before is not None and since <= before[0] and serves(project, before[1]):
        for round in _of(store, template, project, before, calendar):
            if not round.done:
                yield round
    if serves(project, today) and (today >= since or last >= since):
        yield from _of(store, template, project, (first, last), calendar)


def _before(template: Template, first: date, calendar: Calendar) -> Span | None:
    """The last period before a day in which the template was due."""
    for _ in range(30):  # no holiday is longer
        span = period(template.frequency, first - DAY)
        if due_day(template, span[0], calendar) is not None:
            return span
        first = span[0]
    return None


def _of(
    store: Store, template: Template, project: Project, span: Span, calendar: Calendar
) -> Iterator[ChecklistRound]:
    due = due_day(template, span[0], calendar)
    begun = _sheets(store, versions(store, template.id), project.id, span, calendar.zone)
    daily = span[0] == span[1]
    count = template.times() if daily else 1
    for number in range(1, count + 1):
        sheet = next((one for one in begun if (one.round or 1) == number), None)
        if due is not None or sheet is not None:
            used = template
            if sheet is not None and sheet.template != template.id:
                used = rows.one(store, Template, sheet.template or "") or template
            yield ChecklistRound(used, project, *span, due or span[1], number, count, sheet)


def _sheets(store: Store, of: Sequence[str], project: str, span: Span, zone: str) -> list[Sheet]:
    """The sheets of a period, whatever day of it they name."""
    where = (
        f"WHERE template IN ({places(of)}) AND n>=? AND +project=? AND day>=? AND day<=?"
        " AND void IS NULL ORDER BY round, n"
    )
    since = instant(span[0] - EARLY, 0, zone) << 12
    first, last = (day.isoformat() for day in span)
    return rows.fetch(store, Sheet, where, (*of, since, project, first, last))


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
    values = _named(round)
    twin = book.twin("sheet", values, project=round.project.id)
    if twin is not None and twin.void is not None:
        twin = book.restore(twin.id)
    return cast(Sheet, twin or book.add("sheet", values, project=round.project.id))


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
    twin = book.twin("sheet", _named(round), project=round.project.id)
    kept = cast("Sheet | None", twin if twin is not None and twin.void is None else None)
    return round._replace(sheet=kept)


def sent_back(store: Store, sheet: Sheet) -> Transition | None:
    """The move that sent a sheet back, while it is sent back."""
    if sheet.kind.state(sheet.state).tone != "bad":
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


def _named(round: ChecklistRound) -> dict[str, str | int]:
    return {
        "template": round.template.id,
        "day": round.first.isoformat(),
        "round": round.number,
    }
