"""Pre-service studies: held with the people, concluded, confirmed by the department manager."""

from __future__ import annotations

from tests.support.preparation import RISK, study
from tests.support.staff import Staff, no_add, no_edit, no_move


def test_it_needs_people_topics_and_a_risk(staff: Staff, project: str) -> None:
    assert "角色" in no_add(staff.desk, "pre_service_study", {"subject": "x"}, project)
    made = staff.engineer.add("pre_service_study", {"subject": "服务前讨论"}, project=project)
    assert "至少需要 1 条风险" in no_move(staff.engineer, made.id, "submit")
    staff.engineer.add("study_risk", {"study": made.id, **RISK})
    said = no_move(staff.engineer, made.id, "submit")
    for label in ("会议日期", "实到人员", "研究讨论内容", "会议结论"):
        assert label in said


def test_the_department_manager_confirms_it(staff: Staff, project: str) -> None:
    made = study(staff, project, "submitted")
    for book in (staff.engineer, staff.manager, staff.quality):
        assert "部门经理" in no_move(book, made.id, "confirm")
    done = staff.department.move(made.id, "confirm")
    assert (done.state, done.values()["confirmed_by"]) == ("confirmed", staff.department.me)
    assert "不能修改" in no_edit(staff.engineer, made.id, topics="另一些")
    assert "理由" in no_move(staff.department, made.id, "reopen")


def test_who_held_it_does_not_confirm_it(staff: Staff, project: str) -> None:
    made = staff.department.add("pre_service_study", {"subject": "服务前讨论"}, project=project)
    staff.department.add("study_risk", {"study": made.id, **RISK})
    values = {"held_on": "2026-11-18", "attended": staff.department.me, "topics": "值班"}
    staff.department.edit(made.id, values)
    staff.department.move(made.id, "submit", {"outcome": "ready"})
    assert "另一个人" in no_move(staff.department, made.id, "confirm")
