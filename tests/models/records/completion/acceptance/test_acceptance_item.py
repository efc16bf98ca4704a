"""An item is decided on with the customer, not before."""

from __future__ import annotations

from tests.support.completion import acceptance, items, planned
from tests.support.staff import Staff, no_move


def test_nothing_is_decided_before_it_is_submitted(staff: Staff, project: str) -> None:
    planned(staff, project)
    made = acceptance(staff.manager, project)
    first = items(staff.manager, made)[0]
    assert "没有提交客户" in no_move(staff.manager, first.id, "accept")
