"""What an acceptance and the completion of its project wait for, each named. Clause: 6.2"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.derived_state import StateView, shown_state
from models.derived.gates import HeldState
from models.queries.facts import facts_of
from models.records.problems.concessions.concession import Concession
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from tests.models.records.problems.concessions.test_concession_hold import WHY
from tests.support.completion import (
    SIGNED,
    acceptance,
    accepted,
    decided,
    filed,
    holdings_of,
    kept,
    planned,
    signed,
)
from tests.support.escalations import taken_up
from tests.support.replicas import Team
from tests.support.staff import Staff, attach, no_move


def shown(staff: Staff, id: str) -> str:
    """The state that every view shows."""
    return shown_state(staff.manager.store, staff.manager.get(id)).name


def solved(staff: Staff, id: str) -> None:
    """An escalation, solved and verified."""
    staff.department.move(id, "accept", taken_up(staff.department))
    staff.engineer.move(id, "draft", {"solution": "双路"})
    staff.department.move(id, "approve")
    staff.engineer.move(id, "fix", {"cause": "停电", "measure": "已接"})
    staff.engineer.move(id, "verify")


@pytest.mark.shows("Q-62a", 35, 54)
def test_an_open_escalation_holds_it(staff: Staff, project: str) -> None:
    planned(staff, project)
    made = acceptance(staff.manager, project)
    kept(staff.manager, project)
    staff.manager.move(made.id, "submit")
    decided(staff.manager, made)
    one = staff.engineer.add("escalation", {"phenomenon": "备纤衰耗大"}, project=project)
    assert shown(staff, made.id) == "held"
    attach(staff.manager, made.id)
    said = no_move(staff.manager, made.id, "accept", **SIGNED)
    assert one.number in said and "尚未验证" in said
    view = StateView(staff.manager.store)
    told = facts_of(staff.manager, staff.manager.get(one.id), view)
    assert any(made.id in fact.records for fact in told)
    solved(staff, one.id)
    assert shown(staff, made.id) == "submitted"
    assert signed(staff.manager, made).state == "accepted"


@pytest.mark.shows("Q-62a", 35)
def test_an_undecided_concession_holds_it_whatever_its_day(staff: Staff, project: str) -> None:
    planned(staff, project)
    made = acceptance(staff.manager, project, planned_on="2026-01-10")
    row = staff.manager.store.row("SELECT id FROM milestone WHERE due='2026-12-25'")
    assert row is not None
    values = {**WHY, "milestone": str(row[0])}
    one = staff.manager.add("concession", values, project=project)
    assert isinstance(one, Concession) and shown(staff, made.id) == "held"


def test_what_came_after_the_acceptance_does_not_undo_it(staff: Staff, project: str) -> None:
    planned(staff, project)
    made = accepted(staff, project)
    one = staff.engineer.add("escalation", {"phenomenon": "新问题"}, project=project)
    assert shown(staff, made.id) == "accepted"
    assert one.number in no_move(staff.manager, project, "complete")


@pytest.mark.shows("Q-62a", 49, 54)
def test_a_missing_document_is_named_and_added_one_key_away(staff: Staff, project: str) -> None:
    planned(staff, project)
    made = acceptance(staff.manager, project)
    staff.manager.move(made.id, "submit")
    decided(staff.manager, made)
    attach(staff.manager, made.id)
    assert shown(staff, made.id) == "submitted"  # not on hold: it is asked at the step
    said = no_move(staff.manager, made.id, "accept", **SIGNED)
    assert "还不能进入“通过”" in said and "还缺 5 项文件：服务合同及 SLA、技术服务方案" in said
    view = StateView(staff.manager.store)
    facts = list(facts_of(staff.manager, staff.manager.get(made.id), view))
    archive = holdings_of(staff.manager, project).archive
    assert any(fact.records == (archive.id,) for fact in facts)
    kept(staff.manager, project)
    assert staff.manager.move(made.id, "accept", SIGNED).state == "accepted"


@pytest.mark.shows("Q-62a", 35, 54)
def test_the_project_is_completed_after_acceptance_and_filing(staff: Staff, project: str) -> None:
    planned(staff, project)
    assert "还没有通过的项目验收" in no_move(staff.manager, project, "complete")
    assert shown(staff, project) == "running"
    made = accepted(staff, project)
    assert "还没有归档" in no_move(staff.manager, project, "complete")
    filed(staff, project)
    assert staff.manager.move(project, "complete").state == "completed"
    staff.manager.move(made.id, "reopen", comment="客户要求复核")
    assert shown(staff, project) == "completed"  # it was completed by an acceptance that passed


def test_a_project_without_anything_agreed_is_completed_as_before(
    staff: Staff, project: str
) -> None:
    assert staff.manager.move(project, "complete").state == "completed"


# -- several devices ------------------------------------------------------------------------------


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager, a department manager and an engineer."""
    made = Team(tmp_path / "team")
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("boss", (DEPARTMENT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def states(team: Team, id: str) -> set[str]:
    """What the replicas show of it."""
    return {shown_state(one.workspace.store, one.get(id)).name for one in team.all}


@pytest.mark.shows(35)
def test_an_escalation_that_it_did_not_know_holds_it_on_every_device(team: Team) -> None:
    _, lead, _, eng = team.all
    made = acceptance(lead.book, team.project)
    kept(lead.book, team.project)
    lead.book.move(made.id, "submit")
    team.meet()
    one = eng.book.add("escalation", {"phenomenon": "备纤衰耗大"}, project=team.project)
    decided(lead.book, made)
    assert signed(lead.book, made).state == "accepted"
    team.meet()
    assert states(team, made.id) == {"held"}
    by = [HeldState(it.workspace.store).by_id(made.id) for it in team.all]
    assert {holder.number for some in by for holder in some} == {one.number}


def test_a_project_completed_without_knowing_its_acceptance_is_held(team: Team) -> None:
    _, lead, boss, _ = team.all
    boss.book.move(team.project, "complete")
    made = acceptance(lead.book, team.project)
    team.meet()
    assert states(team, team.project) == {"held"}
    assert states(team, made.id) == {"preparing"}
