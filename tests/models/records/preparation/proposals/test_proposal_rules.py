"""Rules of proposals where two devices meet: points, reviews and the noted environment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.approval import approvals, row_needs
from models.records.preparation.proposals.proposal_rules import methods_of
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from tests.support.preparation import DECIDED, PROPOSAL, brought, method, proposal
from tests.support.replicas import Team, differences
from tests.support.staff import Staff, attach


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, an engineer, a project manager and a department manager, each on a device."""
    made = Team(tmp_path / "team")
    made.admit("eng", (ENGINEER,))
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("boss", (DEPARTMENT_MANAGER,))
    made.meet()
    yield made
    made.close()


def submitted(team: Team) -> str:
    """A proposal that waits for its review, known to all."""
    _, eng, _, _ = team.all
    made = eng.book.add("service_proposal", PROPOSAL, project=team.project).id
    eng.book.move(made, "discuss")
    values = {"feasibility": "feasible", "participants": eng.book.me}
    eng.book.move(made, "submit", {**values, "discussed_on": "2026-11-12"})
    team.meet()
    return made


def test_the_approval_notes_who_serves_and_on_what_texts(staff: Staff, project: str) -> None:
    before = proposal(staff, project, "sent").values()["environment"]
    assert before is None
    made = proposal(staff, project, "approved")
    said = json.loads(made.values()["environment"])
    assert set(said) == {"members", "needs", "sites", "sla", "subcontractors"}
    assert staff.engineer.me in said["members"] and staff.desk.me not in said["members"]
    assert not approvals.changed_since(staff.engineer.store, made)  # no change of what was reviewed


def test_methods_are_read_in_their_order(staff: Staff, project: str) -> None:
    made = proposal(staff, project)
    for place, name in ((2, "乙"), (1, "甲")):
        values = {"proposal": made.id, "method": method(staff, name).id, "position": place}
        staff.engineer.add("proposal_method", values)
    found = [
        staff.engineer.get(str(row.method)).title() for row in methods_of(staff.engineer, made)
    ]
    assert found == ["甲", "乙"]


def test_a_point_raised_at_once_with_the_review_is_shown(team: Team) -> None:
    """The review stays; that a point is open is said on every device alike."""
    _, eng, lead, boss = team.all
    made = submitted(team)
    lead.book.move(made, "take_back")
    values = {"proposal": made, "section": "risks", "finding": "缺应急预案"}
    lead.book.add("discussion_point", values)
    boss.book.move(made, "endorse")
    team.meet()
    for one in team.all:
        record = one.get(made)
        assert record.state == "discussing"  # the less advanced one, until somebody decides
        assert one.book.writer.siblings(made)["state"]
    assert not differences(eng, boss)


def test_a_point_raised_again_beside_the_review_is_named(team: Team) -> None:
    _, eng, lead, boss = team.all
    made = submitted(team)
    eng.book.move(made, "take_back")
    row = eng.book.add(
        "discussion_point", {"proposal": made, "section": "scope", "finding": "范围"}
    )
    eng.book.move(row.id, "explain", {"answer": "已列明"})
    eng.book.move(made, "submit")
    team.meet()
    lead.book.move(row.id, "reopen", comment="没有列明")
    boss.book.move(made, "endorse")
    team.meet()
    for one in team.all:
        record = one.get(made)
        assert record.state == "endorsed"
        [said] = row_needs.lacking(one.workspace.store, record)
        assert "范围" in str(said)


def test_two_customers_decisions_are_a_conflict_that_shows_the_refusal(team: Team) -> None:
    founder, _, lead, boss = team.all
    made = submitted(team)
    boss.book.move(made, "endorse")
    team.meet()
    lead.book.move(made, "send", {"addressee": "信息科"})
    team.meet()
    for one in (founder, lead):
        attach(one.book, made)
    lead.book.move(made, "approve", DECIDED)
    founder.book.move(made, "refuse", DECIDED, comment="电话里说不行")
    team.meet()
    assert {one.get(made).state for one in team.all} == {"refused"}
    assert len({one.digest() for one in team.all}) == 1


def test_a_draft_brought_to_a_state_by_hand_is_what_it_says(staff: Staff, project: str) -> None:
    made = staff.manager.add("service_proposal", PROPOSAL, project=project)
    assert brought(staff, staff.manager.get(made.id), "draft").state == "draft"
