"""Expected: a quarter with irregular services asks for its report, one without for none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.queries.waiting import agenda
from tests.support.irregular_services import noted
from tests.support.staff import Staff


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(instant(date(2026, 12, 1), 540) / 1000, tick=False) as traveller:
        yield traveller


def asked(staff: Staff) -> list[str]:
    found = agenda.agenda(staff.department)
    awaited = [task.awaited for task in found if task.awaited is not None]
    return [one.title for one in awaited if one.type == "irregular_report" and not one.done]


def test_it_is_asked_after_the_quarter_until_it_is_there(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    noted(staff.manager, project, found_on="2026-11-02")
    assert asked(staff) == []
    clock.move_to(instant(date(2027, 1, 5), 540) / 1000)
    assert asked(staff) == ["不规范服务统计报告 2026-Q4"]
    values = {"first": "2026-10-01", "last": "2026-12-31", "no_measures": "偶发"}
    made = staff.department.add("irregular_report", values, project=project)
    staff.department.move(made.id, "submit", {"analysis": "偶发"})
    assert asked(staff) == []


def test_a_quarter_without_any_asks_for_none(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    noted(staff.manager, project, found_on="2026-09-02")
    clock.move_to(instant(date(2027, 1, 5), 540) / 1000)
    assert asked(staff) == []
