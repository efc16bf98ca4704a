"""The time of the tests of the week."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from models.calendar.business_dates import instant
from tests.support.entry_weeks import MONDAY


@pytest.fixture
def clock() -> Any:
    """Monday morning of week 47, moved on by `go`."""
    with time_machine.travel(instant(MONDAY, 9 * 60) / 1000, tick=False) as moved:
        yield moved
