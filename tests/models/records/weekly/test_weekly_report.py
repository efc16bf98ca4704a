"""Weekly reports: one for each week, issued by a lead; what comes later is a supplement."""

from __future__ import annotations

import pytest

from models.schema.record import Record
from tests.support.staff import Staff, no_add, no_edit, no_move


@pytest.fixture
def report(staff: Staff, project: str) -> Record:
    """The report of a week."""
    return staff.manager.add("weekly_report", {"week": "2026-W47"}, project=project)


def test_leads_compile_one_report_for_a_week(staff: Staff, project: str, report: Record) -> None:
    assert report.state == "compiled"
    for book in (staff.engineer, staff.quality):
        assert "项目经理" in no_add(book, "weekly_report", {"week": "2026-W48"}, project)
    assert report.number in no_add(staff.department, "weekly_report", {"week": "2026-W47"}, project)
    assert "周" in no_add(staff.manager, "weekly_report", {"summary": "平稳"}, project)


def test_an_issued_report_has_person_and_time_and_is_fixed(staff: Staff, report: Record) -> None:
    staff.department.edit(report.id, {"summary": "平稳"})
    assert "需要角色" in no_move(staff.engineer, report.id, "issue")
    moved = staff.department.move(report.id, "issue")
    assert (moved.state, moved.values()["issued_by"]) == ("issued", staff.department.me)
    assert moved.values()["issued_at"]
    assert "不能修改" in no_edit(staff.manager, report.id, summary="改")


def test_the_versions_that_it_covers_are_not_typed(staff: Staff, report: Record) -> None:
    assert no_edit(staff.manager, report.id, issued_by=staff.engineer.me)


def test_a_supplement_is_added_to_an_issued_report_and_never_edited(
    staff: Staff, report: Record
) -> None:
    staff.manager.move(report.id, "issue")
    values = {"report": report.id, "text": "周五晚恢复"}
    assert "项目经理" in no_add(staff.engineer, "weekly_supplement", values)
    made = staff.manager.add("weekly_supplement", values)
    assert (made.project, made.title()) == (report.project, "周五晚恢复")
    assert "另加一条" in no_edit(staff.manager, made.id, text="改")
    assert "内容" in no_add(staff.manager, "weekly_supplement", {"report": report.id})
