"""Deliveries: handed over by those on site; the customer's acceptance needs its evidence."""

from __future__ import annotations

import pytest

from models.schema.record import Record
from tests.support.staff import Staff, attach, no_edit, no_move


@pytest.fixture
def delivery(staff: Staff, project: str) -> Record:
    """A delivery that an engineer prepares."""
    return staff.engineer.add("delivery", {"name": "备件"}, project=project)


def test_its_author_or_a_lead_delivers(staff: Staff, delivery: Record) -> None:
    assert delivery.state == "prepared"
    assert "需要角色" in no_move(staff.colleague, delivery.id, "deliver")
    moved = staff.engineer.move(delivery.id, "deliver")
    assert moved.state == "delivered" and moved.values()["delivered_by"] == staff.engineer.me
    assert moved.values()["delivered_at"]


def test_acceptance_needs_the_customer_s_name_and_a_file(staff: Staff, delivery: Record) -> None:
    staff.engineer.move(delivery.id, "deliver")
    assert "需要角色" in no_move(staff.engineer, delivery.id, "accept", accepted_by="李主任")
    assert "凭据" in no_move(staff.manager, delivery.id, "accept", accepted_by="李主任")
    evidence = attach(staff.engineer, delivery.id)
    assert "客户接收人" in no_move(staff.manager, delivery.id, "accept")
    moved = staff.manager.move(delivery.id, "accept", {"accepted_by": "李主任"})
    values = moved.values()
    assert (moved.state, values["evidence"], values["witness"]) == (
        *("accepted", evidence, staff.manager.me),
    )
    assert "不能修改" in no_edit(staff.manager, delivery.id, contents="改")


@pytest.mark.parametrize("accepted", [False, True])
def test_a_lead_takes_it_back_with_a_reason(staff: Staff, delivery: Record, accepted: bool) -> None:
    staff.engineer.move(delivery.id, "deliver")
    if accepted:
        attach(staff.engineer, delivery.id)
        staff.manager.move(delivery.id, "accept", {"accepted_by": "李主任"})
    assert "理由" in no_move(staff.manager, delivery.id, "take_back")
    moved = staff.manager.move(delivery.id, "take_back", comment="数量不符")
    assert moved.state == "prepared"


def test_an_undecided_concession_holds_it(staff: Staff, delivery: Record, project: str) -> None:
    values = {"requirement": "备件齐全", "delivery": delivery.id}
    concession = staff.manager.add("concession", values, project=project)
    assert concession.number in no_move(staff.engineer, delivery.id, "deliver")
