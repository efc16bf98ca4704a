"""Findings: one key each, and the worse one is shown while two disagree."""

from __future__ import annotations

from models.records.checks.random_checks.random_finding import RandomFinding
from tests.support.staff import Staff, no_add, no_move


def test_one_is_added_by_hand_and_answered_again(staff: Staff, project: str) -> None:
    check = staff.department.add("random_check", {"day": "2020-03-02"}, project=project)
    values = {"check": check.id, "norm": "工器具清点"}
    row = staff.department.add("random_finding", values)
    assert "角色" in no_add(staff.manager, "random_finding", values)
    assert staff.department.move(row.id, "conforms").state == "conforms"
    assert "说明" in no_move(staff.department, row.id, "na")
    assert staff.department.move(row.id, "fails", {"remark": "少一把"}).state == "fails"


def test_the_worse_of_two_answers_is_shown() -> None:
    rank = RandomFinding.kind.rank
    assert rank["fails"] < rank["na"] < rank["conforms"]
