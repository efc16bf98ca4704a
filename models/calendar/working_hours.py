"""Working hours of a service agreement: when something is due, how much of the time is used."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import HOUR_MS, instant, local
from models.calendar.service_clocks import CLOCK, CLOCKS, Clock
from models.calendar.working_calendar import BUNDLED, Calendar
from models.text.words import Refused, W

if TYPE_CHECKING:
    from decimal import Decimal

MARKS = (75, 100)
"""Percent of the agreed time at which an escalation is raised again."""


def due(start: int, hours: int | Decimal, clock: str = "7x24", calendar: Calendar = BUNDLED) -> int:
    """The first instant (ms, UTC) at which that many working hours have passed since `start`."""
    return _after(start, int(hours * HOUR_MS), clock, calendar)


def elapsed(start: int, end: int, clock: str = "7x24", calendar: Calendar = BUNDLED) -> int:
    """The working time (ms) from one instant to another; negative backwards."""
    hands = _clock(clock)
    if clock == "7x24":
        return end - start
    if end < start:
        return -elapsed(end, start, clock, calendar)
    first, last = local(start, calendar.zone).date(), local(end, calendar.zone).date()
    before, upto = _into(start, first, hands, calendar), _into(end, last, hands, calendar)
    return _days(first, last, hands, calendar) * hands.length - before + upto


def worked(start: int, end: int, calendar: Calendar = BUNDLED) -> int:
    """The working time (ms) between two instants where no agreement says else, 0 backwards."""
    return max(elapsed(start, end, CLOCK, calendar), 0)


def share(
    start: int, due_at: int, now: int, clock: str = "7x24", calendar: Calendar = BUNDLED
) -> int:
    """Percent of the working time from `start` to `due_at` that is used now (over 100: overdue).

    Compare with `MARKS`. A span without working time is used up when `due_at` has come.
    """
    if now <= start:
        return 0
    whole = elapsed(start, due_at, clock, calendar)
    if whole <= 0:
        return 100 if now >= due_at else 0
    return elapsed(start, now, clock, calendar) * 100 // whole


def marks(
    start: int, hours: int | Decimal, clock: str = "7x24", calendar: Calendar = BUNDLED
) -> list[int]:
    """The instants at which 75 % and 100 % of the working hours are used."""
    need = int(hours * HOUR_MS)
    return [_after(start, need * percent // 100, clock, calendar) for percent in MARKS]


def _after(start: int, need: int, clock: str, calendar: Calendar) -> int:
    """The first instant at which `need` ms of working time have passed."""
    if need < 0:
        raise ValueError("working time below zero")
    hands = _clock(clock)
    if need == 0 or clock == "7x24":  # round the clock no wall clock matters
        return start + need
    day = local(start, calendar.zone).date()
    need += _into(start, day, hands, calendar)
    days, rest = divmod(need - 1, hands.length)
    there = _counted(day, days, hands, calendar)
    return instant(there, hands.begin, calendar.zone) + rest + 1


def _clock(name: str) -> Clock:
    if name not in CLOCKS:
        raise Refused(
            W(
                "没有服务时间“{name}”，可用：{known}。",
                "There is no service time '{name}'; there are {known}.",
            ),
            name=name,
            known=", ".join(CLOCKS),
        )
    return CLOCKS[name]


def _counts(day: date, clock: Clock, calendar: Calendar) -> bool:
    return clock.every_day or calendar.is_workday(day)


def _into(at: int, day: date, clock: Clock, calendar: Calendar) -> int:
    """Working time (ms) of the day that has passed at that instant."""
    if not _counts(day, clock, calendar):
        return 0
    return min(max(at - instant(day, clock.begin, calendar.zone), 0), clock.length)


def _days(first: date, last: date, clock: Clock, calendar: Calendar) -> int:
    """How many counting days begin in [first, last)."""
    if clock.every_day:
        return (last - first).days
    return calendar.workdays_between(first - timedelta(days=1), last - timedelta(days=1))


def _counted(day: date, days: int, clock: Clock, calendar: Calendar) -> date:
    """The counting day that many counting days after the first one from `day` on."""
    if clock.every_day:
        return day + timedelta(days=days)
    return calendar.add_workdays(calendar.add_workdays(day, 0), days)
