"""What an item that was refused leads to is pre-filled."""

from __future__ import annotations

import pytest

from models.records.common import follow_ups
from tests.support.completion import acceptance, items, planned
from tests.support.staff import Staff


@pytest.mark.parametrize("to", ["corrective_action", "escalation"])
def test_what_was_found_goes_along(staff: Staff, project: str, to: str) -> None:
    planned(staff, project)
    first = items(staff.manager, acceptance(staff.manager, project))[0]
    staff.manager.edit(first.id, {"finding": "缺一份附图"})
    found = follow_ups.values(staff.manager, staff.manager.get(first.id), to)
    text = found["finding" if to == "corrective_action" else "phenomenon"]
    assert (found["source"], text) == (first.id, "半年验收\n缺一份附图")
