"""Business days, ISO weeks and quarters: where an instant falls in the workspace's time zone."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache

from models.text.words import Refused, W

DEFAULT_ZONE = "Asia/Shanghai"
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 9998
EARLIEST = (datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)
LATEST = (datetime(_LAST_YEAR, 12, 31, tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)
"""Instants beyond these would leave the years that `datetime` knows in some zone."""


@cache
def zone(name: str = DEFAULT_ZONE) -> tzinfo:
    """The time zone of that name; refused when this machine does not know it.

    Windows has no time zone database of its own. Without the `tzdata` package the default zone
    is a plain UTC+8, which is what it has been since 1992.
    """
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        if name == DEFAULT_ZONE:
            return timezone(timedelta(hours=8), "CST")
        raise Refused(
            W(
                "本机不认识时区“{zone}”，请写成“Asia/Shanghai”这样的名称。",
                "This machine does not know the time zone '{zone}'; write a name "
                "such as 'Asia/Shanghai'.",
            ),
            zone=name,
        ) from None


def local(ms: int, zone_name: str = DEFAULT_ZONE) -> datetime:
    """The wall clock at an instant (ms since 1970, UTC); absurd instants stop at 1900 and 9998."""
    held = min(max(ms, EARLIEST), LATEST)
    return (_EPOCH + timedelta(milliseconds=held)).astimezone(zone(zone_name))


def business_day(ms: int, zone_name: str = DEFAULT_ZONE) -> date:
    """The business date of an instant (ms since 1970, UTC)."""
    return local(ms, zone_name).date()


def day_there(ms: int, minutes: int) -> date:
    """The date at an instant where clocks are so many minutes ahead of UTC."""
    held = min(max(ms + minutes * MINUTE_MS, EARLIEST), LATEST)
    return (_EPOCH + timedelta(milliseconds=held)).date()


def instant(day: date, minute: int = 0, zone_name: str = DEFAULT_ZONE) -> int:
    """The instant (ms, UTC) at which the wall clock shows that minute (0..1440) of that day."""
    days, rest = divmod(minute, 24 * 60)
    there = day + timedelta(days=days)
    clock = datetime(there.year, there.month, there.day, rest // 60, rest % 60)
    return (clock.replace(tzinfo=zone(zone_name)) - _EPOCH) // timedelta(milliseconds=1)


def week_of(day: date) -> str:
    """The ISO week (from Monday) that the day belongs to, as '2026-W47'."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def first_day(week: str) -> date:
    """The Monday of an ISO week; refused when it is no week."""
    year, mark, number = week[:4], week[4:6], week[6:]
    digits = year + number
    if mark == "-W" and len(digits) == 6 and digits.isascii() and digits.isdigit():
        try:
            if _FIRST_YEAR <= int(year) <= _LAST_YEAR:
                return date.fromisocalendar(int(year), int(number), 1)
        except ValueError:  # a week 00 or 54, or a 53 in a year of 52
            pass
    raise Refused(
        W(
            "“{week}”不是一个 ISO 周，请写成“2026-W47”。",
            "'{week}' is not an ISO week; write it like '2026-W47'.",
        ),
        week=week,
    )


def last_day(week: str) -> date:
    """The Sunday of an ISO week."""
    return first_day(week) + timedelta(days=6)


def week_span(week: str, zone_name: str = DEFAULT_ZONE) -> tuple[int, int]:
    """The first instant of an ISO week, and the first after it (ms, UTC)."""
    monday = first_day(week)
    return instant(monday, 0, zone_name), instant(monday + timedelta(weeks=1), 0, zone_name)


def days_of(week: str) -> list[date]:
    """The seven days of an ISO week, Monday first."""
    monday = first_day(week)
    return [monday + timedelta(days=n) for n in range(7)]


def shift_week(week: str, weeks: int) -> str:
    """The ISO week that many weeks later (or, below zero, earlier)."""
    return week_of(first_day(week) + timedelta(weeks=weeks))


def next_week(week: str) -> str:
    """The ISO week after this one."""
    return shift_week(week, 1)


def previous_week(week: str) -> str:
    """The ISO week before this one."""
    return shift_week(week, -1)


def weeks_through(first: date, last: date) -> Iterator[str]:
    """Every ISO week that touches the days from `first` to `last`, in order."""
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        yield week_of(monday)
        monday += timedelta(weeks=1)


def day_of(text: object) -> date | None:
    """The day that a field holds, written '2026-11-22'; None for none, and for what is no day.

    What others' devices wrote may be anything: it is shown unchanged, and no date is calculated
    from it.
    """
    if not isinstance(text, str) or _DAY.fullmatch(text) is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def is_week(text: object) -> bool:
    """Whether a field holds an ISO week, '2026-W47'; what others' devices wrote may be anything."""
    try:
        return isinstance(text, str) and bool(first_day(text))
    except Refused:
        return False


def quarter_of(day: date) -> str:
    """The calendar quarter of a day, as '2026-Q4'."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def quarter_span(quarter: str) -> tuple[date, date]:
    """The first and the last day of a quarter; refused when it is no quarter."""
    year, mark, number = quarter[:4], quarter[4:6], quarter[6:]
    digits = year + number
    if mark == "-Q" and len(digits) == 5 and digits.isascii() and digits.isdigit():
        y, q = int(year), int(number)
        if _FIRST_YEAR <= y <= _LAST_YEAR and 1 <= q <= 4:
            after = date(y + q // 4, q % 4 * 3 + 1, 1)
            return date(y, 3 * q - 2, 1), after - timedelta(days=1)
    raise Refused(
        W(
            "“{quarter}”不是一个季度，请写成“2026-Q4”。",
            "'{quarter}' is not a quarter; write it like '2026-Q4'.",
        ),
        quarter=quarter,
    )


def is_quarter(text: object) -> bool:
    """Whether a field holds a quarter, '2026-Q4'; what others' devices wrote may be anything."""
    try:
        return isinstance(text, str) and bool(quarter_span(text))
    except Refused:
        return False


def shift_quarter(quarter: str, quarters: int) -> str:
    """The quarter that many quarters later (or, below zero, earlier)."""
    first, _ = quarter_span(quarter)
    year, index = divmod(first.year * 4 + first.month // 3 + quarters, 4)
    return f"{year:04d}-Q{index + 1}"


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
