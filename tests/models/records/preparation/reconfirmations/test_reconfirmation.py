"""Re-confirmations: begun by the team, submitted with impact and outcome, confirmed by another."""

from __future__ import annotations

from tests.support.preparation import proposal
from tests.support.staff import Staff, no_add, no_move

WHY = {"trigger": "other", "why": "客户更换了值班制度"}


def test_without_an_approved_proposal_there_is_nothing_to_confirm(
    staff: Staff, project: str
) -> None:
    assert "技术服务方案" in no_add(staff.manager, "reconfirmation", WHY, project)
    proposal(staff, project, "sent")
    assert "技术服务方案" in no_add(staff.manager, "reconfirmation", WHY, project)


def test_the_department_manager_confirms(staff: Staff, project: str) -> None:
    approved = proposal(staff, project, "approved")
    assert "角色" in no_add(staff.desk, "reconfirmation", WHY, project)
    made = staff.engineer.add("reconfirmation", WHY, project=project)
    assert made.values()["proposal"] == approved.id and made.values()["due"]
    said = no_move(staff.engineer, made.id, "submit")
    assert "影响" in said and "结论" in said
    staff.engineer.move(made.id, "submit", {"impact": "夜班多一人", "outcome": "holds"})
    for book in (staff.engineer, staff.manager):
        assert "部门经理" in no_move(book, made.id, "confirm")
    assert staff.department.move(made.id, "confirm").state == "confirmed"


def test_one_change_is_one_record(staff: Staff, project: str) -> None:
    proposal(staff, project, "approved")
    staff.engineer.add("reconfirmation", WHY, project=project)
    assert "已有相同的" in no_add(staff.manager, "reconfirmation", WHY, project)
    other = {**WHY, "why": "另一件事"}
    assert staff.manager.add("reconfirmation", other, project=project).state == "open"
