"""Rules of the quarterly check: evidence is proposed, findings have a remedy."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from models.book import rules
from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.common import follow_ups
from models.schema.record import Record
from tests.support.quarterly_checks import answered, check, questions
from tests.support.staff import Staff, attach, no_add, no_edit, no_move


@pytest.fixture
def made(staff: Staff, project: str) -> Record:
    return check(staff.manager, project)


def test_a_quarter_that_is_to_come_is_not_checked(staff: Staff, project: str) -> None:
    said = no_add(staff.manager, "quarterly_check", {"quarter": "2099-Q1"}, project)
    assert "2099-Q1 还没有开始" in said


def test_the_best_evidence_is_proposed(staff: Staff, project: str, made: Record) -> None:
    row = questions(staff.manager, made)["spares"]
    assert rules.proposed_values(staff.manager, row, "yes") == {}
    values = {"check": made.id, "part": "光模块", "verdict": "enough"}
    part = staff.engineer.add("spare_part", values)
    assert rules.proposed_values(staff.manager, row, "yes") == {"evidence": part.id}


@pytest.mark.shows(17)
def test_a_missing_evaluation_of_spare_parts_is_a_finding(staff: Staff, made: Record) -> None:
    row = questions(staff.manager, made)["spares"]
    file = attach(staff.manager, made.id)
    assert "还没有评估任何备件" in no_move(staff.manager, row.id, "yes", evidence=file)
    assert staff.manager.move(row.id, "no", {"finding": "本季没有评估"}).state == "no"


def test_a_finding_has_somebody_in_charge_before_it_is_reported(
    staff: Staff, project: str, made: Record
) -> None:
    answered(staff.manager, made, "faults")
    row = questions(staff.manager, made)["faults"]
    staff.manager.move(row.id, "no", {"finding": "一起故障没有总结"})
    assert "没有负责人" in no_move(staff.manager, made.id, "report", summary="一项不符")
    row = staff.manager.get(row.id)
    values = follow_ups.values(staff.manager, row, "corrective_action")
    assert (values["finding"], values["source"]) == ("一起故障没有总结", row.id)
    owner = {"owner": staff.engineer.me, "due": "2027-01-31"}
    staff.manager.add("corrective_action", {**values, **owner}, project=project)
    moved = staff.manager.move(made.id, "report", {"summary": "一项不符"})
    assert moved.state == "reported"


def test_questions_that_the_company_adds_are_asked_too(staff: Staff, project: str) -> None:
    book = staff.quality
    version = book.add("vocabulary", {"subject": "quarter_question"})
    term = {"code": "drills", "word_zh": "是否应急演练", "word_en": "emergency drill held"}
    book.add("term", {"vocabulary": version.id, **term})
    book.move(version.id, "use", {"reason": "增加演练"})
    found = questions(staff.manager, check(staff.manager, project))
    assert len(found) == 7
    file = attach(staff.manager, str(found["drills"].values()["check"]))
    assert staff.manager.move(found["drills"].id, "yes", {"evidence": file}).state == "yes"


def test_yes_rests_on_a_record_of_this_project_and_quarter(
    staff: Staff, book: Book, project: str, made: Record
) -> None:
    manager, other = staff.manager, book.add("project", {"name": "别的项目"}).id
    row = questions(manager, made)["cases"]
    alien = manager.add("milestone", {"name": "别处的初验"}, project=other)
    assert "属于别的项目" in no_move(manager, row.id, "yes", evidence=alien.id)
    assert "属于别的项目" in no_edit(manager, row.id, evidence=alien.id)
    void = manager.add("milestone", {"name": "作废的初验"}, project=project)
    manager.void(void.id, "重复")
    assert "已作废" in no_move(manager, row.id, "yes", evidence=void.id)
    good = manager.add("milestone", {"name": "初验"}, project=project)
    assert manager.move(row.id, "yes", {"evidence": good.id}).state == "yes"


def test_what_was_before_the_quarter_proves_nothing_of_it(staff: Staff, project: str) -> None:
    manager = staff.manager
    with time_machine.travel(instant(date(2026, 8, 20), 600) / 1000, tick=False):
        old = manager.add("milestone", {"name": "初验", "due": "2026-08-31"}, project=project)
        due = manager.add("milestone", {"name": "终验", "due": "2026-12-31"}, project=project)
    with time_machine.travel(instant(date(2027, 1, 5), 600) / 1000, tick=False):
        rows = questions(manager, check(manager, project))
        said = no_move(manager, rows["documents"].id, "yes", evidence=old.id)
        assert "自 2026-10-01 以来没有发生" in said
        assert manager.move(rows["documents"].id, "yes", {"evidence": due.id}).state == "yes"
        manager.move(old.id, "done")  # acted on after the quarter, before the check
        assert manager.move(rows["cases"].id, "yes", {"evidence": old.id}).state == "yes"
