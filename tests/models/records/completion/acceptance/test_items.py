"""The items of an acceptance: deliverables of the plan in force, documents of the list."""

from __future__ import annotations

import pytest

from tests.support.completion import acceptance, items, planned
from tests.support.staff import Staff, no_move


@pytest.mark.shows("Q-62a", 54)
def test_it_begins_with_the_deliverables_of_the_plan(staff: Staff, project: str) -> None:
    planned(staff, project)
    made = acceptance(staff.manager, project)
    first, second, *documents = items(staff.manager, made)
    assert (first.what, first.expected, first.due) == ("半年验收", "半年验收报告", "2026-06-30")
    assert (
        second.sort == "deliverable" and staff.manager.get(str(second.source)).title() == "年度验收"
    )
    assert {one.sort for one in documents} == {"document"}
    assert "技术服务方案 / Service proposal" in [one.what for one in documents]
    assert made.basis is not None and "里程碑计划" in made.basis


def test_a_deliverable_of_the_plan_is_not_left_out(staff: Staff, project: str) -> None:
    planned(staff, project)
    made = acceptance(staff.manager, project)
    first = items(staff.manager, made)[0]
    staff.manager.void(first.id, "不要")
    assert "半年验收" in no_move(staff.manager, made.id, "submit")
    staff.manager.move(made.id, "fill")
    assert items(staff.manager, made)[0].id == first.id
    assert staff.manager.move(made.id, "submit").state == "submitted"
