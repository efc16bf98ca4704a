"""Milestones of a plan: typed as people write amounts and days."""

from __future__ import annotations

from models.queries.value_parser import one
from models.records.preparation.plans.plan_milestone import PlanMilestone
from tests.support.service_plans import milestone_plan, planned_milestones
from tests.support.staff import Staff, no_edit


def test_an_amount_is_money_and_never_below_zero(staff: Staff, project: str) -> None:
    plan = milestone_plan(staff.manager, project)
    first, second = planned_milestones(staff.manager, plan.id)
    assert (first.name, first.amount) == ("半年验收", "CNY 200000")
    typed = one(staff.manager, PlanMilestone.specs()["amount"], "20.5万元")
    assert typed == "CNY 205000"
    assert "收款金额" in no_edit(staff.manager, second.id, amount="CNY -5")


def test_rows_are_in_their_order(staff: Staff, project: str) -> None:
    plan = milestone_plan(staff.manager, project)
    first, _ = planned_milestones(staff.manager, plan.id)
    staff.manager.edit(first.id, {"position": 9})
    assert [row.name for row in planned_milestones(staff.manager, plan.id)] == [
        *("年度验收", "半年验收"),
    ]
