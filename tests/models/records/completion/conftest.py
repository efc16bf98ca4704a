"""A Wednesday after the service period of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant

AFTER = date(2026, 11, 25)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock stands on that day."""
    with time_machine.travel(instant(AFTER, 540) / 1000, tick=False) as traveller:
        yield traveller
