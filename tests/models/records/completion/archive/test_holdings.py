"""What a project has of its documents: there, out of date or missing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from models.book.book import Book
from models.records.completion.archive.holdings import ArchiveEntry
from models.records.completion.archive.lacking import LACKS, said
from models.schema.roles import PROJECT_MANAGER
from tests.support.completion import holdings_of
from tests.support.preparation import file_of, proposal
from tests.support.replicas import Team
from tests.support.staff import Staff


def entry(book: Book, project: str, code: str) -> ArchiveEntry:
    """How a document stands."""
    found: ArchiveEntry = next(
        one for one in holdings_of(book, project).entries if one.paper.code == code
    )
    return found


@pytest.mark.shows("Q-61a", 49)
def test_a_document_is_there_once_its_record_is_that_far(staff: Staff, project: str) -> None:
    assert entry(staff.manager, project, "proposal").standing == "missing"
    made = proposal(staff, project, "endorsed")
    found = entry(staff.manager, project, "proposal")
    assert found.standing == "open" and found.first is not None
    assert found.first.id == made.id  # it is there, and not approved
    assert said(LACKS, found).zh == f"未办结“技术服务方案”（{made.number}）"
    proposal(staff, project, "approved")
    assert entry(staff.manager, project, "proposal").standing == "present"


@pytest.mark.shows("Q-61a", 49)
def test_what_has_expired_is_out_of_date(staff: Staff, project: str) -> None:
    file_of(staff, staff.engineer.me)
    values = {"member": staff.engineer.me}
    made = staff.manager.add("competence_confirmation", values, project=project)
    values = {"service_kinds": "routine", "basis": "resume", "valid_to": "2020-01-01"}
    staff.department.move(made.id, "confirm", values)
    found = entry(staff.manager, project, "competence")
    assert found.standing == "outdated" and f"{made.number} 已过有效期" in said(LACKS, found).zh


def test_what_was_changed_after_it_was_submitted_is_out_of_date(tmp_path: Path) -> None:
    """One device submits the report while another one changes its summary."""
    team = Team(tmp_path / "team")
    here, there = (team.admit(name, (PROJECT_MANAGER,)) for name in ("甲", "乙"))
    team.meet()
    values = {"quarter": "2026-Q3", "summary": "正常"}
    made = here.book.add("service_report", values, project=team.project)
    team.meet()
    here.book.move(made.id, "submit")
    there.book.edit(made.id, {"summary": "两次超时"})
    team.meet()
    for one in (here, there):
        found = entry(one.book, team.project, "service_reports")
        assert found.standing == "outdated" and "改过" in said(LACKS, found).zh
    team.close()


def test_what_there_is_of_it_is_all_settled(staff: Staff, project: str) -> None:
    assert entry(staff.manager, project, "deliveries").standing == "none"
    made = staff.manager.add("delivery", {"name": "备件"}, project=project)
    found = entry(staff.manager, project, "deliveries")
    assert found.standing == "open" and [one.id for one in found.pending] == [made.id]


@pytest.mark.shows(49)
def test_every_quarter_of_the_service_that_ended_has_its_report(staff: Staff, project: str) -> None:
    manager = staff.manager
    assert entry(manager, project, "service_reports").standing == "none"
    begin = (manager.today - timedelta(days=200)).isoformat()
    manager.edit(project, {"service_from": begin, "service_to": None})
    manager.store.db.execute_sql("UPDATE project SET recorded=recorded-200*86400000")
    found = entry(manager, project, "service_reports")
    assert found.standing == "missing" and len(found.periods) == 2
    for quarter in found.periods:
        one = manager.add(
            "service_report", {"quarter": quarter, "summary": "正常"}, project=project
        )
        manager.move(one.id, "submit")
    assert entry(manager, project, "service_reports").standing == "present"
    assert date.fromisoformat(begin) < manager.today
