"""Days and times written in full: one reading for every way they come in, or a reason."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import written_times


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("8:30", "08:30:00"),
        ("08:30:15", "08:30:15"),
        ("8：30", "08:30:00"),
        ("8时30分", "08:30:00"),
        ("8时30分15秒", "08:30:15"),
        ("8点", "08:00:00"),
        ("上午8:30", "08:30:00"),
        ("下午3:05", "15:05:00"),
        ("下午15:05", "15:05:00"),
        ("晚上 9点", "21:00:00"),
        ("凌晨12:10", "00:10:00"),
        ("中午12:10", "12:10:00"),
        ("中午1:10", "13:10:00"),
        ("8:30 AM", "08:30:00"),
        ("12:30 am", "00:30:00"),
        ("12:30 PM", "12:30:00"),
        ("0830", "08:30:00"),
        ("8:30:15.250", "08:30:15.250000"),
        ("24:00", None),
        ("上午13:00", None),
        ("8:60", None),
        ("8", None),
        ("8.30", None),
        ("0.35", None),
        ("", None),
    ],
)
def test_a_clock(text: str, clock: str | None) -> None:
    found = written_times.clock_of(text)
    assert (found.isoformat() if found else None) == clock


@pytest.mark.parametrize(
    "text",
    [
        "2026/3/5 8:30",
        "2026/3/5 8.30",
        "2026.03.05 08.30",
        "2026年3月5日8.30",
        "2026-3-5 8:30",
        "2026.3.5 8:30",
        "2026/03/05 08:30",
        "2026/3/5  8:30",
        "2026年3月5日 8时30分",
        "2026年3月5日8时30分",
        "2026年3月5日 上午8:30",
        "2026年3月5日星期四 8:30",
        "2026/3/5 8:30 AM",
        "2026/3/5 上午8:30",
        "2026-03-05 0830",
        "20260305 0830",
        "2026-03-05T08:30",
        "２０２６／３／５　８：３０",
    ],
)
def test_a_time_as_spreadsheets_in_china_show_it(text: str) -> None:
    found = written_times.read(text)
    assert found is not None
    assert written_times.at(found) == datetime(2026, 3, 5, 8, 30)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("05/03/2026", "day_order"),
        ("3/5/26 8:30", "day_order"),
        ("26-3-5", "day_order"),
        ("3月5日", "day_year"),
        ("3-5 8:30", "day_year"),
        ("46082", "day_serial"),
        ("46082.35", "day_serial"),
        ("13-40", ""),
        ("昨天吧", ""),
        ("2026", ""),
    ],
)
def test_what_is_none_says_why(text: str, reason: str) -> None:
    assert written_times.read(text) is None and written_times.fault(text) == reason


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        ("d/m/y", "05/03/2026 8:30", "2026-03-05"),
        ("d/m/y", "5.3.26", "2026-03-05"),
        ("m/d/y", "3/5/26 8:30 PM", "2026-03-05"),
        ("y/m/d", "26-3-5", "2026-03-05"),
        ("d/m/y", "2026-03-05", "2026-03-05"),
        ("d/m/y", "5.3.126", None),
        ("y/d/m", "26-3-5", None),
        ("", "05/03/2026", None),
    ],
)
def test_the_order_of_a_list_is_said(order: str, text: str, day: str | None) -> None:
    found = written_times.read(text, order)
    assert (found.day if found else None) == day


def test_a_day_proves_its_order() -> None:
    asked = ("13/05/2026 8:30", "5/13/26", "05/05/2026", "2026-13-05", "x")
    assert [written_times.order_of(text) for text in asked] == ["d/m/y", "m/d/y", "", "", ""]


@given(st.dates(date(1901, 1, 1)), st.none() | st.times(), st.sampled_from("-/."))
def test_every_day_and_time_is_read_as_itself(day: date, clock: time | None, sign: str) -> None:
    text = f"{day.year:04d}{sign}{day.month}{sign}{day.day}"
    text += f" {clock.hour}:{clock:%M:%S.%f}" if clock else ""
    found = written_times.read(text)
    assert found is not None and written_times.at(found).date() == day
    assert found.clock == clock


@given(st.text(max_size=30))
def test_no_text_fails(text: str) -> None:
    found = written_times.read(text)
    assert found is None or len(found.day) == 10
    assert written_times.fault(text) in ("", "day_order", "day_year", "day_serial")
    written_times.clock_of(text)
    written_times.order_of(text)
