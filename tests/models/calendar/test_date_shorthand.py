"""Short ways of typing a day, a week or a moment."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from models.calendar import date_shorthand

TODAY = date(2026, 11, 22)  # a Sunday
NOW = datetime(2026, 11, 22, 10, 30)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026/1/2", "2026-01-02"),
        ("2026年1月2日", "2026-01-02"),
        ("20260102", "2026-01-02"),
        ("11-25", "2026-11-25"),
        ("11.25", "2026-11-25"),
        ("11月25日", "2026-11-25"),
        ("１１－２５", "2026-11-25"),
        ("1-5", "2027-01-05"),  # the nearest: six weeks on, not ten months back
        ("25", "2026-11-25"),
        ("25日", "2026-11-25"),
        ("+3", "2026-11-25"),
        ("-22", "2026-10-31"),
        ("today", "2026-11-22"),
        ("今天", "2026-11-22"),
        (" 明天 ", "2026-11-23"),
        ("昨天", "2026-11-21"),
        ("2-29", "2-29"),
        ("2-30", "2-30"),
        ("x", "x"),
        ("+9999", "2054-04-08"),
    ],
)
def test_a_day_in_few_keys(typed: str, meant: str) -> None:
    assert date_shorthand.day(typed, TODAY) == meant


def test_the_nearest_day_crosses_the_year_both_ways() -> None:
    assert date_shorthand.day("12-30", date(2027, 1, 3)) == "2026-12-30"
    assert date_shorthand.day("1-3", date(2026, 12, 30)) == "2027-01-03"
    assert date_shorthand.day("2-29", date(2027, 3, 1)) == "2028-02-29"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("47", "2026-W47"),
        ("w47", "2026-W47"),
        ("W7", "2026-W07"),
        ("2025-W01", "2025-W01"),
        ("第47周", "2026-W47"),
        ("本周", "2026-W47"),
        ("+1", "2026-W48"),
        ("last week", "2026-W46"),
        ("x", "x"),
    ],
)
def test_a_week_in_few_keys(typed: str, meant: str) -> None:
    assert date_shorthand.week(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:30", "2026-11-22 08:30"),
        ("8：30", "2026-11-22 08:30"),
        ("0830", "2026-11-22 08:30"),
        ("8点", "2026-11-22 08:00"),
        ("8时5分", "2026-11-22 08:05"),
        ("11-20 8:30", "2026-11-20 08:30"),
        ("昨天 22:10", "2026-11-21 22:10"),
        ("2026-11-20T08:30", "2026-11-20 08:30"),
        ("-30", "2026-11-22 10:00"),
        ("现在", "2026-11-22 10:30"),
        ("11-20", "2026-11-20 00:00"),
        ("8.30", "2026-11-22 08:30"),
        ("８．３０", "2026-11-22 08:30"),
        ("11.20", "2026-11-22 11:20"),
        ("8:30 PM", "2026-11-22 20:30"),
        ("8.30 PM", "2026-11-22 20:30"),
        ("下午3.05", "2026-11-22 15:05"),
        ("昨天 8.30", "2026-11-21 08:30"),
        ("11.20 8.30", "2026-11-20 08:30"),
        ("2026-11-20 8.30", "2026-11-20 08:30"),
        ("2026 11.20", "2026-11-20 00:00"),
        ("8.3", "8.3"),
        ("8.75", "8.75"),
        ("24.30", "24.30"),
        ("x", "x"),
    ],
)
def test_a_moment_in_few_keys(typed: str, meant: str) -> None:
    assert date_shorthand.moment(typed, NOW) == meant
