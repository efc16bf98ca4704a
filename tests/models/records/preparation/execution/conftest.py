"""A plan in force since the first working days of 2026, and a clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.support.service_plans import approved, noon, plan_of, task
from tests.support.staff import Staff


@pytest.fixture
def clock() -> Iterator[Any]:
    """Noon of 5 January 2026, moved on by `move_to(noon(…))`."""
    with time_machine.travel(noon("2026-01-05"), tick=False) as moved:
        yield moved


@pytest.fixture
def plan(staff: Staff, project: str, clock: Any) -> str:
    """Four tasks of the engineer, one a month, approved on 5 January."""
    book = staff.engineer
    made = plan_of(book, project)
    for month in range(1, 5):
        task(book, made.id, f"{month} 月保养", f"2026-{month:02d}-20", code=f"M/2026-{month:02d}")
    return approved(book, staff.department, made.id).id
