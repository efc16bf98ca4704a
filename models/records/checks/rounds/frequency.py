"""How often a checklist is due: its periods, and what falls due in a span of days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from models.calendar.business_dates import business_day, quarter_of, quarter_span
from models.calendar.working_calendar import BUNDLED, Calendar
from models.derived import revisions
from models.records.checks.template import NORMS, Template
from models.records.registers.project import Project
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.storage.store import Store

Span = tuple[date, date]
DAY = timedelta(days=1)


def _month(day: date) -> Span:
    first = day.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1) - DAY


def _week(day: date) -> Span:
    first = day - day.weekday() * DAY
    return first, first + 6 * DAY


PERIODS: dict[str | None, Callable[[date], Span]] = {
    "weekly": _week,
    "monthly": _month,
    "quarterly": lambda day: quarter_span(quarter_of(day)),
}


def period(frequency: str | None, day: date) -> Span:
    """The first and last day of the period that a day falls in; a day by itself if daily."""
    of = PERIODS.get(frequency)
    return of(day) if of is not None else (day, day)


def due_day(template: Template, day: date, calendar: Calendar = BUNDLED) -> date | None:
    """When the template's round of the period around a day is due; None if it has none then."""
    first, last = period(template.frequency, day)
    if template.on_days == "every_day":
        return last
    worked = calendar.workdays(first, last)
    return worked[-1] if worked else None


def in_force(store: Store) -> list[Template]:
    """Templates in force."""
    return cast("list[Template]", revisions.in_force(store, Template))


def templates(store: Store) -> list[Template]:
    """Templates in force that are due by themselves, the most frequent first: norms are not."""
    used = [one for one in in_force(store) if one.purpose != NORMS]
    often = [None, "daily", *PERIODS]
    return sorted(used, key=lambda template: (often.index(template.frequency), template.n))


def serves(project: Project, day: date) -> bool:
    """Whether a day lies in the project's service period, as far as that is known."""
    text = day.isoformat()
    return (project.service_from or text) <= text <= (project.service_to or text)


def published(store: Store, used: Sequence[Template], zone: str) -> dict[str, date]:
    """The days since which templates are in use, each by itself or by a version before it that
    was due as often: a new version takes over the rounds of the one that it replaces."""
    every = {one.id: one for one in rows.fetch(store, Template, "")}
    lines = {one.id: _alike_before(every, one) for one in used}
    ids = list({id for line in lines.values() for id in line})
    sql = (
        "SELECT record, min(at) FROM transition WHERE state='published'"
        f" AND record IN ({places(ids)}) GROUP BY record"
    )
    at = dict(store.rows(sql, ids))
    since = {}
    for one in used:
        found = [at[id] for id in lines[one.id] if at.get(id) is not None]
        since[one.id] = business_day(min(found, default=one.occurred), zone)
    return since


def _alike_before(every: Mapping[str, Template], template: Template) -> list[str]:
    """A template and the versions before it that were due on the same days, newest first."""
    found: list[str] = []
    one: Template | None = template
    pace = template.frequency, template.on_days
    while one is not None and one.id not in found and (one.frequency, one.on_days) == pace:
        found.append(one.id)
        one = every.get(one.follows or "")
    return found


def spans(frequency: str | None, first: date, last: date) -> Iterator[Span]:
    """The periods that have a day from a day to another, both included."""
    day = first
    while day <= last:
        span = period(frequency, day)
        yield span
        day = span[1] + DAY


def due_count(
    store: Store, project: Project, first: date, last: date, calendar: Calendar = BUNDLED
) -> list[tuple[Template, int]]:
    """How many rounds of which templates fall due from a day to another, both included."""
    found = []
    used = [one for one in templates(store) if one.project in (None, project.id)]
    begun = published(store, used, calendar.zone)
    for template in used:
        since = begun[template.id]
        days = {
            due
            for offset in range((last - first).days + 1)
            if (due := due_day(template, first + offset * DAY, calendar)) is not None
            and max(first, since) <= due <= last
            and serves(project, due)
        }
        each = template.times() if PERIODS.get(template.frequency) is None else 1
        if days:
            found.append((template, len(days) * each))
    return found
