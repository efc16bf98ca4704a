"""Projects: written by leads, completed and reopened by them; the service period is one value."""

from __future__ import annotations

from tests.support.staff import Staff, last_change, no_add, no_edit, no_move


def test_leads_write_projects(staff: Staff) -> None:
    for book in (staff.engineer, staff.quality, staff.office):
        assert "项目经理" in no_add(book, "project", {"name": "机房运维"})
    assert "名称" in no_add(staff.manager, "project", {"code": "JF-1"})
    assert staff.manager.add("project", {"name": "机房运维"}).state == "running"


def test_a_project_is_completed_and_reopened_with_a_reason(staff: Staff) -> None:
    made = staff.manager.add("project", {"name": "机房运维"})
    assert "需要角色" in no_move(staff.engineer, made.id, "complete")
    assert staff.department.move(made.id, "complete").state == "completed"
    assert "理由" in no_move(staff.manager, made.id, "reopen")
    assert staff.manager.move(made.id, "reopen", comment="续签").state == "running"


def test_a_completed_project_can_still_be_corrected(staff: Staff) -> None:
    made = staff.manager.add("project", {"name": "机房运维"})
    staff.manager.move(made.id, "complete")
    assert staff.manager.edit(made.id, {"code": "JF-1"}).values()["code"] == "JF-1"
    assert "项目经理" in no_edit(staff.engineer, made.id, code="JF-2")


def test_both_days_of_the_service_period_are_written_as_one_value(staff: Staff) -> None:
    period = {"service_from": "2026-01-01", "service_to": "2026-12-31"}
    made = staff.manager.add("project", {"name": "机房运维", **period})
    staff.manager.edit(made.id, {"service_to": "2027-03-31"})
    period["service_to"] = "2027-03-31"
    assert last_change(staff.manager, made.id) == {"service_period": period}
