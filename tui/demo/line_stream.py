"""The stream of lines and the month's days: where every line gets its time and its order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from models.calendar.business_dates import MINUTE_MS, instant, quarter_of, week_of
from models.calendar.working_calendar import Calendar
from models.text.words import Lang, W
from tui.demo.data_files import DataLine

DAYS = 22
Line = dict[str, object]
_MORNING = "08:50"  # the last day ends here: no line is later


class Span:
    """The working days of the month, counted from the end: 0 is the last one."""

    def __init__(self, today: date, calendar: Calendar) -> None:
        self.calendar = calendar
        last = calendar.add_workdays(today + timedelta(days=1), -1)
        first = calendar.add_workdays(last, 1 - DAYS)
        self.days = calendar.workdays(first, last)

    def day(self, back: int) -> date:
        """The working day so many before the last; below zero: after it."""
        if 0 <= back < DAYS:
            return self.days[-1 - back]
        return self.calendar.add_workdays(self.days[-1], -back)

    def at(self, back: int, time: str) -> int:
        """The instant (ms) of a time of day; a later one than the last morning becomes that."""
        if back <= 0:
            back, time = 0, min(time, _MORNING) if back == 0 else _MORNING
        return self.on(self.day(back), time)

    def on(self, day: date, time: str) -> int:
        """The instant (ms) of a time of day on a date."""
        return instant(day, int(time[:2]) * 60 + int(time[3:]), self.calendar.zone)

    def weeks(self) -> list[str]:
        """The ISO weeks of the month, latest first: 0 is the current one."""
        return sorted({week_of(day) for day in self.days}, reverse=True)

    def in_week(self, week: str) -> list[int]:
        """The days (from the end) that lie in a week, earliest first."""
        return [n for n in range(DAYS - 1, -1, -1) if week_of(self.day(n)) == week]


class Stream:
    """Collects lines in one language; a line is never earlier than what it refers to."""

    def __init__(self, lang: Lang, span: Span) -> None:
        self.lang = lang
        self.span = span
        self.made: dict[str, int] = {}
        """Ref -> when its record was made."""
        self.latest: dict[str, int] = {}
        """Ref -> its last line."""
        self._lines: list[Line] = []

    def say(self, word: W) -> str:
        """The word in the stream's language."""
        return word.en if self.lang == "en" else word.zh

    def add(self, type: str, ref: str, by: str, at: int, **fields: object) -> int:
        """A new record; returns the instant it really got."""
        if ref in self.made:
            raise ValueError(f"the ref {ref} is given twice")
        values = self._values(fields)
        refs = [value for value in values.values() if isinstance(value, str) and value in self.made]
        at = max([at, *(self.made[named] + 1000 for named in refs)])
        self.made[ref] = at
        return self._put({"type": type, "ref": ref, "by": by, "at": at, **values})

    def edit(self, ref: str, by: str, at: int, **fields: object) -> int:
        """An edit of a record."""
        at = max(at, self.latest[ref] + MINUTE_MS)
        return self._put({"ref": ref, "by": by, "at": at, **self._values(fields)})

    def move(self, move: str, ref: str, by: str, at: int, **fields: object) -> int:
        """A move of a record, with `comment`, `makes` and the fields it writes."""
        at = max(at, self.latest[ref] + MINUTE_MS)
        line: Line = {"move": move, "ref": ref, "by": by, "at": at, **self._values(fields)}
        if "makes" in line:
            made = cast(str, line["makes"])
            self.made[made] = self.latest[made] = at
        return self._put(line)

    def put_written(self, lines: Iterable[DataLine]) -> None:
        """Lines of a data file that are written out: `at` is [working days from the end, time].

        A line with `type` makes a record, one with `move` moves it, `{"edit": true}` edits it.
        `rows` gives refs to rows that the book adds by itself: ref -> [type, key].
        """
        for line in lines:
            fields = {name: self._written(value) for name, value in line.fields.items()}
            ref, by = str(fields.pop("ref")), str(fields.pop("by"))
            at = self.span.at(*cast("list[Any]", fields.pop("at")))
            row_refs = list(cast("dict[str, Any]", fields.get("rows", {})))
            if fields.pop("move", None):
                at = self.move(line.name, ref, by, at, **fields)
            elif fields.pop("edit", None):
                self.edit(ref, by, at, **fields)
            else:
                at = self.add(line.name, ref, by, at, **_with_digest(fields))
            self.made |= dict.fromkeys(row_refs, at)
            self.latest |= dict.fromkeys(row_refs, at)

    def _written(self, value: object) -> object:
        """A value of a data file: a text in the language, `{"workday": n}` as a date,
        `{"quarter_of": n}` as the quarter of that day, `{"moment": [n, "10:00"]}` as an instant."""
        if isinstance(value, W):
            return self.say(value)
        if isinstance(value, dict) and "quarter_of" in value:
            return quarter_of(self.span.day(value["quarter_of"]))
        if isinstance(value, dict) and "moment" in value:
            return self.span.at(*value["moment"])
        if isinstance(value, dict) and "workday" in value:
            return self.span.day(value["workday"]).isoformat()
        return value

    def sorted(self) -> list[Line]:
        """All lines in order of time; of one instant in order of creation."""
        return sorted(self._lines, key=lambda line: cast(int, line["at"]))

    def _put(self, line: Line) -> int:
        at = cast(int, line["at"])
        self.latest[cast(str, line["ref"])] = at
        self._lines.append(line)
        return at

    def _values(self, fields: Mapping[str, object]) -> Line:
        """The fields that have a value, texts in the language."""
        texts = {n: self.say(v) if isinstance(v, W) else v for n, v in fields.items()}
        return {name: value for name, value in texts.items() if value is not None and value != ""}


def _with_digest(fields: Line) -> Line:
    """The fields of a new record; the text of an attached file is preceded by its digest."""
    if "content" not in fields:
        return fields
    content = cast(str, fields.pop("content"))
    return {**fields, "sha256": hashlib.sha256(content.encode()).hexdigest(), "content": content}
