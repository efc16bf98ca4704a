"""Quarterly checks: reported by the project manager, acknowledged by two, or returned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.book.approval import acknowledgements
from models.calendar.business_dates import instant
from models.queries.waiting import agenda, inbox
from models.schema.roles import DEPARTMENT_MANAGER, PROJECT_MANAGER, QUALITY
from tests.support.quarterly_checks import QUARTER, answered, check, questions
from tests.support.replicas import Team
from tests.support.staff import Staff, attach, no_add, no_edit, no_move


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The last Monday of the year."""
    with time_machine.travel(instant(date(2026, 12, 28), 540) / 1000, tick=False) as traveller:
        yield traveller


def test_it_is_reported_once_every_question_is_answered(staff: Staff, project: str) -> None:
    made = check(staff.manager, project)
    assert "待回答" in no_move(staff.manager, made.id, "report", summary="好")
    answered(staff.manager, made)
    assert "结论" in no_move(staff.manager, made.id, "report")
    assert "角色" in no_move(staff.department, made.id, "report", summary="好")
    moved = staff.manager.move(made.id, "report", {"summary": "六项均符合"})
    assert moved.state == "reported" and "不能修改" in no_edit(staff.manager, made.id, summary="x")
    assert "已有相同" in no_add(staff.manager, "quarterly_check", QUARTER, project)


@pytest.mark.shows(19)
def test_both_acknowledge_it_and_the_office_hears_of_the_silence(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = check(staff.manager, project)
    answered(staff.manager, made)
    staff.manager.move(made.id, "report", {"summary": "六项均符合"})
    for book in (staff.department, staff.quality):
        assert [one.group for one in agenda.agenda(book) if one.record] == ["acknowledge"]
    acknowledgements.write(staff.quality, staff.quality.get(made.id))
    assert not [one for one in agenda.agenda(staff.quality) if one.record]
    assert not [one for one in inbox.inbox(staff.office) if one.record.id == made.id]
    clock.move_to(instant(date(2027, 1, 8), 540) / 1000)
    assert [one.group for one in inbox.inbox(staff.office)] == ["watch"]
    acknowledgements.write(staff.department, staff.department.get(made.id))
    assert not inbox.inbox(staff.office)


def test_it_is_returned_with_a_reason_and_reported_anew(staff: Staff, project: str) -> None:
    made = check(staff.manager, project)
    answered(staff.manager, made)
    staff.manager.move(made.id, "report", {"summary": "六项均符合"})
    assert "理由" in no_move(staff.quality, made.id, "return")
    assert staff.quality.move(made.id, "return", comment="备件表不全").state == "returned"
    found = [one for one in agenda.agenda(staff.manager) if one.awaited]
    assert ("returned", made.id) in [
        (one.group, one.awaited.record.id)
        for one in found
        if one.awaited and one.awaited.record is not None
    ]
    assert staff.manager.move(made.id, "report").state == "reported"


def test_two_devices_that_begin_one_have_the_same_questions(tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    for name, role in (
        *(("lead", PROJECT_MANAGER), ("other", PROJECT_MANAGER)),
        *(("boss", DEPARTMENT_MANAGER), ("qa", QUALITY)),
    ):
        team.admit(name, (role,))
    team.meet()
    _, lead, other, boss, qa = team.all
    made, twin = check(lead.book, team.project), check(other.book, team.project)
    assert made.id == twin.id
    rows = questions(lead.book, made)
    assert {row.id for row in rows.values()} == {
        row.id for row in questions(other.book, twin).values()
    }
    answered(lead.book, made)
    other.book.move(questions(other.book, twin)["faults"].id, "no", {"finding": "缺报告"})
    team.meet()
    assert {one.get(rows["faults"].id).state for one in team.all} == {"no"}
    assert len({one.digest() for one in team.all}) == 1
    lead.book.move(rows["faults"].id, "yes", {"evidence": attach(lead.book, made.id)})
    team.meet()
    lead.book.move(made.id, "report", {"summary": "六项均符合"})
    team.meet()
    acknowledgements.write(boss.book, boss.get(made.id))
    qa.book.move(made.id, "return", comment="备件表不全")
    team.meet()
    assert {one.get(made.id).state for one in team.all} == {"returned"}
    assert len({one.digest() for one in team.all}) == 1
    team.close()
