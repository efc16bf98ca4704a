"""Readings of the demonstration: inside the limits, along their course, as canonical text."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import W
from tui.demo.checklists import ITEMS, TEMPLATES, DemoItem
from tui.demo.readings import COURSES, days_left, decimal, reading

WORD = W("字", "word")
DAYS = [date(2026, 11, 1) + timedelta(days=place) for place in range(22)]


def item(low: str | None, high: str | None, usual: float, spread: float) -> DemoItem:
    """An item with these limits and these everyday readings."""
    return DemoItem(
        "s", "k", WORD, WORD, "reading", "V", low, high, usual=usual, spread=spread, digits=1
    )


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(23.0, 1, "23"), (23.5, 1, "23.5"), (-0.04, 1, "0"), (0.02, 2, "0.02"), (-21.5, 1, "-21.5")],
)
def test_a_number_has_no_useless_zeros_and_no_minus_zero(
    value: float, digits: int, text: str
) -> None:
    assert decimal(value, digits) == text


@given(st.integers(), st.integers(0, 21))
def test_everyday_readings_are_inside_the_limits(seed: int, back: int) -> None:
    rng = Random(seed)
    for one in ITEMS:
        if one.answer_kind == "reading":
            value = float(reading(one, ("none", one.stable, None), back, rng))
            assert one.low is None or value >= float(one.low), one
            assert one.high is None or value <= float(one.high), one


def test_a_reading_without_lower_limit_is_not_negative() -> None:
    count = item(None, "5", 0, 3)
    values = [float(reading(count, ("t", "k", None), 3, Random(seed))) for seed in range(30)]
    assert min(values) == 0 and 0 < max(values) <= 5


def test_a_course_moves_evenly_between_its_points() -> None:
    key = ("hosp-env", "humidity", None)
    humidity = next(one for one in ITEMS if one.stable == "humidity")._replace(spread=0)
    points = dict(COURSES[key])
    assert float(reading(humidity, key, 21, Random(1))) == points[21]
    assert float(reading(humidity, key, 11, Random(1))) == points[11]
    middle = float(reading(humidity, key, 16, Random(1)))
    assert middle == round((points[21] + points[11]) / 2)


def test_outside_its_points_a_course_has_the_usual_value() -> None:
    key = ("tram-com", "rx_x4", None)
    link = next(one for one in ITEMS if one.stable == "rx_x4")._replace(spread=0)
    last = COURSES[key][-1][0]
    assert float(reading(link, key, last - 1, Random(1))) == link.usual


def test_courses_are_those_of_items_and_run_towards_the_end() -> None:
    known = {(template.ref, one.stable) for template in TEMPLATES for one in template.items}
    for (template, stable, _), course in COURSES.items():
        assert (template, stable) in known
        assert [back for back, _ in course] == sorted((b for b, _ in course), reverse=True)


def test_a_certificate_runs_out_and_is_renewed_for_a_year() -> None:
    left = [int(days_left(DAYS, back)) for back in range(9, -1, -1)]
    assert left == [31, 30, 29, 28, 27, 26, 364, 363, 362, 361]
