"""Complaints from receipt to closing: who does what, and what each step needs."""

from __future__ import annotations

import pytest

from models.records.feedback.complaint import OPEN, Complaint
from models.schema.record import Record
from models.text.words import Refused
from tests.support.staff import Staff, no_add, no_edit, no_move

CONTENT = {"subject": "两次约定未到场", "complainant": "郁主任", "statement": "两次约好都没有来"}
HANDLED = {
    "cause": "排班遗漏",
    "measure": "当日补检",
    "reply": "致歉并补检",
    "answer_way": "phone",
}


@pytest.fixture
def complaint(staff: Staff, project: str) -> Record:
    """A complaint that the service desk took."""
    return staff.desk.add("complaint", CONTENT, project=project)


def answered(staff: Staff, id: str) -> None:
    """It is acknowledged, handled by the manager, and answered."""
    staff.desk.move(id, "confirm_receipt", {"acknowledged_by_way": "phone"})
    staff.manager.move(id, "handle", {"handler": staff.manager.me})
    staff.manager.move(id, "answer", HANDLED)


def test_anybody_takes_one_and_the_desk_acknowledges_it(staff: Staff, project: str) -> None:
    made = staff.engineer.add("complaint", {"subject": "响应慢"}, project=project)
    assert made.state == "received" and made.values()["source"] == "customer"
    assert "需要角色" in no_move(staff.engineer, made.id, "confirm_receipt")
    why = no_move(staff.desk, made.id, "confirm_receipt", acknowledged_by_way="phone")
    assert "投诉内容、投诉人" in why or "投诉人、投诉内容" in why
    assert "投诉事由" in no_add(staff.desk, "complaint", {}, project)


def test_it_goes_to_its_handler_and_back_to_the_customer(staff: Staff, complaint: Record) -> None:
    id = complaint.id
    staff.desk.move(id, "confirm_receipt", {"acknowledged_by_way": "phone"})
    assert "处理人" in no_move(staff.desk, id, "handle")
    staff.desk.move(id, "handle", {"handler": staff.engineer.me})
    assert "原因、处理情况、答复内容、答复方式" in no_move(staff.engineer, id, "answer")
    assert "需要角色" in no_move(staff.colleague, id, "answer", **HANDLED)
    done = staff.engineer.move(id, "answer", HANDLED)  # its owner, whatever the roles
    assert done.values()["answered_by"] == staff.engineer.me
    assert "客户反馈" in no_move(staff.desk, id, "accept")
    assert "理由" in no_move(staff.desk, id, "refuse")
    assert staff.desk.move(id, "refuse", comment="要求书面说明").state == "handling"


@pytest.mark.shows("Q-532d", 44)
def test_it_is_closed_by_a_second_person_with_what_it_led_to(
    staff: Staff, project: str, complaint: Record
) -> None:
    answered(staff, complaint.id)
    staff.desk.move(complaint.id, "accept", {"reaction": "accepted"})
    assert "须由另一个人进行" in no_move(staff.desk, complaint.id, "close", outcomes="nothing")
    assert "所引起的记录" in no_move(staff.quality, complaint.id, "close")
    why = no_move(staff.quality, complaint.id, "close", outcomes="corrective_action")
    assert "没有与" in why and "纠正或预防措施" in why
    both = no_move(staff.quality, complaint.id, "close", outcomes="corrective_action,nothing")
    assert "不能与其他项同选" in both
    action = {"subject": "排班核对", "source": complaint.id}
    staff.manager.add("corrective_action", action, project=project)
    closed = staff.quality.move(complaint.id, "close", {"outcomes": "corrective_action"})
    assert closed.state == "closed"
    assert "不能修改" in no_edit(staff.desk, complaint.id, reply="另")
    assert staff.quality.move(complaint.id, "reopen", comment="再次发生").state == "handling"


def test_who_answered_does_not_close_it(staff: Staff, complaint: Record) -> None:
    staff.desk.move(complaint.id, "confirm_receipt", {"acknowledged_by_way": "phone"})
    staff.desk.move(complaint.id, "handle", {"handler": staff.desk.me})
    staff.desk.move(complaint.id, "answer", HANDLED)
    staff.manager.move(complaint.id, "accept", {"reaction": "satisfied"})
    with pytest.raises(Refused, match="须由另一个人进行"):
        staff.desk.move(complaint.id, "close", {"outcomes": "nothing"})
    assert staff.quality.move(complaint.id, "close", {"outcomes": "nothing"}).state == "closed"


def test_the_customer_may_withdraw_it(staff: Staff, complaint: Record) -> None:
    assert "理由" in no_move(staff.desk, complaint.id, "withdraw")
    assert staff.desk.move(complaint.id, "withdraw", comment="误会").state == "withdrawn"


def test_every_open_state_waits_for_somebody() -> None:
    states = Complaint.kind.by_state
    assert {*OPEN} == {name for name, state in states.items() if not state.ended}
    assert all(states[name].waits for name in OPEN)
