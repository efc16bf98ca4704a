"""A hand-over from draft to end: given by its author, confirmed or returned by the receiver."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from models.queries.waiting import agenda
from models.schema.record import Record
from tests.support.open_items import on
from tests.support.staff import Staff, no_edit, no_move


@pytest.mark.shows("Q-511", 63)
def test_it_is_given_confirmed_and_ended(
    staff: Staff, handover: Record, clock: time_machine.Traveller
) -> None:
    giver, receiver = staff.engineer, staff.colleague
    assert giver.move(handover.id, "give").state == "given"
    assert handover.id in waiting(receiver)["owned"]
    assert "撤回修改" in no_edit(giver, handover.id, told="x")
    assert no_move(giver, handover.id, "confirm")
    assert receiver.move(handover.id, "return", comment="缺钥匙清单").state == "returned"
    assert handover.id in waiting(giver)["returned"]
    giver.edit(handover.id, {"keys": "机房钥匙 2 把"})
    giver.move(handover.id, "give")
    assert receiver.move(handover.id, "confirm").state == "confirmed"
    assert handover.id not in {id for ids in waiting(receiver).values() for id in ids}
    on(clock, date(2026, 11, 28))
    assert handover.id in waiting(receiver)["owned"]  # the day before it is over
    on(clock, date(2026, 11, 30))
    (late,) = [
        one for one in agenda.agenda(receiver) if one.record and one.record.id == handover.id
    ]
    assert late.overdue
    assert no_move(receiver, handover.id, "end")  # how it ended is asked
    assert receiver.move(handover.id, "end", {"outcome": "back"}).state == "ended"


def waiting(book: Any) -> dict[str, set[str]]:
    """Group of Today -> the ids of the records in it."""
    found: dict[str, set[str]] = {}
    for one in agenda.agenda(book):
        if one.record is not None:
            found.setdefault(one.group, set()).add(one.record.id)
    return found
