"""Summaries: one for a service period, written, met over, frozen with its numbers, reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.derived import compiled
from models.queries.waiting.inbox import inbox
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from tests.support.completions import criteria, scored, submitted, summary
from tests.support.replicas import Team
from tests.support.staff import Staff, no_add, no_edit, no_move

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.shows("Q-61b", 50, 51)
def test_it_is_discussed_submitted_and_reviewed_by_the_department(
    staff: Staff, project: str
) -> None:
    made = staff.manager.add("project_summary", {"service_to": "2026-11-20"}, project=project)
    assert "优点" in no_move(staff.manager, made.id, "prepare")
    assert "角色" in no_edit(staff.engineer, made.id, strengths="x")
    staff.manager.edit(made.id, {"strengths": "响应快", "weaknesses": "备件不足"})
    assert "总结会日期" in no_move(staff.manager, made.id, "prepare")
    staff.manager.move(made.id, "prepare", {"meeting_on": "2026-11-24"})
    assert "会议纪要" in no_move(staff.manager, made.id, "submit")
    staff.manager.edit(made.id, {"overview": "按合同完成", "lessons": "备件先行"})
    scored(staff.manager, made)
    minutes = {"minutes": "通过", "attendees": staff.manager.me}
    assert "角色" in no_move(staff.engineer, made.id, "submit", **minutes)
    staff.manager.move(made.id, "submit", minutes)
    assert [item.record.id for item in inbox(staff.department)] == [made.id]
    assert "角色" in no_move(staff.manager, made.id, "review")
    assert staff.department.move(made.id, "review", {"opinion": "同意"}).state == "reviewed"
    assert "理由" in no_move(staff.department, made.id, "return")
    assert staff.department.move(made.id, "return", comment="补充").state == "returned"


def test_its_numbers_stay_as_they_were_submitted(staff: Staff, project: str) -> None:
    made = submitted(staff, project)
    staff.engineer.add("fix", {"phenomenon": "告警"}, project=project)
    kept = compiled.content(staff.quality, staff.quality.get(made.id)).data
    assert kept.left == [] and kept.mean == "4.0"
    assert "不能修改" in no_edit(staff.manager, made.id, overview="x")
    row = criteria(staff.manager, made)["plan"]
    assert "不能修改" in no_edit(staff.manager, row.id, score=5)
    staff.department.move(made.id, "return", comment="补充")
    assert len(compiled.content(staff.quality, staff.quality.get(made.id)).data.left) == 1


def test_there_is_one_for_a_project_and_period(staff: Staff, project: str) -> None:
    summary(staff.manager, project)
    values = {"service_to": "2026-11-20"}
    assert "已有相同" in no_add(staff.manager, "project_summary", values, project)
    assert "角色" in no_add(staff.engineer, "project_summary", values, project)


def test_two_offline_devices_meet_in_one_summary(tmp_path: Path) -> None:
    """Both begin it; texts of different fields join, the criteria are there once."""
    team = Team(tmp_path / "team")
    roles = (PROJECT_MANAGER, PROJECT_MANAGER, DEPARTMENT_MANAGER, ENGINEER)
    for name, role in zip(("lead", "other", "head", "eng"), roles, strict=True):
        team.admit(name, (role,))
    team.meet()
    _, lead, other, head, _ = team.all
    made = summary(lead.book, team.project)
    twin = summary(other.book, team.project, opinions="续签时加备件")
    assert twin.id == made.id
    lead.book.edit(criteria(lead.book, made)["plan"].id, {"score": 5, "basis": "按期"})
    other.book.edit(criteria(other.book, twin)["team"].id, {"score": 3, "basis": "缺人"})
    team.meet()
    for one in team.all:
        found = criteria(one.book, one.get(made.id))
        assert len(found) == 7 and found["plan"].score == 5 and found["team"].score == 3
        assert one.get(made.id).values()["opinions"] == "续签时加备件"
    scored(lead.book, lead.get(made.id))
    values = {"attendees": lead.book.me, "minutes": "通过"}
    lead.book.move(made.id, "submit", values)
    team.meet()
    head.book.move(criteria(head.book, made)["team"].id, "rescore", rescored := {
        "review_score": 2,
        "review_note": "离职两人",
    })  # fmt: skip
    head.book.move(made.id, "review")
    team.meet()
    assert {one.get(made.id).state for one in team.all} == {"reviewed"}
    for one in team.all:
        assert criteria(one.book, made)["team"].review_score == rescored["review_score"]
        assert compiled.content(one.book, one.get(made.id)).fault is None
    assert len({one.digest() for one in team.all}) == 1
    team.close()
