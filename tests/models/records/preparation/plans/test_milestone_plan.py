"""Milestone plans: written by the leads, with the period and the basis."""

from __future__ import annotations

from tests.support.service_plans import MILESTONES, milestone_plan
from tests.support.staff import Staff, no_add, no_move


def test_leads_write_it(staff: Staff, project: str) -> None:
    assert "没有可填写" in no_add(staff.engineer, "milestone_plan", MILESTONES, project)
    plan = milestone_plan(staff.manager, project)
    assert plan.state == "draft"
    assert "需要角色" in no_move(staff.engineer, plan.id, "submit")


def test_it_needs_the_period_and_the_basis(staff: Staff, project: str) -> None:
    plan = milestone_plan(staff.manager, project, basis=None, period_to=None)
    why = no_move(staff.manager, plan.id, "submit")
    assert "编制依据" in why and "服务期结束" in why


def test_it_needs_a_milestone(staff: Staff, project: str) -> None:
    plan = staff.manager.add("milestone_plan", MILESTONES, project=project)
    assert "至少需要 1 条计划里程碑" in no_move(staff.manager, plan.id, "submit")
