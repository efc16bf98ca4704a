"""Routine checks: their key, and who makes and revises them."""

from __future__ import annotations

from models.schema.record import Record
from tests.support.staff import Staff, no_add, no_edit, no_move

PERIOD = {"first": "2020-03-02", "last": "2020-03-06"}


def issued(staff: Staff, project: str) -> Record:
    made = staff.manager.add("routine_check", PERIOD, project=project)
    return staff.manager.move(made.id, "issue", {"conclusion": "无偏差"})


def test_it_is_that_of_a_project_and_its_days(staff: Staff, project: str) -> None:
    made = staff.manager.add("routine_check", PERIOD, project=project)
    assert "已有相同" in no_add(staff.manager, "routine_check", PERIOD, project)
    assert no_edit(staff.manager, made.id, last="2020-03-05")


def test_it_needs_a_conclusion(staff: Staff, project: str) -> None:
    made = staff.manager.add("routine_check", PERIOD, project=project)
    assert "结论" in no_move(staff.manager, made.id, "issue")
    moved = staff.manager.move(made.id, "issue", {"conclusion": "无偏差"})
    assert moved.values()["issued_by"] == staff.manager.me and moved.values()["issued_at"]


def test_the_verdict_is_no_bodys_to_write(staff: Staff, project: str) -> None:
    made = staff.manager.add("routine_check", PERIOD, project=project)
    assert no_edit(staff.manager, made.id, verdict="none")


def test_an_issued_one_is_revised_with_a_reason(staff: Staff, project: str) -> None:
    made = issued(staff, project)
    assert "理由" in no_move(staff.manager, made.id, "revise")
    assert "角色" in no_move(staff.engineer, made.id, "revise")
    assert staff.manager.move(made.id, "revise", comment="补录").state == "draft"
