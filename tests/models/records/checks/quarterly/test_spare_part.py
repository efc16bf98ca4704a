"""Spare parts: fewer than the safety stock is not enough, and what is short leads on."""

from __future__ import annotations

import pytest

from models.records.common import follow_ups
from models.schema.record import Record
from tests.support.quarterly_checks import check
from tests.support.staff import Staff, no_add, no_edit

PART = {"part": "SFP 光模块", "stock": 1, "safety": 2}


@pytest.fixture
def made(staff: Staff, project: str) -> Record:
    return check(staff.manager, project)


@pytest.mark.shows(17)
def test_it_is_evaluated_with_all_that_the_clause_wants(staff: Staff, made: Record) -> None:
    values = {
        **{"check": made.id, "part": "电源模块", "stock": 3, "safety": 2, "used": 1},
        **{"lead_days": 30, "failure_rate": "2.5", "years": "4", "verdict": "enough"},
    }
    assert staff.engineer.add("spare_part", values).values()["failure_rate"] == "2.5"
    assert "角色" in no_add(staff.desk, "spare_part", values)
    for wrong in ({"stock": -1}, {"failure_rate": "101"}, {"years": "-1"}):
        assert no_add(staff.engineer, "spare_part", {**values, **wrong})


def test_fewer_than_the_safety_stock_is_not_enough(staff: Staff, made: Record) -> None:
    said = no_add(staff.engineer, "spare_part", {**PART, "check": made.id, "verdict": "enough"})
    assert "SFP 光模块" in said and "低于安全库存 2" in said
    row = staff.engineer.add("spare_part", {**PART, "check": made.id, "verdict": "short"})
    assert "低于" in no_edit(staff.engineer, row.id, verdict="enough")
    assert staff.engineer.edit(row.id, {"stock": 2, "verdict": "enough"})
    assert "低于" in no_edit(staff.engineer, row.id, stock=0)


def test_one_that_is_short_leads_to_a_preventive_action(staff: Staff, made: Record) -> None:
    values = {**PART, "check": made.id, "verdict": "short", "action": "采购 2 只"}
    row = staff.engineer.add("spare_part", values)
    found = follow_ups.values(staff.manager, row, "corrective_action")
    assert (found["finding"], found["sort"], found["measure"]) == (
        *("SFP 光模块 不足", "preventive"),
        "采购 2 只",
    )
