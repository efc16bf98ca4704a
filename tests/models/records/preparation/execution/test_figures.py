"""The figures of the plan: the same numbers for a week, a quarter and a year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.derived import figures
from models.derived.figures import Scope
from tests.models.records.preparation.execution.test_plan_execution import finish
from tests.support.service_plans import noon
from tests.support.staff import Staff


def numbers(staff: Staff, project: str, first: date, last: date) -> dict[str, tuple[Any, int]]:
    """Name -> (value, cases)."""
    found = figures.of_family(staff.engineer, Scope((project,), first, last), "plan")
    return {one.kind.name.partition(".")[2]: (one.value, one.n) for one in found}


@pytest.mark.shows(13)
def test_a_quarter_counts_what_was_due_in_it(
    staff: Staff, project: str, plan: str, clock: Any
) -> None:
    clock.move_to(noon("2026-02-24"))
    finish(staff.engineer, plan, "M/2026-01", "2026-01-20")
    finish(staff.engineer, plan, "M/2026-02", "2026-02-24")
    assert numbers(staff, project, date(2026, 1, 1), date(2026, 3, 31)) == {
        "planned": (3, 3),
        "due": (2, 2),
        "on_time": (1, 2),
        "late": (1, 2),
        "skipped": (0, 2),
        "open": (0, 2),
        "rate": (50, 2),
    }
    week = numbers(staff, project, date(2026, 2, 16), date(2026, 2, 22))
    assert week["rate"] == (0, 1) and week["late"] == (1, 1)
    empty = numbers(staff, project, date(2026, 2, 23), date(2026, 3, 1))
    assert empty["rate"] == (None, 0)


def test_without_a_plan_there_are_none(staff: Staff, project: str) -> None:
    assert numbers(staff, project, date(2026, 1, 1), date(2026, 3, 31)) == {}
    assert {one.version for one in figures.kinds("plan")} == {1}
