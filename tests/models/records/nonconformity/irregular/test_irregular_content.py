"""What a report on irregular services is compiled from."""

from __future__ import annotations

from typing import cast

from models.derived.plain_form import formed, plain
from models.records.nonconformity.irregular import irregular_content
from models.records.nonconformity.irregular.irregular_content import IrregularContent
from models.records.nonconformity.irregular.irregular_report import IrregularReport
from tests.support.irregular_services import corrected, noted, person_of
from tests.support.staff import Staff

PERIOD = {"first": "2026-10-01", "last": "2026-12-31"}


def report(staff: Staff, project: str | None) -> IrregularReport:
    return cast(IrregularReport, staff.department.add("irregular_report", PERIOD, project=project))


def test_it_names_nobody(staff: Staff, project: str) -> None:
    made = corrected(staff, project, found_on="2026-11-02")
    person_of(staff.manager, made, staff.engineer.me)
    data = irregular_content.compile_report(staff.department, report(staff, project))
    text = str(plain(data))
    assert staff.engineer.me not in text and "小林" not in text
    assert [case.number for case in data.cases] == [made.number]


def test_actions_of_the_report_and_of_its_services_are_in_it(staff: Staff, project: str) -> None:
    service = noted(staff.manager, project, found_on="2026-11-02")
    made = report(staff, project)
    for source in (service.id, made.id):
        values = {"subject": "补开工作票", "source": source}
        staff.department.add("corrective_action", values, project=project)
    found = irregular_content.actions(staff.department, made, [service.id])
    assert len(found) == 2 and {one.state for one in found} == {"proposed"}


def test_it_is_plain_data(staff: Staff, project: str) -> None:
    noted(staff.manager, project, found_on="2026-11-02")
    data = irregular_content.compile_report(staff.department, report(staff, project))
    assert formed(IrregularContent, plain(data)) == data
