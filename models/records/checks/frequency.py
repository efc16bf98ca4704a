"""How often a checklist is due: its periods, and what falls due in a span of days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from models.calendar.business_dates import business_day, quarter_of, quarter_span
from models.calendar.working_calendar import BUNDLED, Calendar
from models.derived import revisions
from models.records.checks.template import Template
from models.records.registers.project import Project
from models.storage import rows

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


def templates(store: Store) -> list[Template]:
    """Templates in force, the most frequent first."""
    used = cast("list[Template]", revisions.in_force(store, Template))
    often = [None, "daily", *PERIODS]
    return sorted(used, key=lambda template: (often.index(template.frequency), template.n))


def serves(project: Project, day: date) -> bool:
    """Whether a day lies in the project's service period, as far as that is known."""
    text = day.isoformat()
    return (project.service_from or text) <= text <= (project.service_to or text)


def published(store: Store, template: Template, zone: str) -> date:
    """The day since which a template is in use, by it or by a version before it that was due as
    often: a new version takes over the rounds of the one that it replaces."""
    sql = "SELECT min(at) FROM transition WHERE record=? AND state='published'"
    found, seen, one = list[int](), set[str](), template
    while one.id not in seen and (one.frequency, one.on_days) == _pace(template):
        seen.add(one.id)
        row = store.row(sql, (one.id,))
        if row and row[0] is not None:
            found.append(row[0])
        one = rows.one(store, Template, one.follows or "") or one
    return business_day(min(found, default=template.occurred), zone)


def _pace(template: Template) -> tuple[str | None, str | None]:
    return template.frequency, template.on_days


def due_count(
    store: Store, project: Project, first: date, last: date, calendar: Calendar = BUNDLED
) -> list[tuple[Template, int]]:
    """How many rounds of which templates fall due from a day to another, both included."""
    found = []
    for template in templates(store):
        if template.project not in (None, project.id):
            continue
        since = published(store, template, calendar.zone)
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
