"""What was missed before: of the customer's projects, of earlier periods, as it was assessed."""

from __future__ import annotations

import pytest

from models.records.common import follow_ups
from models.records.completion.targets.earlier_targets import missed_before
from models.schema.record import Record
from tests.support import completion
from tests.support.completions import agreed, measured, targets
from tests.support.staff import Staff, no_move

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def missed(staff: Staff, project: str) -> Record:
    """An assessment with a missed target."""
    made = agreed(staff, project)
    measured(staff.manager, made, reliability="99.5", security="0")
    row = targets(staff.manager, made)["reliability"]
    values = follow_ups.values(staff.manager, row, "corrective_action")
    owned = {**values, "owner": staff.engineer.me, "due": "2026-12-31"}
    staff.manager.add("corrective_action", owned, project=project)
    said = {"conclusion": "一项未达到", "analysis": "停机"}
    return staff.manager.move(made.id, "assess", said, comment="没有回访")


def test_it_is_of_the_customers_projects_and_no_others(
    staff: Staff, project: str, missed: Record
) -> None:
    other = staff.department.add("project", {"name": "另一家"})
    plan = staff.department.add("service_plan", {"name": "一"}, project=other.id)
    assert missed_before(staff.manager, plan).missed == []
    own = staff.manager.add("service_plan", {"name": "二"}, project=project)
    found = missed_before(staff.manager, own)
    assert [one.indicator for one in found.missed] == ["reliability"] and len(found.actions) == 1
    assert missed_before(staff.manager, missed).missed == []


def test_what_was_returned_or_voided_counts_no_more(
    staff: Staff, project: str, missed: Record
) -> None:
    plan = staff.manager.add("service_plan", {"name": "二"}, project=project)
    staff.department.move(missed.id, "return", comment="再查")
    assert missed_before(staff.manager, plan) == ([], [], [])


@pytest.mark.shows("Q-62b", 56)
def test_what_the_acceptance_left_over_is_analysed_and_shown_at_the_next_plan(
    staff: Staff, project: str
) -> None:
    accepted = completion.acceptance(staff.manager, project)
    values = {"acceptance": accepted.id, "code": "x-1", "what": "测试报告"}
    item = staff.manager.add("acceptance_item", values)
    staff.manager.move(accepted.id, "submit")
    staff.manager.move(item.id, "leave_over", {"finding": "缺附图"})
    action = follow_ups.values(staff.manager, staff.manager.get(item.id), "corrective_action")
    owned = staff.manager.add("corrective_action", {**action, "owner": staff.engineer.me})
    made = agreed(staff, project)
    said = {"conclusion": "有遗留"}
    assert "验收有 1 项" in no_move(staff.manager, made.id, "assess", **said)
    staff.manager.move(made.id, "assess", {**said, "analysis": "附图未归档"}, comment="没有回访")
    plan = staff.manager.add("service_plan", {"name": "二"}, project=project)
    assert missed_before(staff.manager, plan) == ([], [item.id], [owned.id])
    staff.manager.move(item.id, "accept")
    assert missed_before(staff.manager, plan) == ([], [], [])
