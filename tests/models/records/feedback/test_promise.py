"""Promises: an owner and a day each, on Today until they are kept."""

from __future__ import annotations

from models.queries.waiting.agenda import agenda
from tests.support.staff import Staff, no_add, no_move


def test_a_promise_waits_with_its_owner_until_it_is_kept(staff: Staff, project: str) -> None:
    above = staff.manager.add("communication", {"subject": "季度沟通"}, project=project)
    values = {"communication": above.id, "text": "周五前给报告"}
    assert "负责人、期限" in no_add(staff.manager, "promise", values)
    due = staff.manager.today.replace(day=1).isoformat()
    given = {**values, "owner": staff.engineer.me, "due": due}
    made = staff.manager.add("promise", given)
    (item,) = [i for i in agenda(staff.engineer) if i.record is not None and i.record.id == made.id]
    assert item.group == "owned" and item.due is not None
    assert "兑现情况" in no_move(staff.engineer, made.id, "keep")
    assert "需要角色" in no_move(staff.colleague, made.id, "keep", result="已发")
    assert staff.engineer.move(made.id, "keep", {"result": "已发"}).state == "kept"
    left = [i for i in agenda(staff.engineer) if i.record is not None and i.record.id == made.id]
    assert left == []


def test_it_is_dropped_with_a_reason_by_a_lead(staff: Staff, project: str) -> None:
    above = staff.manager.add("communication", {"subject": "季度沟通"}, project=project)
    values = {"communication": above.id, "text": "甲", "owner": staff.engineer.me}
    made = staff.manager.add("promise", {**values, "due": "2026-12-04"})
    assert "需要角色" in no_move(staff.engineer, made.id, "drop")
    assert "理由" in no_move(staff.manager, made.id, "drop")
    assert staff.manager.move(made.id, "drop", comment="客户同意").state == "dropped"
