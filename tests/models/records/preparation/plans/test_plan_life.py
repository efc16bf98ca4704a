"""The life of a plan: submitted by the team, approved by a second person, sent to the customer."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.derived import revisions
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from tests.support.replicas import Team, differences
from tests.support.service_plans import approved, changed, plan_of, task, tasks, term
from tests.support.staff import Staff, attach, no_edit, no_move

SENT = {"sent_to": "李主任", "sent_on": "2026-01-08", "sent_channel": "mail"}
ANSWER = {"answered_by": "李主任", "answered_on": "2026-01-12", "answer_channel": "mail"}


@pytest.fixture
def ready(staff: Staff, project: str) -> str:
    """A plan that the engineer may submit."""
    plan = plan_of(staff.engineer, project, [term()])
    staff.engineer.move(plan.id, "generate")
    return plan.id


def test_only_the_team_submits_and_only_the_manager_approves(staff: Staff, ready: str) -> None:
    assert "需要角色" in no_move(staff.quality, ready, "submit")
    staff.engineer.move(ready, "submit")
    for book in (staff.engineer, staff.manager, staff.quality):
        assert "需要角色" in no_move(book, ready, "approve")
    assert "需要写明理由" in no_move(staff.department, ready, "return")
    returned = staff.department.move(ready, "return", comment="六月太密")
    assert returned.state == "returned"
    staff.engineer.move(ready, "submit")
    assert staff.department.move(ready, "approve").state == "approved"


@pytest.mark.shows("Q-422", 10)
def test_nobody_approves_what_they_wrote(staff: Staff, ready: str) -> None:
    first = tasks(staff.engineer, ready)[0]
    staff.department.edit(first.id, {"remark": "请带备件"})
    staff.engineer.move(ready, "submit")
    assert "须由另一个人进行" in no_move(staff.department, ready, "approve")


@pytest.mark.shows(10)
def test_an_approval_freezes_the_version_and_its_rows(staff: Staff, ready: str) -> None:
    approved(staff.engineer, staff.department, ready)
    first = tasks(staff.engineer, ready)[0]
    assert "不能修改" in no_edit(staff.manager, ready, scope="更多")
    assert no_edit(staff.manager, first.id, what="别的")
    assert no_move(staff.engineer, ready, "generate")


@pytest.mark.shows(11)
def test_sending_and_the_answer_have_their_evidence(staff: Staff, ready: str) -> None:
    book = staff.engineer
    assert no_move(book, ready, "send", **SENT)  # it is a draft
    approved(book, staff.department, ready)
    assert "凭据" in no_move(book, ready, "send", **SENT)
    mail = attach(book, ready)
    assert "收件人" in no_move(book, ready, "send")
    sent = book.move(ready, "send", SENT).values()
    assert (sent["sent_evidence"], sent["sent_by"]) == (mail, book.me)
    assert "客户意见" in no_move(book, ready, "object", **ANSWER)
    answer = attach(staff.manager, ready)
    objected = staff.manager.move(ready, "object", {**ANSWER, "objection": "三月停电，请顺延"})
    assert objected.state == "objected" and objected.values()["evidence"] == answer
    # Whatever the customer says, the plan is in force from its approval on.
    look = revisions.versions(book.store, "service_plan")
    assert look.in_force(book.get(ready))
    assert book.move(ready, "confirm", ANSWER).state == "confirmed"
    assert revisions.versions(book.store, "service_plan").in_force(book.get(ready))


def test_a_change_needs_its_cause_and_impact(staff: Staff, ready: str) -> None:
    approved(staff.engineer, staff.department, ready)
    change = changed(staff.engineer, ready)
    staff.engineer.edit(change.id, {"impact": None})
    why = no_move(staff.engineer, change.id, "submit")
    assert "变更影响" in why and "变更原因" not in why
    staff.engineer.edit(change.id, {"impact": "顺延一周"})
    assert staff.engineer.move(change.id, "submit").state == "submitted"


def test_a_first_plan_needs_neither(staff: Staff, ready: str) -> None:
    assert staff.engineer.move(ready, "submit").state == "submitted"


def test_a_change_is_in_force_everywhere_once_it_is_approved(tmp_path: Path) -> None:
    team = Team(tmp_path)
    engineer, head = team.admit("eng", (ENGINEER,)), team.admit("head", (DEPARTMENT_MANAGER,))
    lead = team.admit("lead", (PROJECT_MANAGER,))
    plan = plan_of(engineer.book, team.project)
    task(engineer.book, plan.id, "月检", "2026-05-06")
    engineer.book.move(plan.id, "submit")
    team.meet()
    head.book.move(plan.id, "approve")
    team.meet()
    change = changed(lead.book, plan.id)
    (copy,) = tasks(lead.book, change.id)
    lead.book.edit(copy.id, {"due": "2026-05-13"})
    lead.book.move(change.id, "submit")
    team.meet()
    for one in team.all:
        look = revisions.versions(one.book.store, "service_plan")
        assert look.in_force(one.get(plan.id)) and not look.in_force(one.get(change.id))
    head.book.move(change.id, "approve")
    look = revisions.versions(engineer.book.store, "service_plan")
    assert look.in_force(engineer.get(plan.id))  # it has not heard of it
    team.meet()
    for one in team.all:
        look = revisions.versions(one.book.store, "service_plan")
        assert look.in_force(one.get(change.id)) and not look.in_force(one.get(plan.id))
        assert not differences(team.founder, one)
    team.close()
