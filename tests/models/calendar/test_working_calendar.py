"""Working days of the Chinese calendar, and the fallback for years not announced."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendar.working_calendar import BUNDLED, Calendar, bundled
from models.calendar.year_file import fixed_days, load_year
from models.text.words import W

DAY = timedelta(days=1)
days = st.dates(date(2023, 6, 1), date(2028, 6, 1))

# The facts of the yearly notices, spelled otherwise than the table: spans off, make-up days.
OFF = {
    2024: "01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07",
    2025: "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
    2026: "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 "
    "10-01..10-07",
}
MAKE_UP = {
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
STATUTORY = {
    2024: "01-01 02-10 02-11 02-12 04-04 05-01 06-10 09-17 10-01 10-02 10-03",
    2025: "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06",
    2026: "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03",
}


@pytest.mark.parametrize("year", [*range(1900, 2040), 2400, 9998])
def test_a_year_that_nobody_announced_is_counted_without_its_days(year: int) -> None:
    """A due day thousands of years off, by a slip or by malice, must cost nothing."""
    fresh = Calendar()
    before, last = date(year, 1, 1) - DAY, date(year, 12, 31)
    counted = fresh.workdays_between(before - DAY, last + DAY)
    assert counted == len(fresh.workdays(before, last + DAY))


def spans(year: int, text: str) -> set[date]:
    """The days of '01-01..01-03 04-05'."""
    found: set[date] = set()
    for part in text.split():
        first, _, last = part.partition("..")
        day, end = (date.fromisoformat(f"{year}-{d}") for d in (first, last or first))
        while day <= end:
            found.add(day)
            day += DAY
    return found


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_the_announced_years(year: int) -> None:
    off, make_up, day = spans(year, OFF[year]), spans(year, MAKE_UP[year]), date(year, 1, 1)
    statutory = spans(year, STATUTORY[year])
    while day.year == year:
        found = BUNDLED.day(day)
        assert found.work == (day in make_up or (day.weekday() < 5 and day not in off)), day
        assert found.statutory == (day in statutory), day
        assert not found.provisional
        assert (found.name is not None) == (day in off | make_up), day
        day += DAY


@pytest.mark.parametrize(("year", "count"), [(2024, 11), (2025, 13), (2026, 13)])
def test_statutory_days_by_law(year: int, count: int) -> None:
    found = [entry for found in bundled() for entry in found.days if entry.day.year == year]
    assert sum(entry.statutory for entry in found) == count
    assert all(entry.name.zh and entry.name.en.isascii() for entry in found)


def test_swapped_days_are_not_statutory() -> None:
    swapped = BUNDLED.day(date(2026, 4, 6))
    assert (swapped.work, swapped.statutory, swapped.name) == (
        False,
        False,
        W("清明节", "Qingming Festival"),
    )


@pytest.mark.parametrize(
    ("day", "count", "result"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # a worked Saturday
        ("2026-02-14", 1, "2026-02-24"),  # over the Spring Festival
        ("2026-02-24", -1, "2026-02-14"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-10-01", 0, "2026-10-08"),
        ("2026-10-08", 0, "2026-10-08"),
        ("2025-12-31", 1, "2026-01-04"),  # a worked Sunday, in the first ISO week
        ("2026-01-04", -1, "2025-12-31"),
        ("2025-12-31", 250, "2027-01-05"),  # 2026 has 248 working days
    ],
)
def test_add_workdays(day: str, count: int, result: str) -> None:
    assert BUNDLED.add_workdays(date.fromisoformat(day), count).isoformat() == result


@pytest.mark.parametrize("makeup", [True, False])
@given(start=days, count=st.integers(1, 400))
@settings(max_examples=60)
def test_adding_and_counting_agree(makeup: bool, start: date, count: int) -> None:
    calendar = BUNDLED if makeup else Calendar(makeup=False)
    end = calendar.add_workdays(start, count)
    assert calendar.is_workday(end)
    assert calendar.workdays_between(start, end) == count
    assert calendar.workdays_between(end, start) == -count
    assert calendar.add_workdays(end + DAY, -1) == end
    one_by_one = sum(calendar.is_workday(start + n * DAY) for n in range(1, (end - start).days + 1))
    assert one_by_one == count == len(calendar.workdays(start + DAY, end))


@given(days, st.integers(1, 400))
def test_going_back_counts_the_same(start: date, count: int) -> None:
    end = BUNDLED.add_workdays(start, -count)
    assert BUNDLED.is_workday(end)
    assert len(BUNDLED.workdays(end, start - DAY)) == count


@pytest.mark.shows(94)
def test_make_up_days_can_be_ignored() -> None:
    calendar = Calendar(makeup=False)
    assert not any(calendar.is_workday(day) for y in MAKE_UP for day in spans(y, MAKE_UP[y]))
    assert not calendar.is_workday(date(2026, 2, 20))  # the days swapped off stay off
    assert calendar.workdays_between(date(2026, 1, 1), date(2026, 12, 31)) == 248 - 6


@pytest.mark.parametrize(
    ("quarter", "last"),
    [
        ("2026-Q1", "03-25 03-26 03-27 03-30 03-31"),
        ("2026-Q2", "06-24 06-25 06-26 06-29 06-30"),
        ("2026-Q3", "09-23 09-24 09-28 09-29 09-30"),
        ("2026-Q4", "12-25 12-28 12-29 12-30 12-31"),
    ],
)
def test_quarter_end(quarter: str, last: str) -> None:
    assert BUNDLED.quarter_end(quarter) == sorted(spans(2026, last))


def test_week_end() -> None:
    assert BUNDLED.week_end("2026-W47") == date(2026, 11, 20)
    assert BUNDLED.week_end("2026-W07") == date(2026, 2, 14)
    assert BUNDLED.week_end("2026-W08") == date(2026, 2, 24)  # wholly off


def test_year_not_announced() -> None:
    assert not BUNDLED.known(2027)
    new_year, spring = BUNDLED.day(date(2027, 1, 1)), BUNDLED.day(date(2027, 2, 8))
    assert (new_year.work, new_year.statutory, new_year.provisional) == (False, True, True)
    assert (spring.work, spring.name, spring.provisional) == (True, None, True)
    off = [d for d in fixed_days(2027) if not BUNDLED.is_workday(d)]
    assert [d.isoformat()[5:] for d in off] == [
        "01-01",
        "05-01",
        "05-02",
        "10-01",
        "10-02",
        "10-03",
    ]
    assert date(2023, 5, 2) not in fixed_days(2023)
    assert BUNDLED.provisional(date(2026, 12, 30), date(2027, 1, 4))
    assert not BUNDLED.provisional(date(2026, 12, 30), date(2026, 12, 31))


def year_text(year: int, *more: str) -> str:
    """A year file with the fixed days and some rows more."""
    rows = [f"{d},off,yes,{name.zh},{name.en}" for d, name in fixed_days(year).items()]
    return "\n".join(["date,day,statutory,name_zh,name_en", *rows, *more])


def test_import_replaces_a_year() -> None:
    text = year_text(2027, "2027-02-08,off,no,春节,Spring Festival", "2027-02-20,work,no,春节,x")
    calendar = BUNDLED.with_year(load_year(text))
    assert calendar.known(2027) and not BUNDLED.known(2027)
    assert not calendar.is_workday(date(2027, 2, 8)) and calendar.is_workday(date(2027, 2, 20))
    again = calendar.with_year(load_year(year_text(2027)))
    assert again.is_workday(date(2027, 2, 8)) and again.known(2027)
    assert again.day(date(2026, 2, 16)).statutory
