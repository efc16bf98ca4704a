"""Re-confirmation hold: an overdue one keeps the next plan from being approved, and only that."""

from __future__ import annotations

import pytest

from models.records.preparation.reconfirmations.reconfirmation_hold import (
    OverdueReconfirmations,
    overdue,
)
from tests.support.preparation import proposal
from tests.support.service_plans import plan_of, task
from tests.support.staff import Staff, attach, no_move


def late(staff: Staff, project: str) -> str:
    """A re-confirmation whose day is over."""
    staff.manager.edit(project, {"sla": "15 分钟响应"})
    [(id,)] = staff.manager.store.rows("SELECT id FROM reconfirmation")
    staff.manager.edit(id, {"due": "2020-01-01"})
    return str(id)


def test_it_bars_the_states_of_an_approval(staff: Staff, project: str) -> None:
    """Asked of the proposal, which has versions in force as the plans have."""
    made = proposal(staff, project, "approved")
    draft = proposal(staff, project, "sent", name="另一方案")
    id = late(staff, project)
    look = OverdueReconfirmations(staff.manager.store)
    said = look.bars_move(draft, "approved")
    assert said is not None and staff.manager.get(id).number in str(said)
    assert look.bars_move(draft, "refused") is None
    assert look.bars_move(made, "approved") is None  # what is in force already stays so
    assert look.state(draft) is None


def test_it_ends_with_the_confirmation(staff: Staff, project: str) -> None:
    proposal(staff, project, "approved")
    id = late(staff, project)
    assert [one.id for one in overdue(staff.manager.store, project)] == [id]
    staff.engineer.move(id, "submit", {"impact": "增加值班", "outcome": "holds"})
    assert overdue(staff.manager.store, project)
    staff.department.move(id, "confirm")
    assert overdue(staff.manager.store, project) == []


@pytest.mark.shows(6)
def test_no_plan_is_approved_meanwhile(staff: Staff, project: str) -> None:
    """Of either level; what was approved before stays in force."""
    proposal(staff, project, "approved")
    plan = plan_of(staff.engineer, project)
    task(staff.engineer, plan.id, "巡检", "2026-06-01")
    staff.engineer.move(plan.id, "submit")
    id = late(staff, project)
    [chance] = [
        one
        for one in staff.department.chances(staff.department.get(plan.id))
        if one.move.id == "approve"
    ]
    assert not chance.ok
    assert staff.manager.get(id).number in no_move(staff.department, plan.id, "approve")
    staff.engineer.move(id, "submit", {"impact": "增加值班", "outcome": "holds"})
    staff.department.move(id, "confirm")
    approved = staff.department.move(plan.id, "approve")
    assert approved.state == "approved"
    staff.manager.edit(project, {"needs": "夜间也要巡检"})
    [(other,)] = staff.manager.store.rows("SELECT id FROM reconfirmation WHERE state='open'")
    staff.manager.edit(other, {"due": "2020-01-01"})
    sent = {"sent_to": "信息科", "sent_on": "2026-01-05", "sent_channel": "letter"}
    attach(staff.engineer, plan.id)
    assert staff.engineer.move(plan.id, "send", sent).state == "sent"
