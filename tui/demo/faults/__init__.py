"""The problems of the month, as the engineers wrote them down."""

from __future__ import annotations

from tui.demo.faults import hospital, tram, water
from tui.demo.problem import Fault

FAULTS: tuple[Fault, ...] = (*tram.FAULTS, *hospital.FAULTS, *water.FAULTS)


def fault(key: str) -> Fault:
    """The fault of that key."""
    return next(one for one in FAULTS if one.key == key)
