"""A missed target leads to an action that says what was to be reached and what was."""

from __future__ import annotations

import pytest

from models.records.common import follow_ups
from tests.support.completions import assessment, measured, targets
from tests.support.staff import Staff

pytestmark = pytest.mark.usefixtures("clock")


def test_the_action_says_goal_value_and_cause(staff: Staff, project: str) -> None:
    made = assessment(staff.manager, project, analysis="停机一次")
    measured(staff.manager, made, reliability="99.5")
    row = targets(staff.manager, made)["reliability"]
    said = "系统可靠性 不低于 99.9%，实测 99.5%：未达到"
    assert follow_ups.values(staff.manager, row, "corrective_action") == {
        "subject": said,
        "source": row.id,
        "finding": said,
        "sort": "corrective",
        "cause": "停机一次",
    }
    staff.manager.store.db.execute_sql("UPDATE target_assessment SET service_to='x'")
    values = follow_ups.values(staff.manager, row, "corrective_action")
    assert values["subject"] == row.number or values["cause"] == "停机一次"
