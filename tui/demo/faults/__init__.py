"""The problems of the month, as the engineers wrote them down."""

from __future__ import annotations

from tui.demo.faults import hospital, tram, water
from tui.demo.problem import DemoFault

FAULTS: tuple[DemoFault, ...] = (*tram.FAULTS, *hospital.FAULTS, *water.FAULTS)


def fault(key: str) -> DemoFault:
    """The fault of that key."""
    return next(one for one in FAULTS if one.key == key)
