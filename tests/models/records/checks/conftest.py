"""The time of the tests of the checks."""

from __future__ import annotations

import pytest
import time_machine

from models.calendar.business_dates import instant
from tests.support.check_days import FRIDAY


@pytest.fixture
def morning() -> object:
    """A Friday morning in Shanghai; everything of the test happens then."""
    with time_machine.travel(instant(FRIDAY, 9 * 60) / 1000, tick=False) as clock:
        yield clock
