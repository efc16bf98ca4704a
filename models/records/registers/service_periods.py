"""Service periods of a project: the present one, and those before a renewal. Clause: 5.2, 6."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from models.calendar.business_dates import day_of
from models.frozen import NamedTuple
from models.records.registers import calendar_years
from models.schema.roles import Roles

if TYPE_CHECKING:
    from models.book.book import Book

BACK = timedelta(days=365)
"""How long what follows a service period is asked for."""


class EndedPeriod(NamedTuple):
    """A service period that ended, and who has something to do until when."""

    project: Any
    first: date | None
    last: date
    due: date
    doers: frozenset[str]


def ended(
    book: Book, projects: Sequence[Any], roles: Roles, workdays: int
) -> Iterator[EndedPeriod]:
    """The periods that ended within a year, for projects on which somebody has one of the roles.

    It is due some working days after the period.
    """
    calendar = calendar_years.calendar(book)
    for project in projects:
        over = {
            last: first
            for last, first in periods(book, project).items()
            if book.today - BACK <= last < book.today
        }
        doers = frozenset(book.people.second_people(project.id, roles, ())) if over else ()
        for last, first in over.items() if doers else ():
            due = calendar.add_workdays(last, workdays)
            yield EndedPeriod(project, first, last, due, frozenset(doers))


def periods(book: Book, project: Any) -> dict[date, date | None]:
    """Last day -> first day of a project's service periods: the present one, and those before a
    renewal, which lie before the present one begins."""
    present, began = day_of(project.service_to), day_of(project.service_from)
    found = {present: began} if present is not None else dict[date, date | None]()
    if began is not None and (present is None or present >= book.today):
        for entry in book.change_log.history(project.id):
            period = entry.fields.get("service_period")
            days = period if isinstance(period, dict) else {}
            last = day_of(days.get("service_to"))
            if last is not None and last < began:
                found[last] = day_of(days.get("service_from"))
    return dict(sorted(found.items()))
