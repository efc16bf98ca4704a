"""Deviations: judged by one key each, and again while the check is open."""

from __future__ import annotations

import pytest

from models.schema.record import Record
from tests.support.staff import Staff, no_add, no_edit, no_move

PERIOD = {"first": "2020-03-02", "last": "2020-03-06"}


@pytest.fixture
def check(staff: Staff, project: str) -> Record:
    return staff.manager.add("routine_check", PERIOD, project=project)


def test_one_is_added_by_hand(staff: Staff, check: Record) -> None:
    for subject in ("巡检路线改动", "巡检路线改动"):
        staff.manager.add("routine_deviation", {"check": check.id, "subject": subject})
    assert "角色" in no_add(staff.engineer, "routine_deviation", {"check": check.id})


def test_it_is_judged_with_its_reason_and_again(staff: Staff, check: Record) -> None:
    row = staff.manager.add("routine_deviation", {"check": check.id, "subject": "路线改动"})
    assert "原因" in no_move(staff.manager, row.id, "major")
    assert staff.manager.move(row.id, "major", {"reason": "道路施工"}).state == "major"
    assert staff.manager.move(row.id, "minor").state == "minor"
    assert staff.manager.move(row.id, "none").state == "none"


def test_it_is_settled_with_its_check(staff: Staff, check: Record) -> None:
    row = staff.manager.add("routine_deviation", {"check": check.id, "subject": "路线改动"})
    staff.manager.move(row.id, "none")
    staff.manager.move(check.id, "issue", {"conclusion": "无偏差"})
    assert no_edit(staff.manager, row.id, reason="x")
    assert "不能修改" in no_add(staff.manager, "routine_deviation", {"check": check.id})
