"""Business days, ISO weeks and quarters."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import business_dates
from models.text.words import Refused

days = st.dates(date(1901, 1, 1), date(9990, 1, 1))


def ms(text: str) -> int:
    """The instant of an ISO text with zone, in ms."""
    return int(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-22T15:59:59+00:00", "2026-11-22"),
        ("2026-11-22T16:00:00+00:00", "2026-11-23"),
        ("2026-12-31T16:00:00+00:00", "2027-01-01"),
        ("2026-06-01T00:00:00+08:00", "2026-06-01"),
        ("1988-07-01T15:30:00+00:00", "1988-07-02"),  # summer time was kept then
    ],
)
def test_business_day_is_that_of_the_zone(at: str, day: str) -> None:
    assert business_dates.business_day(ms(at)).isoformat() == day


def test_another_zone_gives_another_day() -> None:
    assert business_dates.business_day(ms("2026-11-22T20:00:00+00:00"), "UTC") == date(2026, 11, 22)


@pytest.mark.parametrize("name", ["Asia/Nowhere", "", "../etc/passwd", "Asia"])
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="Asia/Shanghai"):
        business_dates.zone(name)


@pytest.mark.parametrize("at", [10**30, -(10**30)])
def test_absurd_instant_has_some_day(at: int) -> None:
    assert isinstance(business_dates.business_day(at), date)


@given(st.dates(date(1992, 1, 1), date(9990, 1, 1)), st.integers(0, 24 * 60 - 1))
def test_instant_and_day_agree(day: date, minute: int) -> None:
    at = business_dates.instant(day, minute)
    assert business_dates.business_day(at) == day
    assert business_dates.local(at).hour * 60 + business_dates.local(at).minute == minute
    assert business_dates.instant(day, 1440) == business_dates.instant(day + timedelta(days=1))


@given(days)
def test_a_week_is_seven_days_long(day: date) -> None:
    since, until = business_dates.week_span(business_dates.week_of(day), "UTC")
    assert (
        since
        <= business_dates.instant(day, 0, "UTC")
        < until
        == since + 7 * 24 * business_dates.HOUR_MS
    )
    assert business_dates.week_of(
        business_dates.business_day(until, "UTC")
    ) == business_dates.next_week(business_dates.week_of(day))


@pytest.mark.parametrize("text", [None, "", 20261122, "2026-02-30", "下周一", "2026-11"])
def test_what_is_no_day_means_none(text: object) -> None:
    assert business_dates.day_of(text) is None
    assert business_dates.day_of("2026-11-22") == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2024-12-29", "2024-W52"),
        ("2024-12-30", "2025-W01"),
        ("2025-12-28", "2025-W52"),
        ("2025-12-29", "2026-W01"),
        ("2026-01-04", "2026-W01"),
        ("2026-01-05", "2026-W02"),
        ("2026-11-16", "2026-W47"),
        ("2026-11-22", "2026-W47"),
        ("2026-12-31", "2026-W53"),
        ("2027-01-03", "2026-W53"),
        ("2027-01-04", "2027-W01"),
        ("2021-01-03", "2020-W53"),
    ],
)
def test_week_of_known_days(day: str, week: str) -> None:
    assert business_dates.week_of(date.fromisoformat(day)) == week


@given(days)
def test_week_holds_its_day(day: date) -> None:
    week = business_dates.week_of(day)
    assert business_dates.first_day(week) <= day <= business_dates.last_day(week)
    assert business_dates.first_day(week).weekday() == 0
    assert business_dates.days_of(week)[day.weekday()] == day
    assert business_dates.next_week(business_dates.previous_week(week)) == week
    assert business_dates.first_day(business_dates.next_week(week)) == business_dates.last_day(
        week
    ) + timedelta(days=1)


@given(days, st.integers(0, 60))
def test_weeks_through_miss_nothing(day: date, count: int) -> None:
    last = day + timedelta(days=count)
    found = list(business_dates.weeks_through(day, last))
    assert set(found) == {business_dates.week_of(day + timedelta(days=n)) for n in range(count + 1)}
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-W00",
        "2025-W53",
        "2026-W54",
        "2026W47",
        "2026-w47",
        "２026-W47",
        "0000-W01",
        "2026-W4",
    ],
)
def test_no_week_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="2026-W47"):
        business_dates.first_day(text)


@given(days)
def test_quarter_holds_its_day(day: date) -> None:
    quarter = business_dates.quarter_of(day)
    first, last = business_dates.quarter_span(quarter)
    assert first <= day <= last
    assert business_dates.quarter_of(last + timedelta(days=1)) == business_dates.shift_quarter(
        quarter, 1
    )
    assert business_dates.quarter_of(first - timedelta(days=1)) == business_dates.shift_quarter(
        quarter, -1
    )


def test_quarter_of_year_end() -> None:
    assert business_dates.quarter_span("2026-Q4") == (date(2026, 10, 1), date(2026, 12, 31))
    assert business_dates.shift_quarter("2026-Q4", 1) == "2027-Q1"


@pytest.mark.parametrize("text", ["2026-Q0", "2026-Q5", "2026Q1", "26-Q1", "2026-Q", ""])
def test_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="2026-Q4"):
        business_dates.quarter_span(text)


def test_epoch_is_utc() -> None:
    assert business_dates.local(0, "UTC") == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("day", ["2026-11-22", "1900-01-01", "9998-12-31", "2028-02-29"])
def test_a_day_is_read(day: str) -> None:
    assert business_dates.day_of(day) == date.fromisoformat(day)


NO_DAYS = ("", "x", "2026-13-45", "20261122", "2026-W47-1", "２０２６-11-22", "2026-11-22\n")


@pytest.mark.parametrize("day", [*NO_DAYS, "9999-12-31", "0001-01-01", None, 7, "\x1b[2J"])
def test_what_is_no_day_is_none(day: object) -> None:
    assert business_dates.day_of(day) is None


def test_import_reads_no_table_and_no_zone() -> None:
    """The start path pays for the calendar only when it asks for a day."""
    code = (
        "import sys, models.calendar.working_hours\n"
        "assert not {'csv', 'zoneinfo', 'decimal'} & set(sys.modules)\n"
        "from models.calendar.working_calendar import bundled\n"
        "assert bundled.cache_info().currsize == 0\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-11-20", 3, "2027-02-20"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
    ],
)
def test_months_end_on_a_day_that_there_is(day: str, months: int, then: str) -> None:
    assert business_dates.add_months(date.fromisoformat(day), months) == date.fromisoformat(then)
