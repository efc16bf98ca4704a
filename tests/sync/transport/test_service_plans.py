"""Plans over every carrier: a change waits for its approval; a forged one changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.book.writing import moves
from models.derived import revisions
from models.derived.expected import DueWindow, expected
from models.derived.revision_comparison import compare
from models.records.preparation.plans.plan_milestones import milestones_of
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from tests.support.replicas import Replica, Team, differences
from tests.support.service_plans import (
    changed,
    milestone_plan,
    plan_of,
    planned_milestones,
    task,
    tasks,
)
from tests.sync.transport.ways import Way, carried


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager, a department manager and an engineer."""
    made = Team(tmp_path / "team")
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("head", (DEPARTMENT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def year(one: Replica) -> dict[str, Any]:
    """The period of a plan: this year."""
    number = one.book.today.year
    return {"period_from": f"{number}-01-01", "period_to": f"{number}-12-31"}


def board(one: Replica, project: str) -> list[tuple[str, str]]:
    """(title, standing) of the planned tasks of today, of everybody."""
    today = one.book.today
    window = DueWindow(first=today, last=today, projects=[one.get(project)], behind=True)
    return [(it.title, it.standing) for it in expected(one.book, window, "task_execution")]


@pytest.mark.shows("Q-423", 12)
def test_a_change_waits_for_its_approval_on_every_device(team: Team, way: Way) -> None:
    founder, lead, head, eng = team.all
    today = eng.book.today.isoformat()
    plan = plan_of(eng.book, team.project, **year(eng))
    code = task(eng.book, plan.id, "割接", today).code
    eng.book.move(plan.id, "submit")
    carried(way, *team.all)
    head.book.move(plan.id, "approve")
    carried(way, *team.all)
    change = changed(lead.book, plan.id)
    (copy,) = tasks(lead.book, change.id)
    lead.book.edit(copy.id, {"what": "割接（夜间）"})
    lead.book.move(change.id, "submit")
    # Meanwhile the engineer works by the plan in force.
    done = eng.book.add("task_execution", {"plan": plan.id, "task": code}, project=team.project)
    carried(way, *team.all)
    for one in team.all:
        assert board(one, team.project) == [("割接", "begun")]
        found = compare(one.book.store, one.get(plan.id), one.get(change.id))
        assert [(row.mark, row.code) for row in found.rows] == [("changed", code)]
    head.book.move(change.id, "approve")
    assert board(eng, team.project) == [("割接", "begun")]
    eng.book.move(done.id, "skip", comment="客户改期")
    carried(way, *team.all)
    for one in team.all:
        look = revisions.versions(one.book.store, "service_plan")
        assert look.in_force(one.get(change.id)) and not look.in_force(one.get(plan.id))
        assert board(one, team.project) == [("割接（夜间）", "done")]
        assert not any(differences(founder, one))
        assert not list(one.workspace.store.rows("SELECT * FROM quarantine"))


def test_two_managers_that_approve_one_plan_agree_in_the_end(team: Team, way: Way) -> None:
    _, lead, head, eng = team.all
    other = team.admit("other", (DEPARTMENT_MANAGER,))
    plan = milestone_plan(lead.book, team.project, **year(lead))
    lead.book.move(plan.id, "submit")
    carried(way, *team.all)
    head.book.move(plan.id, "approve")
    other.book.move(plan.id, "return", comment="缺验收凭据")
    carried(way, *team.all)
    for one in team.all:
        # Whoever is cautious counts: it is returned until somebody decides.
        assert one.get(plan.id).state == "returned"
        assert list(one.book.store.rows("SELECT * FROM sibling WHERE record=?", (plan.id,)))
        half, _year = planned_milestones(one.book, plan.id)
        assert milestones_of(one.book.store, team.project)[half.number].due == "2026-06-30"
        assert not any(differences(eng, one))


def reasons_of(one: Replica) -> int:
    """How many changes were quarantined here."""
    return len(list(one.workspace.store.rows("SELECT reason FROM quarantine")))


def test_what_no_door_lets_pass_is_quarantined_everywhere(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, lead, head, eng = team.all
    empty = plan_of(eng.book, team.project, **year(eng))
    mine = plan_of(head.book, team.project, **year(head))
    task(head.book, mine.id, "割接", head.book.today.isoformat())
    ready = plan_of(eng.book, team.project, **year(eng))
    task(eng.book, ready.id, "割接", eng.book.today.isoformat())
    eng.book.move(ready.id, "submit")
    team.meet()
    head.book.move(ready.id, "approve")
    team.meet()
    change = changed(eng.book, ready.id)
    eng.book.edit(change.id, {"cause": None})
    head.book.move(mine.id, "submit")
    with monkeypatch.context() as patched:
        patched.setattr("models.book.approval.row_needs.hindrance", lambda *_: None)
        patched.setattr(moves, "require_ready", lambda *_: None)
        patched.setattr("models.book.permissions.moving", lambda *_: None)
        patched.setattr("models.book.permissions.role_used", lambda *_: DEPARTMENT_MANAGER)
        eng.book.move(empty.id, "submit")  # without a task
        eng.book.move(change.id, "submit")  # without its cause
        head.book.move(mine.id, "approve")  # their own
    team.meet()
    for one in (lead, team.founder):
        assert [one.get(id).state for id in (empty.id, change.id, mine.id)] == [
            *("draft", "draft", "submitted"),
        ]
        assert reasons_of(one) >= 3
        assert revisions.versions(one.book.store, "service_plan").in_force(one.get(ready.id))


def test_an_approval_without_the_role_is_quarantined(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, lead, head, eng = team.all
    plan = plan_of(eng.book, team.project, **year(eng))
    task(eng.book, plan.id, "割接", eng.book.today.isoformat())
    eng.book.move(plan.id, "submit")
    team.meet()
    with monkeypatch.context() as patched:
        patched.setattr("models.book.permissions.moving", lambda *_: None)
        patched.setattr("models.book.permissions.role_used", lambda *_: DEPARTMENT_MANAGER)
        lead.book.move(plan.id, "approve")
    team.meet()
    for one in (head, eng, team.founder):
        assert one.get(plan.id).state == "submitted" and reasons_of(one) == 1
    assert head.book.move(plan.id, "approve").state == "approved"
