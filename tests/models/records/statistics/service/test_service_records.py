"""The quarter's records: those of its days, and actions that were open in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived.figures import Scope
from models.records.statistics.service.service_records import records_of
from tests.support.corrective_actions import action
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A day of the quarter before."""
    with time_machine.travel(instant(date(2026, 9, 1), 540) / 1000, tick=False) as traveller:
        yield traveller


def test_an_action_that_was_open_is_among_them(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    old = action(staff.manager, project)
    clock.move_to(instant(date(2026, 11, 18), 540) / 1000)
    new = action(staff.manager, project)
    scope = Scope((project,), date(2026, 10, 1), date(2026, 12, 31))
    assert {one.id for one in records_of(staff.manager, scope).actions} == {old.id, new.id}
    third = Scope((project,), date(2026, 7, 1), date(2026, 9, 30))
    assert [one.id for one in records_of(staff.manager, third).actions] == [old.id]
    assert records_of(staff.manager, Scope((), scope.first, scope.last)).actions == []
