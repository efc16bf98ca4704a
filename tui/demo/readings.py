"""Readings of the month: what an instrument shows on an ordinary day, and how some drift."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

from tui.demo.checklists import DemoItem

Course = tuple[tuple[int, float], ...]
"""Points (working days from the end, value); between two of them the reading moves evenly."""

COURSES: dict[tuple[str, str, str | None], Course] = {
    ("tram-com", "rx_x4", None): (
        (21, -21.5),
        (20, -22.3),
        (18, -23.1),
        (15, -21.7),
        (8, -22.5),
        (7, -23.2),
    ),
    ("hosp-env", "return_air", "hosp-crac1"): (
        (21, 24.8),
        (20, 27.1),
        (18, 23.7),
        (6, 25.3),
        (3, 27.4),
        (2, 27.7),
    ),
    ("hosp-env", "temp", None): (
        (21, 23.1),
        (20, 24.6),
        (19, 25.8),
        (18, 22.5),
        (3, 24.7),
        (2, 26.2),
        (0, 26.5),
    ),
    ("hosp-env", "humidity", None): ((21, 49), (11, 61), (10, 54), (0, 50)),
    ("hosp-srv", "disk", "hosp-db1"): (
        (21, 70.2),
        (16, 78.9),
        (14, 61.0),
        (10, 66.3),
        (6, 78.6),
        (4, 66.1),
        (0, 68.4),
    ),
    ("hosp-srv", "disk", "hosp-stor"): ((21, 71.2), (0, 73.5)),
    ("hosp-srv", "tablespace", None): ((21, 71.4), (9, 77.9), (8, 74.0), (0, 76.2)),
    ("water-net", "memory", "water-core1"): ((21, 77), (19, 80), (14, 87), (13, 52), (0, 54)),
    ("water-net", "loss", None): ((14, 0.01), (13, 0.08), (12, 0.01)),
    ("water-power", "fuel", None): ((21, 88), (12, 79), (11, 93), (0, 91)),
}
"""Readings with a story of their own: a slow drift, a filling disk, a repair."""

_RENEWED, _FOUND = 4, 7  # days from the end: certificate renewed, first found below thirty days


def reading(item: DemoItem, key: tuple[str, str, str | None], back: int, rng: Random) -> str:
    """An everyday reading of an item, inside its limits, as canonical decimal text."""
    course = COURSES.get(key)
    centre = item.usual if course is None else _along(course, back, item.usual)
    spread = item.spread if course is None else item.spread / 3
    return decimal(_held(item, centre + rng.triangular(-spread, spread)), item.digits)


def days_left(days: list[date], back: int) -> str:
    """Days left of the certificate: below thirty when found, a year after its renewal."""
    day, found = days[-1 - back], days[-1 - _FOUND]
    if back >= _RENEWED:
        return str(29 - (day - found).days)
    return str(365 - (day - days[-1 - _RENEWED]).days)


def decimal(value: float, digits: int) -> str:
    """A number as canonical decimal text: no useless zeros, no minus zero."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _along(course: Course, back: int, usual: float) -> float:
    """The value of a course on a day; outside its points the usual one."""
    if not course[-1][0] <= back <= course[0][0]:
        return usual
    for (far, before), (near, after) in pairwise(course):
        if near <= back <= far:
            return before + (after - before) * (far - back) / (far - near)
    return course[-1][1]


def _held(item: DemoItem, value: float) -> float:
    """The value inside the limits: readings outside them are those of faults."""
    if item.low is not None:
        value = max(value, float(item.low))
    if item.high is not None:
        value = min(value, float(item.high))
    return value if item.low is not None and float(item.low) < 0 else max(value, 0.0)
