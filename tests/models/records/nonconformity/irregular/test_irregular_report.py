"""Reports on irregular services: counted, analysed, supervised by the general manager's office."""

from __future__ import annotations

import pytest

from models.derived import compiled
from models.records.nonconformity.irregular import irregular_report_rules
from models.schema.record import Record
from models.text.words import Refused
from tests.support.irregular_services import noted
from tests.support.staff import Staff, no_add, no_move

PERIOD = {"first": "2026-10-01", "last": "2026-12-31"}
WRITTEN = {"analysis": "三分之二发生在夜间，交接不清。"}


@pytest.fixture
def report(staff: Staff, project: str) -> Record:
    """One on a quarter with four services."""
    for category in ("permit", "permit", "permit", "dress"):
        noted(staff.manager, project, category=category, found_on="2026-11-10")
    return staff.department.add("irregular_report", PERIOD, project=project)


def action(staff: Staff, report: Record) -> None:
    values = {"subject": "夜间交接单", "source": report.id, "sort": "corrective"}
    staff.department.add("corrective_action", values, project=report.project)


def test_measures_follow_or_the_reason_why_not(staff: Staff, report: Record) -> None:
    with pytest.raises(Refused) as caught:
        staff.department.move(report.id, "submit", WRITTEN)
    assert caught.value.word == irregular_report_rules.NO_MEASURES
    action(staff, report)
    assert "原因分析" in no_move(staff.department, report.id, "submit")
    assert staff.department.move(report.id, "submit", WRITTEN).state == "submitted"


def test_without_any_service_nothing_has_to_follow(staff: Staff, project: str) -> None:
    made = staff.department.add("irregular_report", PERIOD, project=project)
    assert staff.department.move(made.id, "submit", WRITTEN).state == "submitted"


@pytest.mark.shows("Q-532c", 41, 43)
def test_the_office_supervises_and_sends_back(staff: Staff, report: Record) -> None:
    action(staff, report)
    staff.department.move(report.id, "submit", WRITTEN)
    assert "角色" in no_move(staff.quality, report.id, "confirm")
    back = staff.office.move(report.id, "return", comment="措施没有期限")
    assert back.state == "returned"
    staff.department.move(report.id, "submit", WRITTEN)
    done = staff.office.move(report.id, "confirm", {"opinion": "同意，按月跟踪"})
    assert done.state == "confirmed"


def test_its_figures_stay_and_what_comes_later_is_told(
    staff: Staff, project: str, report: Record
) -> None:
    action(staff, report)
    staff.department.move(report.id, "submit", WRITTEN)
    late = noted(staff.manager, project, found_on="2026-12-30")
    kept = staff.office.get(report.id)
    content = compiled.content(staff.office, kept)
    assert content.issued and len(content.data.numbers) == 4
    assert {part.name: part.cases for part in content.data.categories} == {"permit": 3, "*": 1}
    assert [part.subject for part in content.data.actions] == ["夜间交接单"]
    assert [news.record for news in compiled.news(staff.office, kept)] == [late.id]


def test_one_of_the_whole_company_tells_no_single_case(staff: Staff, report: Record) -> None:
    made = staff.department.add("irregular_report", {**PERIOD, "no_measures": "另行研究"})
    staff.department.move(made.id, "submit", WRITTEN)
    data = compiled.content(staff.office, staff.office.get(made.id)).data
    assert data.cases == [] and len(data.numbers) == 4


def test_a_period_ends_after_it_begins(staff: Staff, project: str) -> None:
    values = {"first": "2026-12-31", "last": "2026-10-01"}
    assert "早于" in no_add(staff.department, "irregular_report", values, project)
