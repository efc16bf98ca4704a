"""Weekly entries: one person's week, written by them alone, accepted by a lead."""

from __future__ import annotations

import pytest

from models.records.weekly.weekly_entry import HANDED_IN, left_empty
from models.schema.record import Record
from tests.support.staff import Staff, no_add, no_edit, no_move

WEEK = "2026-W47"


@pytest.fixture
def entry(staff: Staff, project: str) -> Record:
    """The entry of an engineer."""
    values = {"week": WEEK, "person": staff.engineer.me, "progress": "巡检完成"}
    return staff.engineer.add("weekly", values, project=project)


def test_a_person_has_one_entry_for_a_week(staff: Staff, project: str, entry: Record) -> None:
    values = {"week": WEEK, "person": staff.engineer.me}
    assert entry.number in no_add(staff.engineer, "weekly", values, project)
    later = staff.engineer.add("weekly", {**values, "week": "2026-W48"}, project=project)
    theirs = {**values, "person": staff.colleague.me}
    assert "本人填写" in no_add(staff.engineer, "weekly", theirs, project)
    other = staff.colleague.add("weekly", theirs, project=project)
    assert len({entry.id, later.id, other.id}) == 3


def test_only_its_author_writes_and_submits_it(staff: Staff, entry: Record) -> None:
    assert "只能由填写人修改" in no_edit(staff.manager, entry.id, progress="改")
    assert "需要角色" in no_move(staff.manager, entry.id, "submit")
    assert staff.engineer.move(entry.id, "submit").state == "submitted"
    assert "重新打开" in no_edit(staff.engineer, entry.id, progress="改")
    assert "需要角色" in no_move(staff.colleague, entry.id, "reopen")
    assert staff.engineer.move(entry.id, "reopen").state == "draft"


def test_an_entry_without_progress_is_not_submitted(staff: Staff, entry: Record) -> None:
    staff.engineer.edit(entry.id, {"progress": None})
    assert "本周进展" in no_move(staff.engineer, entry.id, "submit")


def test_a_lead_accepts_or_returns_and_may_reconsider(staff: Staff, entry: Record) -> None:
    staff.engineer.move(entry.id, "submit")
    assert "需要角色" in no_move(staff.colleague, entry.id, "accept")
    assert "理由" in no_move(staff.manager, entry.id, "return")
    staff.manager.move(entry.id, "return", comment="写明风险")
    staff.engineer.edit(entry.id, {"risks": "备件未到"})
    staff.engineer.move(entry.id, "submit")
    assert staff.department.move(entry.id, "accept").state == "accepted"
    assert "不能修改" in no_edit(staff.engineer, entry.id, risks="无")
    assert "理由" in no_move(staff.manager, entry.id, "reconsider")
    assert staff.manager.move(entry.id, "reconsider", comment="工时有误").state == "submitted"


def test_nobody_accepts_their_own_entry(staff: Staff, project: str) -> None:
    values = {"week": WEEK, "person": staff.manager.me, "progress": "评审"}
    own = staff.manager.add("weekly", values, project=project)
    staff.manager.move(own.id, "submit")
    assert "另一个人" in no_move(staff.manager, own.id, "accept")
    assert staff.department.move(own.id, "accept").state == "accepted"


@pytest.mark.parametrize("hours", ["-1", "169"])
def test_the_hours_of_a_week_have_bounds(staff: Staff, entry: Record, hours: str) -> None:
    assert "工时" in no_edit(staff.engineer, entry.id, hours=hours)


def test_what_is_handed_in_left_its_author(entry: Record) -> None:
    states = [state.name for state in entry.kind.states]
    assert tuple(states[-2:]) == HANDED_IN


def test_what_is_read_of_everybody_is_named_where_it_is_empty(staff: Staff, entry: Record) -> None:
    assert [str(spec.label) for spec in left_empty(entry)] == ["项目状况", "工时"]  # type: ignore[arg-type]
    filled = staff.engineer.edit(entry.id, {"health": "green", "hours": "0"})
    assert left_empty(filled) == []  # type: ignore[arg-type]
