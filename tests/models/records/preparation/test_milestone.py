"""Milestones: written and marked done by leads; done ones are fixed until they are reopened."""

from __future__ import annotations

from tests.support.staff import Staff, no_add, no_edit, no_move


def test_leads_plan_milestones(staff: Staff, project: str) -> None:
    for book in (staff.engineer, staff.quality):
        assert "项目经理" in no_add(book, "milestone", {"name": "初验"}, project)
    assert "名称" in no_add(staff.manager, "milestone", {"due": "2026-12-01"}, project)
    assert staff.department.add("milestone", {"name": "初验"}, project=project).state == "planned"


def test_a_milestone_is_marked_done_with_person_and_time(staff: Staff, project: str) -> None:
    made = staff.manager.add("milestone", {"name": "初验"}, project=project)
    assert "需要角色" in no_move(staff.engineer, made.id, "done")
    done = staff.department.move(made.id, "done")
    assert (done.state, done.values()["done_by"]) == ("done", staff.department.me)
    assert done.values()["done_at"]
    assert "不能修改" in no_edit(staff.manager, made.id, name="终验")


def test_a_done_milestone_is_reopened_with_a_reason(staff: Staff, project: str) -> None:
    made = staff.manager.add("milestone", {"name": "初验"}, project=project)
    staff.manager.move(made.id, "done")
    assert "理由" in no_move(staff.manager, made.id, "reopen")
    assert staff.manager.move(made.id, "reopen", comment="客户要求补测").state == "planned"
    assert staff.manager.edit(made.id, {"name": "终验"}).title() == "终验"


def test_an_undecided_concession_holds_it(staff: Staff, project: str) -> None:
    made = staff.manager.add("milestone", {"name": "初验"}, project=project)
    values = {"requirement": "双路市电", "milestone": made.id}
    concession = staff.manager.add("concession", values, project=project)
    assert concession.number in no_move(staff.manager, made.id, "done")
    values = {"withdrawal": "solved"}
    staff.manager.move(concession.id, "withdraw", values, comment="已解决")
    staff.department.move(concession.id, "confirm_withdrawal")
    assert staff.manager.move(made.id, "done").state == "done"
