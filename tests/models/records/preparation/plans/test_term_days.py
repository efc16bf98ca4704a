"""Term days: one day in each period, on the working calendar of 2024 to 2027."""

from __future__ import annotations

from datetime import date

import pytest

from models.calendar.working_calendar import BUNDLED
from models.records.preparation.plans.service_term import ServiceTerm
from models.records.preparation.plans.term_days import days_of


def days(first: str, last: str, frequency: str, **values: str) -> list[str]:
    """The due days of a term, 'MM-DD'."""
    term = ServiceTerm(what="巡检", frequency=frequency, **values)
    span = date.fromisoformat(first), date.fromisoformat(last)
    return [f"{one.due:%m-%d}" for one in days_of(term, *span, BUNDLED)]


def periods(first: str, last: str, frequency: str, **values: str) -> list[str]:
    """The names of its periods."""
    term = ServiceTerm(what="巡检", frequency=frequency, **values)
    span = date.fromisoformat(first), date.fromisoformat(last)
    return [one.period for one in days_of(term, *span, BUNDLED)]


@pytest.mark.parametrize(
    ("year", "ends"),
    [
        ("2024", ["03-29", "06-28", "09-30", "12-31"]),
        ("2025", ["03-31", "06-30", "09-30", "12-31"]),
        ("2026", ["03-31", "06-30", "09-30", "12-31"]),
    ],
)
def test_quarters_end_on_their_last_working_day(year: str, ends: list[str]) -> None:
    assert days(f"{year}-01-01", f"{year}-12-31", "quarterly") == ends


@pytest.mark.parametrize(
    ("first", "last", "weekday", "due"),
    [
        # 2024: the Spring Festival is off from 02-10 to 02-17, the Sundays 02-04 and 02-18 worked.
        ("2024-02-05", "2024-02-25", "1", ["02-05", "02-18", "02-19"]),
        ("2024-01-29", "2024-02-04", "7", ["02-04"]),
        # The week of Labour Day: 05-01 to 05-05 off, the Sunday before and Saturday after worked.
        ("2024-04-29", "2024-05-12", "5", ["04-30", "05-10"]),
        ("2024-05-06", "2024-05-12", "6", ["05-11"]),
        # National Day 2025 with Mid-Autumn: 10-01 to 10-08 off, Saturday 10-11 worked.
        ("2025-09-29", "2025-10-12", "3", ["09-30", "10-09"]),
        ("2025-10-06", "2025-10-12", "6", ["10-11"]),
        # 2026: the week from 02-16 has no working day, so nothing is due in it.
        ("2026-02-09", "2026-03-01", "6", ["02-14", "02-28"]),
        ("2026-02-16", "2026-02-22", "1", []),
        ("2026-02-23", "2026-03-01", "1", ["02-24"]),
        ("2026-09-14", "2026-09-20", "7", ["09-20"]),
    ],
)
def test_a_weekday_off_moves_within_its_week(
    first: str, last: str, weekday: str, due: list[str]
) -> None:
    assert days(first, last, "weekly", weekday=weekday) == due


def test_every_working_day_knows_make_up_days() -> None:
    assert days("2026-02-13", "2026-02-28", "workdays") == [
        *("02-13", "02-14", "02-24", "02-25", "02-26", "02-27", "02-28"),
    ]
    assert len(days("2026-02-13", "2026-02-28", "every_day")) == 16


def test_a_day_of_the_month_follows_from_the_first_one() -> None:
    # 01-31 is a Saturday, 02-28 a worked one; 05-31 and 10-31 are not worked and last of the month.
    found = days("2026-01-01", "2026-12-31", "monthly", first_due="2026-01-31")
    assert found == [
        *("01-30", "02-28", "03-31", "04-30", "05-29", "06-30"),
        *("07-31", "08-31", "09-30", "10-30", "11-30", "12-31"),
    ]
    assert days("2026-01-01", "2026-12-31", "quarterly", first_due="2026-02-10") == [
        *("02-10", "05-11", "08-10", "11-10"),
    ]
    assert days("2026-01-01", "2026-12-31", "half_yearly", first_due="2026-04-05") == [
        *("04-07", "10-08"),
    ]
    assert days("2026-01-01", "2027-12-31", "yearly", first_due="2026-06-19") == ["06-22", "06-21"]


def test_nothing_is_due_before_the_first_one() -> None:
    assert days("2026-01-01", "2026-04-30", "monthly", first_due="2026-03-16") == ["03-16", "04-16"]
    assert days("2026-03-01", "2026-03-20", "weekly", first_due="2026-03-11") == ["03-11", "03-18"]
    assert days("2026-03-02", "2026-03-31", "biweekly", first_due="2026-03-12") == [
        *("03-12", "03-26"),
    ]
    assert days("2026-01-01", "2026-12-31", "once", first_due="2026-05-02") == ["05-06"]
    assert days("2026-01-01", "2026-12-31", "once") == ["12-31"]


def test_the_plan_s_first_and_last_period_may_be_parts() -> None:
    assert days("2026-03-18", "2026-04-15", "monthly") == ["03-31", "04-15"]
    # The tenth of March lies before the plan begins.
    assert days("2026-03-18", "2026-04-15", "monthly", first_due="2026-03-10") == ["04-10"]
    assert days("2026-03-18", "2026-03-20", "weekly", weekday="1") == []


@pytest.mark.parametrize(
    ("frequency", "names"),
    [
        ("workdays", ["2026-06-30", "2026-07-01"]),
        ("weekly", ["2026-W27"]),
        ("monthly", ["2026-06", "2026-07"]),
        ("quarterly", ["2026-Q2", "2026-Q3"]),
        ("half_yearly", ["2026-H1", "2026-H2"]),
        ("yearly", ["2026"]),
        ("once", ["1"]),
    ],
)
def test_a_period_has_a_name_of_its_own(frequency: str, names: list[str]) -> None:
    assert periods("2026-06-30", "2026-07-01", frequency) == names


def test_a_year_that_is_not_announced_has_the_fixed_holidays() -> None:
    # 2027 is not in the program: 01-01, 05-01 and 10-01 are off, all else is Monday to Friday.
    assert days("2026-12-28", "2027-01-10", "weekly", weekday="5") == ["12-31", "01-08"]
    assert days("2027-10-01", "2027-10-03", "workdays") == []
