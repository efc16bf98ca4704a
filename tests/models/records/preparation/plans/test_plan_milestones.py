"""Plan milestones: an approval brings the project's milestones up to the plan."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.preparation.milestone import Milestone
from models.records.preparation.plans.plan_milestones import milestones_of
from models.storage import rows
from tests.support.service_plans import approved, changed, milestone_plan, planned_milestones
from tests.support.staff import Staff, no_move


def living(book: Book, project: str) -> list[tuple[str | None, str | None, str | None, str]]:
    """(name, due, amount, state) of the project's milestones in use."""
    found = rows.fetch(book.store, Milestone, "WHERE project=? AND void IS NULL", (project,))
    return sorted((one.name, one.due, one.amount, one.state) for one in found)


@pytest.fixture
def plan(staff: Staff, project: str) -> str:
    """A milestone plan in force."""
    made = milestone_plan(staff.manager, project)
    assert living(staff.manager, project) == []
    return approved(staff.manager, staff.department, made.id).id


@pytest.mark.shows("Q-421", 8)
def test_an_approval_creates_them(staff: Staff, project: str, plan: str) -> None:
    assert living(staff.engineer, project) == [
        ("半年验收", "2026-06-30", "CNY 200000", "planned"),
        ("年度验收", "2026-12-25", "CNY 300000", "planned"),
    ]
    first, _ = planned_milestones(staff.engineer, plan)
    made = milestones_of(staff.engineer.store, project)[first.number]
    assert (made.deliverable, made.payment) == ("半年验收报告", "第 1 期")


def test_a_change_moves_them_once_it_is_approved(staff: Staff, project: str, plan: str) -> None:
    change = changed(staff.manager, plan)
    half, year = planned_milestones(staff.manager, change.id)
    staff.manager.edit(half.id, {"due": "2026-07-15"})
    staff.manager.void(year.id, "并入下一年度")
    new = {"plan": change.id, "position": 3, "name": "割接验收", "deliverable": "割接报告"}
    staff.manager.add("plan_milestone", {**new, "due": "2026-09-30"})
    staff.manager.move(change.id, "submit")
    assert len(living(staff.manager, project)) == 2
    assert ("半年验收", "2026-06-30", "CNY 200000", "planned") in living(staff.manager, project)
    staff.department.move(change.id, "approve")
    assert living(staff.manager, project) == [
        ("割接验收", "2026-09-30", None, "planned"),
        ("半年验收", "2026-07-15", "CNY 200000", "planned"),
    ]
    void = rows.fetch(staff.manager.store, Milestone, "WHERE void IS NOT NULL")
    assert [one.name for one in void] == ["年度验收"] and change.number in str(void[0].void)


def test_what_is_done_stays_as_it_is(staff: Staff, project: str, plan: str) -> None:
    half, _ = planned_milestones(staff.manager, plan)
    done = milestones_of(staff.manager.store, project)[half.number]
    staff.manager.move(done.id, "done")
    change = changed(staff.manager, plan)
    staff.manager.edit(planned_milestones(staff.manager, change.id)[0].id, {"due": "2026-07-15"})
    approved(staff.manager, staff.department, change.id)
    assert ("半年验收", "2026-06-30", "CNY 200000", "done") in living(staff.manager, project)


def test_an_existing_milestone_may_be_named(staff: Staff, project: str) -> None:
    there = staff.manager.add("milestone", {"name": "初验"}, project=project)
    made = milestone_plan(staff.manager, project)
    staff.manager.edit(planned_milestones(staff.manager, made.id)[0].id, {"milestone": there.id})
    approved(staff.manager, staff.department, made.id)
    assert len(living(staff.manager, project)) == 2
    assert staff.manager.get(there.id).values()["name"] == "半年验收"


def test_one_on_hold_is_not_brought_forward(staff: Staff, project: str, plan: str) -> None:
    half, _ = planned_milestones(staff.manager, plan)
    held = milestones_of(staff.manager.store, project)[half.number]
    concession = {"requirement": "联动", "milestone": held.id}
    staff.manager.add("concession", concession, project=project)
    change = changed(staff.manager, plan)
    staff.manager.edit(planned_milestones(staff.manager, change.id)[1].id, {"due": "2026-05-29"})
    staff.manager.move(change.id, "submit")
    assert "挂起" in no_move(staff.department, change.id, "approve")
    assert staff.manager.get(change.id).state == "submitted"
