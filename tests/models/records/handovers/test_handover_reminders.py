"""The receiver's Today has the giver's work for as long as the hand-over lasts."""

from __future__ import annotations

from datetime import date
from typing import Any

import time_machine

from models.schema.record import Record
from tests.models.records.handovers.test_handover import waiting
from tests.support.open_items import on
from tests.support.staff import Staff


def test_also_what_comes_later_until_the_last_day(
    staff: Staff,
    project: str,
    handover: Record,
    work: dict[str, Any],
    clock: time_machine.Traveller,
) -> None:
    staff.engineer.move(handover.id, "give")
    on(clock, date(2026, 11, 24))
    assert "handed" not in waiting(staff.colleague)  # nobody confirmed it yet
    staff.colleague.move(handover.id, "confirm")
    mine = {work["fix"], work["action"], work["promise"]}
    assert waiting(staff.colleague)["handed"] == mine
    new = staff.desk.add("fix", {"phenomenon": "x"}, project=project)
    later = staff.engineer.add("fix", {"phenomenon": "电话里说的"}, project=project)
    assert waiting(staff.colleague)["handed"] == {*mine, later.id}
    assert new.id not in waiting(staff.colleague)["handed"]
    assert "handed" not in waiting(staff.engineer)
    on(clock, date(2026, 11, 30))
    assert "handed" not in waiting(staff.colleague)
