"""Assessments: set early, agreed by the department, assessed, confirmed by a second person."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.derived import compiled
from models.queries.waiting.inbox import inbox
from models.schema.roles import DEPARTMENT_MANAGER, PROJECT_MANAGER
from tests.support.completions import agreed, assessment, measured, targets
from tests.support.replicas import Team
from tests.support.staff import Staff, no_add, no_edit, no_move

pytestmark = pytest.mark.usefixtures("clock")
SAID = {"conclusion": "总体达到", "analysis": "夜间停机一次"}


@pytest.mark.shows("Q-62b", 55)
def test_it_is_agreed_measured_assessed_and_confirmed(staff: Staff, project: str) -> None:
    made = assessment(staff.manager, project)
    assert "角色" in no_move(staff.manager, made.id, "agree")
    assert "目标已确定" in no_move(staff.department, made.id, "assess", **SAID)
    staff.department.move(made.id, "agree")
    measured(staff.manager, made, reliability="99.95", security="0")
    assert "考核结论" in no_move(staff.manager, made.id, "assess")
    assert "角色" in no_move(staff.engineer, made.id, "assess", **SAID)
    staff.manager.move(made.id, "assess", SAID, comment="没有回访")
    assert staff.manager.get(made.id).values()["result"] == "unknown"
    assert [item.record.id for item in inbox(staff.department)] == [made.id]
    assert "角色" in no_move(staff.manager, made.id, "confirm")
    staff.department.move(made.id, "confirm", {"opinion": "属实"})
    assert "不能修改" in no_edit(staff.manager, made.id, conclusion="x")
    assert staff.department.move(made.id, "return", comment="补凭据").state == "returned"


def test_what_was_assessed_stays(staff: Staff, project: str) -> None:
    made = agreed(staff, project)
    measured(staff.manager, made, reliability="99.95", security="0")
    staff.manager.move(made.id, "assess", SAID, comment="没有回访")
    raised = {"phenomenon": "中断", "severity": "high"}
    staff.engineer.add("escalation", raised, project=project, occurred=1794000000000)
    data = compiled.content(staff.quality, staff.quality.get(made.id)).data
    assert {one.indicator: one.value for one in data.targets}["accidents"] == "0"
    row = targets(staff.manager, made)["reliability"]
    assert "不能修改" in no_edit(staff.manager, row.id, measured="100")
    staff.department.move(made.id, "return", comment="再查")
    data = compiled.content(staff.quality, staff.quality.get(made.id)).data
    assert {one.indicator: one.value for one in data.targets}["accidents"] == "1"


def test_there_is_one_for_a_project_and_period(staff: Staff, project: str) -> None:
    assessment(staff.manager, project)
    values = {"service_to": "2026-11-20"}
    assert "已有相同" in no_add(staff.department, "target_assessment", values, project)
    assert "角色" in no_add(staff.engineer, "target_assessment", values, project)


def test_two_assess_it_with_different_values(tmp_path: Path) -> None:
    """Neither knew of the other: one is shown, and the conflict is told with it."""
    team = Team(tmp_path / "team")
    for name in ("lead", "other"):
        team.admit(name, (PROJECT_MANAGER, DEPARTMENT_MANAGER))
    team.meet()
    _, lead, other = team.all
    made = assessment(lead.book, team.project)
    lead.book.move(made.id, "agree")
    measured(lead.book, made, reliability="99.95", security="0")
    team.meet()
    raised = {"phenomenon": "中断", "severity": "low"}
    other.book.add("escalation", raised, project=team.project)
    for place, one in enumerate((lead, other)):
        row = targets(one.book, made)["reliability"]
        one.book.edit(row.id, {"measured": f"99.9{place + 1}"})
        one.book.move(made.id, "assess", SAID, comment="没有回访")
    team.meet()
    for one in team.all:
        found = compiled.content(one.book, one.get(made.id))
        assert one.get(made.id).state == "assessed" and found.fault == compiled.TWICE
    assert len({one.digest() for one in team.all}) == 1
    team.close()
