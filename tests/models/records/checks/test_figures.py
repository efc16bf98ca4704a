"""Figures of the checks: each equals what the tables say by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived import figures
from models.derived.figures import Scope
from tests.support.check_weeks import checked_week, heard
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The Monday morning before the week that is checked."""
    with time_machine.travel(instant(date(2026, 11, 16), 480) / 1000, tick=False) as traveller:
        yield traveller


def test_each_equals_a_query_of_its_own(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    checked_week(staff, project, clock)
    heard(staff.manager)
    scope = Scope((project,), date(2026, 11, 16), date(2026, 11, 20))
    found = {one.kind.name: one for one in figures.of_family(staff.manager, scope, "checks")}
    rows = staff.manager.store.rows
    days = "SELECT count(*) FROM sheet s WHERE day BETWEEN '2026-11-16' AND '2026-11-20'"
    midnight = "(unixepoch(s.day || ' 16:00:00')) * 1000"  # Beijing's midnight
    submitted = f"(SELECT min(at) FROM transition t WHERE t.record=s.id AND t.at<{midnight})"
    in_time = int(rows(f"{days} AND {submitted} IS NOT NULL")[0][0])
    late = int(rows(f"{days} AND {submitted} IS NULL")[0][0])
    results = dict(rows("SELECT result, count(*) FROM answer GROUP BY result"))
    assert found["checks.in_time"].value == in_time == 3
    assert found["checks.late"].value == late == 1
    assert found["checks.due"].value == in_time + late + 1
    assert found["checks.missing"].value == 5 - in_time - late
    assert found["checks.skipped"].value == results["unchecked"]
    assert found["checks.not_ok"].value == results["not_ok"]
    assert found["checks.share_in_time"].value == in_time * 100 // 5
    assert found["checks.unsynced"].value == 0
    assert len(found["checks.in_time"].records) == 3


def test_nothing_due_is_not_assessable(staff: Staff, project: str) -> None:
    scope = Scope((project,), date(2026, 11, 2), date(2026, 11, 6))
    found = figures.of_family(staff.manager, scope, "checks")
    assert {one.value for one in found} == {None}
