"""The service proposal: drafted, discussed, reviewed by a second person, approved at last."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.derived_state import shown_state
from models.derived.revision_copy import new_revision
from models.schema.record import kinds
from models.text.words import Refused
from tests.support.preparation import DECIDED, PROPOSAL, brought, proposal
from tests.support.staff import Staff, attach, no_add, no_edit, no_move


@pytest.mark.shows("Q-411", 1)
def test_it_goes_from_the_engineer_to_the_customer(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "approved")
    values = made.values()
    assert made.state == "approved" and values["opinion"] == "可行"
    assert (values["witness"], values["sent_by"]) == (staff.manager.me, staff.manager.me)
    assert "不能修改" in no_edit(staff.engineer, made.id, scope="另一个范围")


def test_only_its_roles_move_it(staff: Staff, project: str) -> None:
    assert "角色" in no_add(staff.desk, "service_proposal", PROPOSAL, project)
    made = proposal(staff, project, "submitted")
    for book in (staff.manager, staff.quality, staff.engineer):
        assert "部门经理" in no_move(book, made.id, "endorse")
    brought(staff, made, "endorsed")
    assert "需要角色" in no_move(staff.engineer, made.id, "send", addressee="信息科")


def test_it_is_not_reviewed_without_a_discussion(staff: Staff, project: str) -> None:
    made = proposal(staff, project)
    assert "只能在" in no_move(staff.engineer, made.id, "submit")
    staff.engineer.move(made.id, "discuss")
    said = no_move(staff.engineer, made.id, "submit")
    assert "可行性结论" in said and "讨论参加人" in said and "讨论日期" in said


def test_who_wrote_it_does_not_review_it(staff: Staff, project: str) -> None:
    made = staff.department.add("service_proposal", PROPOSAL, project=project)
    staff.department.move(made.id, "discuss")
    values = {"feasibility": "feasible", "participants": staff.department.me}
    staff.department.move(made.id, "submit", {**values, "discussed_on": "2026-11-12"})
    assert "另一个人" in no_move(staff.department, made.id, "endorse")


def test_the_manager_may_raise_points_and_review(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "discussing")
    given = {"proposal": made.id, "section": "scope", "finding": "未写备件间"}
    point = staff.department.add("discussion_point", given)
    assert "未写备件间" in no_move(staff.engineer, made.id, "submit", feasibility="feasible")
    staff.engineer.edit(made.id, {"scope": "三个机房和备件间"})
    staff.engineer.move(point.id, "change", {"answer": "已补备件间"})
    made = brought(staff, staff.engineer.get(made.id), "endorsed")
    assert made.state == "endorsed"


@pytest.mark.shows("Q-411", 2)
def test_a_point_raised_during_the_review_holds_it(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "submitted")
    staff.engineer.move(made.id, "take_back")
    given = {"proposal": made.id, "section": "risks", "finding": "缺应急电话"}
    staff.quality.add("discussion_point", given)
    said = no_move(staff.engineer, made.id, "submit")
    assert "讨论意见" in said and "缺应急电话" in said


def test_what_is_not_feasible_does_not_pass(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "discussing")
    values = {"feasibility": "infeasible", "participants": staff.engineer.me}
    staff.engineer.move(made.id, "submit", {**values, "discussed_on": "2026-11-12"})
    chance = staff.department.chance(staff.department.get(made.id), "endorse")
    assert "不可行" in str(chance.why)  # said before the move is chosen
    assert "不可行" in no_move(staff.department, made.id, "endorse")
    assert staff.department.move(made.id, "return", comment="重做").state == "returned"


def test_a_refused_one_returns_to_draft_with_its_reason(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "sent")
    attach(staff.manager, made.id)
    assert "理由" in no_move(staff.manager, made.id, "refuse", **DECIDED)
    staff.manager.move(made.id, "refuse", DECIDED, comment="响应时间太长")
    assert "理由" in no_move(staff.engineer, made.id, "rework")
    assert staff.engineer.move(made.id, "rework", comment="响应时间太长").state == "draft"
    assert staff.engineer.edit(made.id, {"sla": "15 分钟响应"}).values()["sla"] == "15 分钟响应"


def test_the_decision_needs_its_evidence(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "sent")
    assert "凭据" in no_move(staff.manager, made.id, "approve", **DECIDED)


@pytest.mark.shows(1)
def test_a_new_version_replaces_it_once_the_customer_approves(staff: Staff, project: str) -> None:
    first = proposal(staff, project, "approved")
    second = new_revision(staff.engineer, first)
    values = second.values()
    assert (values["version"], values["scope"]) == (2, PROPOSAL["scope"])
    assert values["feasibility"] is None and values["addressee"] is None
    staff.engineer.move(second.id, "discuss")
    said = no_move(
        staff.engineer,
        second.id,
        "submit",
        feasibility="feasible",
        participants=staff.engineer.me,
        discussed_on="2026-11-12",
    )
    assert "修订原因" in said
    staff.engineer.edit(second.id, {"change_reason": "新增机房"})
    brought(staff, staff.engineer.get(second.id), "approved")
    assert shown_state(staff.engineer.store, first).name == "replaced"


def test_a_file_brings_no_approval_round_the_review(staff: Staff, project: str) -> None:
    """An import gives a state only to who could make the move that leads there."""
    made = staff.engineer.add("service_proposal", PROPOSAL, project=project)
    for state in ("endorsed", "approved"):
        with pytest.raises(Refused, match="角色"):
            staff.engineer.imported(made.id, state)


def test_every_point_may_be_about_every_section() -> None:
    specs = kinds["service_proposal"].specs()
    for choice in kinds["discussion_point"].specs()["section"].choices:
        assert specs[choice.name].label == choice.label


def test_one_person_alone_is_marked(book: Book, project: str) -> None:
    made = book.add("service_proposal", PROPOSAL, project=project)
    book.move(made.id, "discuss")
    values = {"feasibility": "feasible", "participants": book.me, "discussed_on": "2026-11-12"}
    book.move(made.id, "submit", values)
    book.move(made.id, "endorse")
    sql = "SELECT alone FROM transition WHERE record=? AND move='endorse'"
    assert book.store.rows(sql, (made.id,)) == [(1,)]
