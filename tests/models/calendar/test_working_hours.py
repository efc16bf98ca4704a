"""Working hours of a service agreement: due instants, elapsed time, marks."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendar import working_hours
from models.calendar.business_dates import HOUR_MS, MINUTE_MS
from models.calendar.service_clocks import CLOCK, CLOCKS
from models.calendar.working_calendar import BUNDLED, Calendar
from models.text.words import Refused

ZONE = "+08:00"
instants = st.integers(1_690_000_000_000, 1_850_000_000_000)
clocks = st.sampled_from(sorted(CLOCKS))


def ms(text: str) -> int:
    """The instant of a local time."""
    return int(datetime.fromisoformat(f"{text}{ZONE}").timestamp() * 1000)


@pytest.mark.parametrize(
    ("start", "count", "clock", "end"),
    [
        ("2026-11-20T16:00", 4, "7x24", "2026-11-20T20:00"),
        ("2026-11-20T16:00", 4, "5x8", "2026-11-23T12:00"),  # over the weekend
        ("2026-11-20T16:00", 4, "7x12", "2026-11-20T20:00"),
        ("2026-11-20T16:00", 5, "7x12", "2026-11-21T09:00"),
        ("2026-11-23T09:00", 8, "5x8", "2026-11-23T17:00"),  # the end of the day, not the next
        ("2026-11-23T09:00", 16, "5x8", "2026-11-24T17:00"),
        ("2026-11-23T18:30", 1, "5x8", "2026-11-24T10:00"),
        ("2026-11-21T11:00", 1, "5x8", "2026-11-23T10:00"),
        ("2026-02-13T16:00", 2, "5x8", "2026-02-14T10:00"),  # a make-up Saturday
        ("2026-02-14T16:00", 2, "5x8", "2026-02-24T10:00"),  # the Spring Festival
        ("2026-10-01T03:00", 1, "7x12", "2026-10-01T09:00"),
        ("2026-11-20T16:00", 0, "5x8", "2026-11-20T16:00"),
    ],
)
def test_due(start: str, count: int, clock: str, end: str) -> None:
    assert working_hours.due(ms(start), count, clock) == ms(end)


def test_due_takes_parts_of_an_hour() -> None:
    assert working_hours.due(ms("2026-11-23T16:45"), Decimal("0.5"), "5x8") == ms(
        "2026-11-24T09:15"
    )


def test_due_without_make_up_days() -> None:
    own = Calendar(makeup=False)
    assert working_hours.due(ms("2026-02-13T16:00"), 2, "5x8", own) == ms("2026-02-24T10:00")


def test_due_in_another_zone() -> None:
    there = Calendar(zone="Europe/Berlin")
    # Summer time ends on the night to 25 October 2026; the office still opens at nine.
    assert working_hours.due(ms("2026-10-23T22:30"), 1, "5x8", there) == ms("2026-10-26T16:30")


def test_marks() -> None:
    found = working_hours.marks(ms("2026-11-20T13:00"), 8, "5x8")
    assert found == [ms("2026-11-23T11:00"), ms("2026-11-23T13:00")]


def test_unknown_service_time_is_refused() -> None:
    with pytest.raises(Refused, match="7x24, 5x8, 7x12"):
        working_hours.due(0, 1, "6x10")


@pytest.mark.parametrize(
    ("now", "percent"),
    [
        ("2026-11-20T09:00", 0),
        ("2026-11-20T16:00", 0),
        ("2026-11-22T12:00", 25),  # a weekend uses nothing up
        ("2026-11-23T11:00", 75),
        ("2026-11-23T12:00", 100),
        ("2026-11-23T14:00", 150),
    ],
)
def test_share(now: str, percent: int) -> None:
    start, end = ms("2026-11-20T16:00"), ms("2026-11-23T12:00")
    assert working_hours.share(start, end, ms(now), "5x8") == percent


@pytest.mark.parametrize(("now", "percent"), [("2026-11-21T10:00", 0), ("2026-11-21T12:00", 100)])
def test_share_of_a_span_without_working_time(now: str, percent: int) -> None:
    start, end = ms("2026-11-21T09:00"), ms("2026-11-21T12:00")
    assert working_hours.share(start, end, ms(now), "5x8") == percent


@given(instants, st.integers(0, 400 * 60), clocks)
@settings(max_examples=200)
def test_due_is_the_first_instant_with_the_time_elapsed(
    start: int, minutes: int, clock: str
) -> None:
    end = working_hours.due(start, Decimal(minutes) / 60, clock)
    need = int(Decimal(minutes) / 60 * HOUR_MS)
    assert working_hours.elapsed(start, end, clock) == need
    if need:
        assert working_hours.elapsed(start, end - 1, clock) == need - 1


@given(instants, instants, instants, clocks)
@settings(max_examples=200)
def test_elapsed_adds_up(a: int, b: int, c: int, clock: str) -> None:
    first = working_hours.elapsed(a, b, clock)
    assert first + working_hours.elapsed(b, c, clock) == working_hours.elapsed(a, c, clock)
    assert working_hours.elapsed(b, a, clock) == -first
    assert abs(first) <= abs(b - a)
    assert working_hours.worked(a, b) == max(working_hours.elapsed(a, b, CLOCK), 0)


@given(instants, st.integers(1, 40))
@settings(max_examples=60)
def test_elapsed_against_counting_minutes(start: int, length: int) -> None:
    """The closed form against a walk over every quarter of an hour."""
    start -= start % (15 * MINUTE_MS)
    end = start + length * 2 * HOUR_MS
    walked = 0
    for at in range(start, end, 15 * MINUTE_MS):
        clock = datetime.fromtimestamp(at / 1000, tz=_zone())
        walked += BUNDLED.is_workday(clock.date()) and 9 <= clock.hour < 17
    assert working_hours.elapsed(start, end, "5x8") == walked * 15 * MINUTE_MS


def _zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo("Asia/Shanghai")
