"""Rules of the service report: of a quarter that has begun, and named by its check."""

from __future__ import annotations

from models.book import rules
from tests.support.quarterly_checks import check, report
from tests.support.staff import Staff, no_add


def test_a_quarter_that_is_to_come_is_not_reported(staff: Staff, project: str) -> None:
    said = no_add(staff.manager, "service_report", {"quarter": "2099-Q1"}, project)
    assert "2099-Q1 还没有开始" in said


def test_the_check_of_the_quarter_names_its_report(staff: Staff, project: str) -> None:
    made = check(staff.manager, project)
    assert rules.proposed_values(staff.manager, made, "report") == {}
    written = report(staff.manager, project)
    assert rules.proposed_values(staff.manager, made, "report") == {"service_report": written}
