"""Responsibility files from the statement to the appeal: who does what."""

from __future__ import annotations

import pytest

from models.records.nonconformity.incidents.incident_file import READERS, IncidentFile
from models.schema.record import Record
from tests.support import incidents
from tests.support.incidents import DECIDED, PROPOSED
from tests.support.staff import Staff, no_edit, no_move


@pytest.fixture
def incident(staff: Staff, project: str) -> Record:
    """One that is being handled."""
    return incidents.levelled(staff, project)


@pytest.mark.shows(46)
def test_from_the_statement_to_the_answer_of_an_appeal(staff: Staff, incident: Record) -> None:
    file = incidents.file_of(staff.quality, incident, staff.engineer.me)
    assert "需要角色" in no_move(staff.colleague, file.id, "explain", statement="不是我")
    staff.engineer.move(file.id, "explain", {"statement": "标识看不清"})
    assert "条款" in no_move(staff.quality, file.id, "propose", **{**PROPOSED, "clause": None})
    assert "需要角色" in no_move(staff.engineer, file.id, "propose", **PROPOSED)
    staff.quality.move(file.id, "propose", PROPOSED)
    assert "需要角色" in no_move(staff.quality, file.id, "give_decision", **DECIDED)
    staff.department.move(file.id, "give_decision", DECIDED)
    assert "申诉理由" in no_move(staff.engineer, file.id, "appeal")
    staff.engineer.move(file.id, "appeal", {"appeal": "标识早已报修"})
    assert "需要角色" in no_move(staff.department, file.id, "uphold", answer="维持")
    given = {"answer": "报修属实，减轻", "penalty": "talk", "clause": "《员工奖惩规定》第 15 条"}
    done = staff.office.move(file.id, "amend", given)
    assert (done.state, done.values()["penalty"]) == ("final", "talk")
    assert done.values()["outcome"] == "amended"
    assert "不能修改" in no_edit(staff.quality, file.id, penalty="none")


def test_whoever_proposed_does_not_decide(staff: Staff, incident: Record) -> None:
    file = incidents.file_of(staff.department, incident, staff.engineer.me)
    staff.engineer.move(file.id, "explain", {"statement": "标识看不清"})
    staff.department.move(file.id, "propose", PROPOSED)
    assert "另一个人" in no_move(staff.department, file.id, "give_decision", **DECIDED)
    assert staff.office.move(file.id, "give_decision", DECIDED).state == "decided"
    staff.engineer.move(file.id, "appeal", {"appeal": "过重"})
    assert "另一个人" in no_move(staff.office, file.id, "uphold", answer="维持")


def test_nobody_decides_about_themselves(staff: Staff, incident: Record) -> None:
    file = incidents.file_of(staff.quality, incident, staff.department.me)
    staff.department.move(file.id, "explain", {"statement": "安排有误"})
    staff.quality.move(file.id, "propose", PROPOSED)
    assert "另一个人" in no_move(staff.department, file.id, "give_decision", **DECIDED)


def test_a_decision_is_returned_or_reopened_with_a_reason(staff: Staff, incident: Record) -> None:
    file = incidents.proposed(staff, incident)
    assert staff.department.move(file.id, "return", comment="依据不足").state == "heard"
    staff.quality.move(file.id, "propose")
    staff.office.move(file.id, "give_decision", DECIDED)
    staff.engineer.move(file.id, "consent")
    assert "需要角色" in no_move(staff.department, file.id, "reopen")
    assert staff.office.move(file.id, "reopen", comment="新证据").state == "heard"


def test_everything_open_waits_for_somebody_who_reads_it() -> None:
    kind = IncidentFile.kind
    for state in kind.states:
        assert state.ended or (set(state.waits) <= {*READERS, "owner"} and state.waits)
    assert all(set(move.who) <= {*READERS, "owner"} for move in kind.moves)
