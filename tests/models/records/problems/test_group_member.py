"""Members of a working group: once each, while the escalation is open."""

from __future__ import annotations

import pytest

from models.schema.record import Record
from tests.support.escalations import taken_up
from tests.support.staff import Staff, no_add, no_edit


@pytest.fixture
def raised(staff: Staff, project: str) -> Record:
    """An accepted escalation."""
    made = staff.engineer.add("escalation", {"phenomenon": "后备时间不足"}, project=project)
    return staff.department.move(made.id, "accept", taken_up(staff.department))


def test_a_person_is_a_member_once(staff: Staff, raised: Record) -> None:
    values = {"escalation": raised.id, "person": staff.engineer.me, "duty": "测试"}
    made = staff.department.add("group_member", values)
    assert (made.project, made.title()) == (raised.project, "测试")
    assert made.number in no_add(staff.manager, "group_member", {**values, "duty": "记录"})
    other = {**values, "person": staff.colleague.me}
    assert staff.department.add("group_member", other).id != made.id


@pytest.mark.parametrize("absent", ["escalation", "person"])
def test_a_member_needs_person_and_escalation(
    staff: Staff, raised: Record, project: str, absent: str
) -> None:
    values = {"escalation": raised.id, "person": staff.engineer.me}
    del values[absent]
    assert "需要填写" in no_add(staff.department, "group_member", values, project)


def test_the_group_of_a_closed_escalation_is_settled(staff: Staff, raised: Record) -> None:
    values = {"escalation": raised.id, "person": staff.engineer.me}
    member = staff.department.add("group_member", values)
    staff.engineer.move(raised.id, "draft", {"solution": "更换"})
    staff.department.move(raised.id, "approve")
    staff.engineer.move(raised.id, "fix", {"cause": "老化", "measure": "更换"})
    for move in ("verify", "close"):
        staff.engineer.move(raised.id, move)
    assert "不能修改" in no_edit(staff.department, member.id, duty="记录")
    other = {"escalation": raised.id, "person": staff.colleague.me}
    assert "不能修改" in no_add(staff.department, "group_member", other)
