"""Reminders that need the working calendar: what was not acknowledged in time."""

from __future__ import annotations

from datetime import date

import time_machine

from models.calendar.business_dates import instant
from models.records.registers.reminders import unacknowledged
from sync.workspace.workspace import Workspace
from tests.support.errands import errands
from tests.support.staff import Staff


def test_who_is_above_is_reminded_after_the_working_days(
    workspace: Workspace, project: str
) -> None:
    friday = instant(date(2026, 11, 20), 540)
    with errands(), time_machine.travel(friday / 1000) as clock:
        workspace.store.grow()
        staff = Staff(workspace)
        values = {"what": "换锁", "carrier": staff.engineer.me}
        made = staff.manager.add("errand", values, project=project)
        staff.engineer.move(made.id, "do")
        clock.move_to(instant(date(2026, 11, 24), 540) / 1000)
        assert list(unacknowledged(staff.office)) == []
        clock.move_to(instant(date(2026, 11, 25), 540) / 1000)
        (one,) = unacknowledged(staff.office)
        assert (one.group, one.record.id, one.due) == ("unread", made.id, date(2026, 11, 24))
        assert list(unacknowledged(staff.manager)) == []
