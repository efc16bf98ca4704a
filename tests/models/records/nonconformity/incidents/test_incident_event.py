"""Events: anybody on the project adds one, and what was levelled stays as it was."""

from __future__ import annotations

from models.book.approval import approvals
from tests.support import incidents
from tests.support.incidents import BEGAN
from tests.support.staff import Staff, no_add


def test_an_event_says_when_and_what(staff: Staff, project: str) -> None:
    made = incidents.levelled(staff, project)
    assert "时刻" in no_add(staff.engineer, "incident_event", {"incident": made.id, "what": "x"})
    event = {"incident": made.id, "happened_at": BEGAN, "what": "改用备用线路"}
    staff.colleague.add("incident_event", event)
    assert approvals.changed_since(staff.quality.store, staff.quality.get(made.id)) == ()


def test_a_changed_impact_is_told_of_the_level(staff: Staff, project: str) -> None:
    made = incidents.levelled(staff, project)
    staff.manager.edit(made.id, {"hours": "9"})
    (place,) = approvals.changed_since(staff.quality.store, staff.quality.get(made.id))
    assert place.register == "hours"
