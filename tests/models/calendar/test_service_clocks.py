"""Service clocks: how long a day of each is, and which is meant where nothing is agreed."""

from __future__ import annotations

import pytest

from models.calendar.business_dates import HOUR_MS
from models.calendar.service_clocks import CLOCK, CLOCKS


@pytest.mark.parametrize(("name", "hours"), [("7x24", 24), ("5x8", 8), ("7x12", 12)])
def test_a_day_of_a_clock_has_its_hours(name: str, hours: int) -> None:
    assert CLOCKS[name].length == hours * HOUR_MS


def test_without_an_agreement_working_days_count() -> None:
    assert CLOCK in CLOCKS and not CLOCKS[CLOCK].every_day
