"""Written times: days and times as people and spreadsheets write them out in full.

The one reader of whole days and times, for every way in. What leaves something out (`8:30`,
`11-22`) is a short way of typing (`date_shorthand`): in a file it would mean another day every time
it is read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta, timezone
from typing import Final

from models.frozen import NamedTuple

ORDERS: Final = ("y/m/d", "d/m/y", "m/d/y")
"""Orders of day, month and year that a list may be said to have."""
_WEEKDAY: Final = r"(?:[\s(]*(?:星期|周)[一二三四五六日天]\)?)?"
# Texts, compiled when the first time is read: compiled here they cost every start 4 ms.
_YEAR_FIRST: Final = r"(\d{4})[-/.年 ]\s*(\d{1,2})[-/.月 ]\s*(\d{1,2})[日号]?"
_PACKED: Final = r"(\d{4})(\d\d)(\d\d)"
_ORDERED: Final = r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})"
_SHORT: Final = r"(?i)(?:0?[1-9]|1[0-2])[-/.月](?:0?[1-9]|[12]\d|3[01])[日号]?(?:[\sT].*)?"
_SERIAL: Final = r"[1-9]\d{4}(?:\.\d+)?"
_HALVES: Final = {
    **dict.fromkeys(("am", "上午", "凌晨", "早上", "早晨"), "am"),
    **dict.fromkeys(("pm", "下午", "晚上", "傍晚"), "pm"),
    "中午": "noon",
}
_HALF: Final = "|".join(_HALVES)
_CLOCK: Final = (
    rf"(?i)(?P<before>{_HALF})?\s*(?:(?P<hour>\d{{1,2}})[:点时]"
    r"(?:(?P<minute>\d{1,2})(?:[:分](?:(?P<second>\d{1,2})(?:[.,](?P<part>\d{1,9}))?秒?)?)?)?"
    rf"|(?P<packed>\d{{4}}))\s*(?P<after>{_HALF})?"
)
_DOTTED: Final = r"(?<!\d)(\d{1,2})\.(\d\d)(?![\d.])"
_WHOLE: Final = (
    rf"(?i)(?P<day>\d{{4}}[-/.年 ]\s*\d{{1,2}}[-/.月 ]\s*\d{{1,2}}[日号]?|\d{{8}}"
    rf"|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}){_WEEKDAY}"
    r"(?:(?:\s*T\s*|\s+|(?<=[日号一二三四五六天)]))(?P<clock>\S.*?)"
    r"\s*(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?"
)


class WrittenTime(NamedTuple):
    """A day, and the clock where one is written."""

    day: str
    """'YYYY-MM-DD', though perhaps of a month that has no such day."""
    clock: time | None
    zone: timezone | None
    """The zone that the text itself names."""


def read(text: str, order: str = "") -> WrittenTime | None:
    """A day, with or without a time, written in full; None where the text is none.

    `order` reads days that begin or end with the year as the list has them.
    """
    found = re.fullmatch(_WHOLE, plain(text))
    day = _day(found["day"], order) if found is not None else None
    if found is None or day is None:
        return None
    if found["clock"] is None:
        return WrittenTime(day, None, None)
    clock = clock_of(found["clock"], dotted=True)
    return WrittenTime(day, clock, _zone(found["zone"])) if clock is not None else None


def clock_of(text: str, *, dotted: bool = False) -> time | None:
    """A time of day: '8:30', '8:30:15', '8时30分', '下午3点', '8:30 PM', '0830'; None for none.

    `dotted` also takes '8.30', where the text can be no number, such as a spreadsheet's 0.35 of a
    day.
    """
    written = plain(text)
    if dotted:
        written = re.sub(_DOTTED, r"\1:\2", written)
    found = re.fullmatch(_CLOCK, written)
    if found is None:
        return None
    packed = found["packed"]
    hour, minute = int(packed[:2] if packed else found["hour"]), int(found["minute"] or 0)
    minute = int(packed[2:]) if packed else minute
    half = _HALVES.get((found["before"] or found["after"] or "").lower(), "")
    if half == "am" and hour == 12:
        hour = 0
    elif (half == "pm" and hour < 12) or (half == "noon" and hour < 3):
        hour += 12
    elif half == "am" and hour > 12:
        return None
    part = (found["part"] or "").ljust(6, "0")[:6]
    try:
        return time(hour, minute, int(found["second"] or 0), int(part))
    except ValueError:
        return None


def fault(text: str) -> str:
    """Why a text is no whole day or time, as a reason's name in `validation.REASONS`; '' = none of
    these: the order of day and month is not told, the year is left out, or a spreadsheet's number.
    """
    short = plain(text)
    first = short.split(" ")[0].split("T")[0]
    if re.fullmatch(_ORDERED, first) and not re.fullmatch(_YEAR_FIRST, first):
        return "day_order"
    if re.fullmatch(_SHORT, short):
        return "day_year"
    return "day_serial" if re.fullmatch(_SERIAL, short) else ""


def order_of(text: str) -> str:
    """The order that a day itself proves ('13/05/2026' is 'd/m/y'), or ''."""
    found = re.fullmatch(_ORDERED, plain(text).split(" ")[0])
    if found is None or len(found[1]) > 2:
        return ""
    first, second = int(found[1]), int(found[2])
    if first > 12 >= second:
        return "d/m/y"
    return "m/d/y" if second > 12 >= first else ""


def plain(text: str) -> str:
    """Full width made narrow, blanks one each and none around."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _day(text: str, order: str) -> str | None:
    found = re.fullmatch(_YEAR_FIRST, text) or re.fullmatch(_PACKED, text)
    if found is not None:
        return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    found = re.fullmatch(_ORDERED, text)
    if found is None or order not in ORDERS:
        return None
    parts = dict(zip(order.split("/"), found.groups(), strict=True))
    year = int(parts["y"])
    if len(parts["y"]) not in (2, 4) or max(len(parts["m"]), len(parts["d"])) > 2:
        return None
    year += 2000 if len(parts["y"]) == 2 else 0
    return f"{year:04d}-{int(parts['m']):02d}-{int(parts['d']):02d}"


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text.upper() == "Z":
        return timezone(timedelta())
    digits = text[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-ahead if text[0] == "-" else ahead) if ahead < timedelta(days=1) else None


def at(written: WrittenTime, midnight: time = time()) -> datetime:
    """The instant or, without a zone of its own, the wall clock. Raises `ValueError` for a day that
    no calendar has.
    """
    day = datetime.fromisoformat(written.day).date()
    return datetime.combine(day, written.clock or midnight, written.zone)
