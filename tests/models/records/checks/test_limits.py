"""Readings beside their limits, and where they are heading."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.checks.limits import Drift, drift, judge, number, span
from models.text.words import language


@pytest.mark.parametrize(
    ("reading", "low", "high", "says"),
    [
        ("23", "18", "27", "in"),
        ("27", "18", "27", "near"),
        ("26.2", "18", "27", "near"),
        ("26", "18", "27", "in"),
        ("18", "18", "27", "near"),
        ("27.01", "18", "27", "out"),
        ("17.9", "18", "27", "out"),
        ("63", None, "70", "near"),
        ("62.9", None, "70", "in"),
        ("70.1", None, "70", "out"),
        ("33", "30", None, "near"),
        ("34", "30", None, "in"),
        ("29", "30", None, "out"),
        ("0", None, "0", "in"),
        ("1", None, "0", "out"),
        ("-54", "-54.5", "-53.5", "in"),
        ("-53.55", "-54.5", "-53.5", "near"),
        ("-53.4", "-54.5", "-53.5", "out"),
        ("5", "5", "5", "in"),
    ],
)
def test_a_reading_stands_in_near_or_out(
    reading: str, low: str | None, high: str | None, says: str
) -> None:
    found = judge(reading, low, high)
    assert found is not None and found.where == says


@pytest.mark.parametrize(
    ("reading", "low", "high"),
    [("99", None, None), ("not a number", "1", "2"), ("", "1", "2"), ("3", "NaN", "Infinity")],
)
def test_where_nothing_can_be_said_there_is_no_verdict(
    reading: str, low: str | None, high: str | None
) -> None:
    assert judge(reading, low, high) is None


def test_a_verdict_says_which_limit_in_both_languages() -> None:
    assert str(judge("28", "18", "27")) == "超出上限 27"
    assert str(judge("17", "18", "27")) == "低于下限 18"
    assert str(judge("26.9", "18", "27")) == "接近上限 27"
    language.now = "en"
    assert str(judge("18.1", "18", "27")) == "near the low limit 18"
    assert str(judge("20", "18", "27")) == "within limits"


@pytest.mark.parametrize(
    ("newest_first", "found"),
    [
        (["25", "24", "23"], Drift(True, 3)),  # 26, 27 on the limit, 28 beyond
        (["25.5", "24.5", "23.5"], Drift(True, 2)),
        (["20", "21", "22", "23"], Drift(False, 3)),
        (["25", "24"], None),
        (["25", "25", "24"], None),
        (["25", "23", "24"], None),
        (["23.02", "23.01", "23"], None),  # two hundred more: no news
        (["28", "27", "26"], None),  # beyond already
    ],
)
def test_readings_that_go_one_way_tell_when_they_will_be_out(
    newest_first: list[str], found: Drift | None
) -> None:
    assert drift(newest_first, "18", "27") == found


def test_a_drift_needs_a_limit_on_its_side() -> None:
    assert drift(["25", "24", "23"], "18", None) is None
    assert str(drift(["68", "66", "64"], None, "70")) == "连续上升，照此再测 2 次就会越限"


decimals = st.decimals(-1000, 1000, places=2).map(str)


@given(st.lists(decimals, min_size=3, max_size=5), decimals, decimals)
def test_a_drift_is_out_exactly_when_it_says(values: list[str], one: str, other: str) -> None:
    low, high = sorted((one, other), key=Decimal)
    found = drift(values, low, high)
    if found is not None:
        pace = (Decimal(values[0]) - Decimal(values[-1])) / (len(values) - 1)
        limit = Decimal(high if found.up else low)
        way = 1 if found.up else -1
        then, before = (Decimal(values[0]) + pace * n for n in (found.ahead, found.ahead - 1))
        assert (then - limit) * way > Decimal("-1e-9")
        assert (before - limit) * way < Decimal("1e-9")


def test_limits_in_short() -> None:
    assert span("18", "27") == "18 - 27"
    assert span("-5", "5") == "-5 - 5"
    assert span("-14", "-1") == "-14 .. -1"
    assert span(None, "70") == "<= 70"
    assert span("30", None) == ">= 30"
    assert span(None, None) == ""
    assert number("") is None


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999999", "٣", "-", "abc", "9" * 5000])
def test_what_is_no_number_binds_nothing(text: str) -> None:
    """Another device may have written anything: it is shown, and nothing is reckoned from it."""
    assert number(text) is None and judge(text, "1", "2") is None
    assert judge("7", text, text) is None and drift(["3", "2", "1"], None, text) is None
