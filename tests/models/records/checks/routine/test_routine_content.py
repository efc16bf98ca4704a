"""Content: the figures and kinds of work of a period, as plain data that comes back the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived import compiled
from models.derived.plain_form import plain
from models.records.checks.routine import routine_content
from models.records.checks.routine.routine_content import REPORT, RoutineContent, compile_check
from models.text.words import Refused
from tests.support.check_weeks import check, checked_week
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The Monday morning before the week that is checked."""
    with time_machine.travel(instant(date(2026, 11, 16), 480) / 1000, tick=False) as traveller:
        yield traveller


def test_it_is_packed_and_comes_back_the_same(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    checked_week(staff, project, clock)
    made = check(staff, project)
    data = compile_check(staff.manager, made)  # type: ignore[arg-type]
    assert isinstance(data, RoutineContent) and (data.first, data.project) == (
        "2026-11-16",
        project,
    )
    assert compiled.unpack(REPORT, compiled.pack(REPORT, data), made.id) == data
    assert {one.name for one in data.figures} >= {"checks.due", "checks.share_in_time"}
    assert plain(data)["lines"][0]["due"] == 5


def test_it_fits_no_other_check(staff: Staff, project: str, clock: time_machine.Traveller) -> None:
    checked_week(staff, project, clock)
    made = check(staff, project)
    data = compile_check(staff.manager, made)._replace(last="2026-11-19")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="of another record"):
        compiled.unpack(REPORT, compiled.pack(REPORT, data), made.id)


def test_days_that_are_none_are_refused_with_the_remedy(staff: Staff, project: str) -> None:
    values = {"first": "2020-03-02", "last": "2020-03-06"}
    made = staff.manager.add("routine_check", values, project=project)
    made.last = "2020-03-01"  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="作废后另建"):
        routine_content.scope_of(made)  # type: ignore[arg-type]
