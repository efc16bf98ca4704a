"""What a summary leads to: an owned task, a concession, an experience."""

from __future__ import annotations

import pytest

from models.records.common import follow_ups
from tests.support.completions import summary
from tests.support.staff import Staff

pytestmark = pytest.mark.usefixtures("clock")


def test_left_overs_become_a_task_or_a_concession(staff: Staff, project: str) -> None:
    made = summary(staff.manager, project)
    kinds = ["corrective_action", "concession", "experience"]
    assert follow_ups.destinations("project_summary") == kinds
    values = follow_ups.values(staff.manager, made, "corrective_action")
    assert (values["finding"], values["sort"]) == ("备件不足", "corrective")
    assert follow_ups.values(staff.manager, made, "concession") == {}
    fix = staff.engineer.add("fix", {"phenomenon": "告警"}, project=project)
    values = follow_ups.values(staff.manager, made, "corrective_action")
    assert (values["finding"], values["sort"]) == (f"{fix.number} 告警", "correction")
    values = follow_ups.values(staff.manager, made, "concession")
    assert values == {"situation": f"{fix.number} 告警"}


def test_a_milestone_that_is_open_becomes_a_task(staff: Staff, project: str) -> None:
    one = staff.manager.add("milestone", {"name": "终验"}, project=project)
    values = follow_ups.values(staff.manager, one, "corrective_action")
    assert values == {
        "subject": "终验",
        "source": one.id,
        "finding": "终验",
        "sort": "correction",
    }
