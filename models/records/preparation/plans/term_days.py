"""Term days: when a service term is due: one day in each period, moved to a working day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from models.calendar.business_dates import (
    day_of,
    first_day,
    quarter_of,
    weeks_through,
)
from models.calendar.working_calendar import Calendar
from models.records.preparation.plans.service_term import ServiceTerm

DAY = timedelta(days=1)
LAST_OF_MONTH = 31


class TermDay(NamedTuple):
    """When a term is due once: the name of its period, and the days from which and until when."""

    period: str
    start: date
    due: date


class _Period(NamedTuple):
    name: str
    first: date
    last: date


def days_of(term: ServiceTerm, first: date, last: date, calendar: Calendar) -> Iterator[TermDay]:
    """The days of a term from a day to another, both included.

    Each period has one. It is the day that the term says (`weekday`, `first_due`), moved to the
    next working day of the period, else to the one before; without such a day it is the last
    working day. A period without a working day has none; what is due every day is not moved.
    """
    begins = day_of(term.first_due)
    for period in _periods(term, first, last, begins):
        low, high = max(period.first, first), min(period.last, last)
        due = _due(term, period, begins, low, high, calendar)
        if due is not None:
            yield TermDay(period.name, low, due)


def _due(
    term: ServiceTerm,
    period: _Period,
    begins: date | None,
    low: date,
    high: date,
    calendar: Calendar,
) -> date | None:
    if begins is not None and period.last < begins:
        return None
    if term.frequency == "every_day":
        return low
    worked = calendar.workdays(low, high)
    if not worked:
        return None
    wanted = _wanted(term, period, begins)
    if wanted is None:
        return worked[-1]
    if not low <= wanted <= high or (begins is not None and wanted < begins):
        return None  # it lies before the first one, or where the plan does not reach
    return next((day for day in worked if day >= wanted), worked[-1])


def _wanted(term: ServiceTerm, period: _Period, begins: date | None) -> date | None:
    """The day of the period that the term names; None where it names none."""
    if term.frequency in ("weekly", "biweekly"):
        if term.weekday in tuple("1234567"):
            return period.first + (int(str(term.weekday)) - 1) * DAY
        return period.first + begins.weekday() * DAY if begins is not None else None
    if begins is None or term.frequency == "workdays":
        return None
    if term.frequency == "once":
        return begins
    months = _MONTHS.get(str(term.frequency), 1)
    apart = (period.first.year - begins.year) * 12 + period.first.month - begins.month
    month = period.first.month + (-apart) % months
    return _in_month(period.first.year, month, begins.day)


_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


def _in_month(year: int, month: int, day: int) -> date:
    """A day of a month, its last one where it is shorter."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + (day - 1) * DAY, after - DAY)


def _periods(term: ServiceTerm, first: date, last: date, begins: date | None) -> Iterator[_Period]:
    """The periods of a term that have a day from one day to another."""
    frequency = term.frequency
    if frequency in ("every_day", "workdays"):
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            yield _Period(day.isoformat(), day, day)
    elif frequency in ("weekly", "biweekly"):
        step = 2 if frequency == "biweekly" else 1
        anchor = (begins or first).toordinal() - (begins or first).weekday()
        for week in weeks_through(first, last):
            monday = first_day(week)
            if (monday.toordinal() - anchor) % (7 * step) == 0:
                yield _Period(week, monday, monday + 6 * DAY)
    elif frequency == "once":
        yield _Period("1", first, last)
    else:
        yield from _months(_MONTHS.get(str(frequency), 1), first, last)


def _months(length: int, first: date, last: date) -> Iterator[_Period]:
    """Parts of calendar years of so many months each."""
    year, month = first.year, (first.month - 1) // length * length + 1
    while date(year, month, 1) <= last:
        begin, end = date(year, month, 1), _in_month(year, month + length - 1, LAST_OF_MONTH)
        yield _Period(_name(begin, length), begin, end)
        month += length
        year, month = year + (month > 12), (month - 1) % 12 + 1


def _name(begin: date, length: int) -> str:
    if length == 3:
        return quarter_of(begin)
    names = {1: f"{begin:%Y-%m}", 6: f"{begin:%Y}-H{begin.month // 6 + 1}", 12: f"{begin:%Y}"}
    return names[length]
