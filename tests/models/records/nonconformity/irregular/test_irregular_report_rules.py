"""Rules of the reports on irregular services."""

from __future__ import annotations

from tests.support.irregular_services import noted
from tests.support.staff import Staff

PERIOD = {"first": "2026-10-01", "last": "2026-12-31"}


def test_a_reason_stands_for_measures(staff: Staff, project: str) -> None:
    noted(staff.manager, project, found_on="2026-11-02")
    values = {**PERIOD, "no_measures": "单一事件，已当场纠正"}
    made = staff.department.add("irregular_report", values, project=project)
    moved = staff.department.move(made.id, "submit", {"analysis": "偶发"})
    assert moved.state == "submitted"


def test_an_action_of_one_of_its_services_is_a_measure(staff: Staff, project: str) -> None:
    service = noted(staff.manager, project, found_on="2026-11-02")
    values = {"subject": "补开工作票", "source": service.id}
    staff.department.add("corrective_action", values, project=project)
    made = staff.department.add("irregular_report", PERIOD, project=project)
    moved = staff.department.move(made.id, "submit", {"analysis": "偶发"})
    assert moved.state == "submitted"


def test_it_is_called_by_its_project_and_period(staff: Staff, project: str) -> None:
    period = {"first": "2026-10-01", "last": "2026-12-31"}
    made = staff.department.add("irregular_report", period, project=project)
    assert made.title() == "测试项目 2026-10-01 – 2026-12-31"
    named = staff.department.add("irregular_report", {**period, "subject": "四季度"})
    assert named.title() == "四季度"
