"""Short: the short ways of typing a day, a week, a quarter or a moment, written out in full.

What is none of these is returned as it is; the reader of that kind accepts or refuses it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Final

from models.calendar.business_dates import quarter_of, shift_quarter, shift_week, week_of
from models.calendar.written_times import clock_of, read

NEAR: Final = {
    "today": 0,
    "今天": 0,
    "今": 0,
    "yesterday": -1,
    "昨天": -1,
    "昨": -1,
    "前天": -2,
    "tomorrow": 1,
    "明天": 1,
    "明": 1,
    "后天": 2,
}
THIS_WEEK: Final = {
    "本周": 0,
    "this week": 0,
    "上周": -1,
    "last week": -1,
    "下周": 1,
    "next week": 1,
}
THIS_QUARTER: Final = {
    "本季度": 0,
    "this quarter": 0,
    "上季度": -1,
    "last quarter": -1,
    "下季度": 1,
    "next quarter": 1,
}
_QUARTER: Final = re.compile(r"(?:q|第)?([1-4])(?:季度)?")
NOW: Final = frozenset({"now", "现在"})
_STEP: Final = re.compile(r"[+-]\d{1,4}")
_MONTH_DAY: Final = re.compile(r"(\d{1,2})[-/.月 ](\d{1,2})日?")
_DAY: Final = re.compile(r"(\d{1,2})[日号]?")
_DOTTED: Final = re.compile(r"\d{1,2}\.\d{1,2}")
_WEEK: Final = re.compile(r"(?:(\d{4})-?)?(?:W|第)?(\d{1,2})周?", re.IGNORECASE)


def plain(text: str) -> str:
    """Full width made narrow, blanks around dropped."""
    return unicodedata.normalize("NFKC", text).strip()


def day(text: str, today: date) -> str:
    """'2026-11-22' from '11-22' (the nearest one), '22', '+3', 'today', '今天' and the like."""
    typed = plain(text).lower()
    if typed in NEAR:
        return _after(today, NEAR[typed], text)
    if _STEP.fullmatch(typed):
        return _after(today, int(typed), text)
    if (whole := read(typed)) is not None and whole.clock is None:
        return whole.day
    if near := _MONTH_DAY.fullmatch(typed):
        return _nearest(today, int(near[1]), int(near[2])) or text
    if near := _DAY.fullmatch(typed):
        return _nearest(today, today.month, int(near[1])) or text
    return text


def week(text: str, today: date) -> str:
    """'2026-W47' from '47', 'W47', '本周', '+1' and the like."""
    typed = plain(text).lower()
    if typed in THIS_WEEK:
        return week_of(today + timedelta(weeks=THIS_WEEK[typed]))
    if _STEP.fullmatch(typed):
        return week_of(today + timedelta(weeks=int(typed)))
    found = _WEEK.fullmatch(typed)
    if found is None:
        return text
    year = found[1] or week_of(today)[:4]
    return f"{year}-W{int(found[2]):02d}"


def quarter(text: str, today: date) -> str:
    """'2026-Q4' from '4', 'Q4', '本季度', '+1' and the like."""
    typed = plain(text).lower()
    now = quarter_of(today)
    if typed in THIS_QUARTER:
        return shift_quarter(now, THIS_QUARTER[typed])
    if _STEP.fullmatch(typed):
        return shift_quarter(now, int(typed))
    found = _QUARTER.fullmatch(typed)
    return f"{now[:4]}-Q{found[1]}" if found else text


def moment(text: str, now: datetime) -> str:
    """'2026-11-22 08:30' from '8:30', '8.30', '11-22 8:30', '昨天 22:10', '-30' (minutes), 'now'.

    Two numbers with a dot alone are a time, never a day: '8.30' is half past eight. Those that are
    no time ('8.3') stay as they are, for the reader to refuse.
    """
    typed = " ".join(plain(text).replace("T", " ").split())
    if typed.lower() in NOW:
        return _clock(now)
    if _STEP.fullmatch(typed):
        return _clock(now + timedelta(minutes=int(typed)))
    if (whole := read(typed)) is not None and whole.clock is None:
        return f"{whole.day} 00:00"
    first, last = "", typed
    if (hours := clock_of(typed, dotted=True)) is None:
        first, _, last = typed.rpartition(" ")
        hours = clock_of(last, dotted=True)
    if hours is None:
        known = typed if _DOTTED.fullmatch(typed) else day(typed, now.date())
        return f"{known} 00:00" if known != typed else text
    that_day = day(first, now.date()) if first else now.date().isoformat()
    return f"{that_day} {hours.isoformat('auto' if hours.second else 'minutes')}"


def step_day(value: str | None, by: int, today: date) -> str:
    """The day so many days on; from none, today."""
    if value is None:
        return today.isoformat()
    try:
        return (date.fromisoformat(value) + timedelta(days=by)).isoformat()
    except (ValueError, OverflowError):
        return value


def step_week(value: str | None, by: int, today: date) -> str:
    """The week so many weeks on; from none, this one."""
    return shift_week(value, by) if value else week_of(today)


def step_quarter(value: str | None, by: int, today: date) -> str:
    """The quarter so many quarters on; from none, this one."""
    return shift_quarter(value, by) if value else quarter_of(today)


def _after(today: date, days: int, text: str) -> str:
    try:
        return (today + timedelta(days=days)).isoformat()
    except OverflowError:
        return text


def _nearest(today: date, month: int, number: int) -> str | None:
    """The day of that month which lies nearest: '12-30' typed in January is last year's."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, number))
        except ValueError:
            continue
    return min(found, key=lambda one: abs(one - today)).isoformat() if found else None


def _clock(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"
