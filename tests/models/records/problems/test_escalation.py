"""Escalations: accepted by the department manager, solved by a group, verified and closed."""

from __future__ import annotations

import pytest

from models.schema.record import Record
from tests.support.escalations import taken_up
from tests.support.staff import Staff, no_edit, no_move

SOLUTION = {"solution": "整组更换"}
DONE = {"cause": "电池老化", "measure": "更换整组"}


@pytest.fixture
def raised(staff: Staff, project: str) -> Record:
    """An escalation that an engineer reports."""
    return staff.engineer.add("escalation", {"phenomenon": "后备时间不足"}, project=project)


def test_the_department_manager_accepts_or_returns_with_advice(
    staff: Staff, raised: Record
) -> None:
    for move in ("accept", "return"):
        assert "部门经理" in no_move(staff.manager, raised.id, move, advice="先测内阻")
    assert "退回意见" in no_move(staff.department, raised.id, "return")
    moved = staff.department.move(raised.id, "return", {"advice": "先测内阻"})
    assert moved.state == "returned"
    assert "需要角色" in no_move(staff.quality, raised.id, "resubmit")
    assert staff.engineer.move(raised.id, "resubmit").state == "reported"
    assert (
        staff.department.move(raised.id, "accept", taken_up(staff.department)).state == "accepted"
    )


@pytest.mark.shows(31)
def test_a_solution_is_drafted_and_approved_by_another_person(staff: Staff, raised: Record) -> None:
    staff.department.move(raised.id, "accept", taken_up(staff.department))
    assert "解决方案" in no_move(staff.engineer, raised.id, "draft")
    assert staff.engineer.move(raised.id, "draft", SOLUTION).state == "drafted"
    assert "需要角色" in no_move(staff.manager, raised.id, "approve")
    assert "理由" in no_move(staff.department, raised.id, "revise")
    assert staff.department.move(raised.id, "revise", comment="请加回退").state == "accepted"
    staff.engineer.move(raised.id, "draft", SOLUTION)
    assert staff.department.move(raised.id, "approve").state == "approved"


def test_the_department_manager_does_not_approve_an_own_solution(
    staff: Staff, raised: Record
) -> None:
    staff.department.move(raised.id, "accept", taken_up(staff.department))
    staff.department.move(raised.id, "draft", SOLUTION)
    assert "另一个人" in no_move(staff.department, raised.id, "approve")


@pytest.fixture
def approved(staff: Staff, raised: Record) -> Record:
    """The same with an approved solution."""
    staff.department.move(raised.id, "accept", taken_up(staff.department))
    staff.engineer.move(raised.id, "draft", SOLUTION)
    return staff.department.move(raised.id, "approve")


@pytest.mark.parametrize("started", [False, True])
def test_work_is_reported_with_cause_and_measure(
    staff: Staff, approved: Record, started: bool
) -> None:
    if started:
        assert staff.engineer.move(approved.id, "start").state == "working"
    assert "解决措施" in no_move(staff.engineer, approved.id, "fix", cause="老化")
    moved = staff.engineer.move(approved.id, "fix", DONE)
    assert moved.state == "fixed" and moved.values()["fixed_by"] == staff.engineer.me


def test_it_is_verified_closed_and_reopened_to_the_work(staff: Staff, approved: Record) -> None:
    staff.engineer.move(approved.id, "fix", DONE)
    moved = staff.engineer.move(approved.id, "fail", {"verify_method": "放电"}, comment="不足")
    assert (moved.state, moved.values()["verify_result"]) == ("working", "fails")
    staff.engineer.move(approved.id, "fix", DONE)
    moved = staff.engineer.move(approved.id, "verify", {"verify_method": "放电"})
    assert (moved.state, moved.values()["verify_result"]) == ("verified", "conforms")
    assert staff.engineer.move(approved.id, "close").state == "closed"
    assert "不能修改" in no_edit(staff.engineer, approved.id, cause="其他")
    assert "理由" in no_move(staff.department, approved.id, "reopen")
    assert staff.department.move(approved.id, "reopen", comment="复发").state == "working"


def test_leads_watch_it_when_its_time_runs_out(raised: Record) -> None:
    assert raised.kind.watched and raised.kind.due == "due"
