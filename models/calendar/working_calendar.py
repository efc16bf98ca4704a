"""The working calendar: which days are worked, with statutory days off and make-up workdays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import isleap
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from models.calendar.business_dates import DEFAULT_ZONE, first_day, last_day, quarter_span
from models.calendar.year_file import CalendarDay, Year, fixed_days, load_year
from models.frozen import NamedTuple
from models.text.words import W


class Day(NamedTuple):
    """What the calendar says of one day; `provisional` = its year is not announced yet."""

    day: date
    work: bool
    statutory: bool
    name: W | None
    provisional: bool


@cache
def bundled() -> tuple[Year, ...]:
    """The year files that come with the program, read on first use."""
    files = sorted((Path(__file__).parent / "data").glob("*.csv"))
    return tuple(load_year(file.read_text(encoding="utf-8")) for file in files)


class Calendar:
    """The working days of a firm: bundled years, imported years in their place, Monday to Friday.

    A year without a file falls back to Monday to Friday less the statutory days on fixed dates,
    and says so by `provisional`. With `makeup=False` the firm does not work on make-up days;
    the days swapped off stay off.
    """

    def __init__(
        self, imported: Iterable[Year] = (), *, makeup: bool = True, zone: str = DEFAULT_ZONE
    ) -> None:
        self.imported = {year.year: year for year in imported}
        self.makeup = makeup
        self.zone = zone
        self._table: dict[date, CalendarDay] | None = None
        self._known: set[int] = set()
        self._worked: dict[int, list[int]] = {}
        self._plain: Calendar | None = None

    def with_year(self, year: Year) -> Calendar:
        """This calendar with that year added or replaced."""
        years = (self.imported | {year.year: year}).values()
        return Calendar(years, makeup=self.makeup, zone=self.zone)

    def without_makeup(self) -> Calendar:
        """This calendar for a firm that does not work on make-up days."""
        if self._plain is None:
            made = Calendar(self.imported.values(), makeup=False, zone=self.zone)
            self._plain = made if self.makeup else self
        return self._plain

    def known(self, year: int) -> bool:
        """Whether the year is announced: bundled or imported."""
        self._entries()
        return year in self._known

    def provisional(self, first: date, last: date | None = None) -> bool:
        """Whether a date calculated over these days may still move by a notice not yet out."""
        years = range(first.year, (last or first).year + 1)
        return not all(self.known(year) for year in years)

    def day(self, day: date) -> Day:
        """What the day is: worked or not, statutory, named, provisional."""
        entry = self._entries().get(day)
        if entry is None:
            known = self.known(day.year)
            name = None if known else fixed_days(day.year).get(day)
            worked = day.weekday() < 5 and name is None
            return Day(day, worked, name is not None, name, not known)
        return Day(day, entry.work and self.makeup, entry.statutory, entry.name, False)

    def is_workday(self, day: date) -> bool:
        """Whether the firm works on that day."""
        return self.day(day).work

    def workdays(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`, both included."""
        found: list[date] = []
        for year in range(first.year, last.year + 1):
            days = self._days(year)
            low, high = bisect_left(days, first.toordinal()), bisect_right(days, last.toordinal())
            found.extend(map(date.fromordinal, days[low:high]))
        return found

    def add_workdays(self, day: date, count: int) -> date:
        """The count-th working day after the day (before it, when below zero).

        With 0: the day itself when it is worked, else the next one that is.
        """
        if count == 0 and self.is_workday(day):
            return day
        return self._ahead(day, max(count, 1)) if count >= 0 else self._back(day, -count)

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and with `last`; negative backwards.

        So `workdays_between(d, add_workdays(d, n)) == n` for every n above zero.
        """
        if last < first:
            return -self.workdays_between(last, first)
        return (
            self._through(last)
            - self._through(first)
            + sum(map(self._count, range(first.year, last.year)))
        )

    def last_workdays(self, first: date, last: date, count: int) -> list[date]:
        """The last `count` working days within a span, earliest first; fewer if it has fewer."""
        return self.workdays(first, last)[-count:] if count > 0 else []

    def quarter_end(self, quarter: str, count: int = 5) -> list[date]:
        """The last working days of a quarter, when its check is due. Clause: 5.1.2."""
        return self.last_workdays(*quarter_span(quarter), count)

    def week_end(self, week: str) -> date:
        """When the week's report is due: its last working day, or the next one if it has none."""
        within = self.workdays(first_day(week), last_day(week))
        return within[-1] if within else self.add_workdays(last_day(week), 1)

    def _entries(self) -> dict[date, CalendarDay]:
        if self._table is None:
            years = {year.year: year for year in bundled()} | self.imported
            self._known = set(years)
            self._table = {e.day: e for number in sorted(years) for e in years[number].days}
        return self._table

    def _days(self, year: int) -> list[int]:
        """The working days of a year as ordinals, calculated once."""
        if year not in self._worked:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            table, fixed = self._entries(), {} if self.known(year) else fixed_days(year)
            worked = {n for n in range(first, last + 1) if (n - 1) % 7 < 5}
            for day in {*fixed, *(one for one in table if one.year == year)}:
                (worked.add if self.is_workday(day) else worked.discard)(day.toordinal())
            self._worked[year] = sorted(worked)
        return self._worked[year]

    def _count(self, year: int) -> int:
        """How many working days a year has; of one that was not announced, its weekdays.

        A due day may lie thousands of years off by a slip of the hand, or by malice.
        """
        if year in self._worked or self.known(year):
            return len(self._days(year))
        first = date(year, 1, 1).weekday()
        rest = range(first, first + 365 + isleap(year) - 52 * 7)
        off = sum(day.weekday() < 5 for day in fixed_days(year))
        return 52 * 5 + sum(day % 7 < 5 for day in rest) - off

    def _through(self, day: date) -> int:
        """How many working days of its year have come by the end of the day."""
        return bisect_right(self._days(day.year), day.toordinal())

    def _ahead(self, day: date, count: int) -> date:
        year, at = day.year, self._through(day) + count - 1
        while at >= len(self._days(year)):
            at -= len(self._days(year))
            year += 1
        return date.fromordinal(self._days(year)[at])

    def _back(self, day: date, count: int) -> date:
        year, at = day.year, bisect_left(self._days(day.year), day.toordinal()) - count
        while at < 0:
            year -= 1
            at += len(self._days(year))
        return date.fromordinal(self._days(year)[at])


BUNDLED = Calendar()
"""The calendar of a firm that changed nothing."""


@cache
def calendar_of(zone: str) -> Calendar:
    """The bundled working calendar in a time zone."""
    return BUNDLED if zone == BUNDLED.zone else Calendar(zone=zone)
