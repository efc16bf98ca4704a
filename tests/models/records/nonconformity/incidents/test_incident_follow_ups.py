"""Follow ups: what becomes an incident, and what an incident leads to."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.common import follow_ups
from models.schema.record import Record
from tests.support import incidents
from tests.support.staff import Staff


def test_a_problem_or_complaint_becomes_an_incident(staff: Staff, project: str) -> None:
    values = {"phenomenon": "停机\n备机也停", "cause": "误断电", "correction": "重启"}
    fix = staff.engineer.add("fix", values, project=project)
    found = follow_ups.values(staff.engineer, fix, "incident")
    assert found["subject"] == "停机" and found["source"] == fix.id
    assert (found["cause"], found["began_at"]) == ("误断电", fix.occurred)
    complaint = {"subject": "停机两小时", "statement": "来函：业务中断"}
    made = staff.desk.add("complaint", complaint, project=project)
    found = follow_ups.values(staff.desk, made, "incident")
    assert (found["subject"], found["facts"]) == ("停机两小时", "来函：业务中断")
    assert staff.desk.add("incident", found, project=project).values()["source"] == made.id


@pytest.fixture
def incident(staff: Staff, project: str) -> Record:
    """One that was reviewed."""
    return incidents.reviewed(staff, project)


@pytest.mark.shows(47)
def test_lessons_reach_the_library_by_the_report(
    staff: Staff, book: Book, incident: Record
) -> None:
    """From the incident to its report, reviewed and approved, to experience without names."""
    values = follow_ups.values(staff.manager, incident, "problem_report")
    assert values["reason"] == "avoidable" and values["lessons"] == "断电前两人核对标识"
    assert "事故开始" in values["timeline"] and "段工" not in values["timeline"]
    report = staff.manager.add("problem_report", values, project=incident.project)
    assert report.values()["incident"] == incident.id
    staff.manager.move(report.id, "submit")
    staff.department.move(report.id, "review")
    book.move(report.id, "approve")
    experience = staff.manager.add("experience", {"source": report.id})
    assert experience.values()["lessons"] == "断电前两人核对标识"
    assert staff.quality.move(experience.id, "publish").state == "published"


def test_an_action_and_a_file_begin_with_what_is_known(staff: Staff, incident: Record) -> None:
    action = follow_ups.values(staff.quality, incident, "corrective_action")
    assert (action["source"], action["sort"]) == (incident.id, "corrective")
    assert action["cause"] == "没有核对两路电源的标识"
    assert follow_ups.values(staff.quality, incident, "incident_file") == {
        "incident": incident.id,
        "duty": "main",
    }
