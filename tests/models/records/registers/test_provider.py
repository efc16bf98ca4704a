"""Subcontractors: anybody proposes one, leads and quality confirm it."""

from __future__ import annotations

from tests.support.staff import Staff, no_move


def test_who_leads_or_checks_quality_confirms_one(staff: Staff) -> None:
    made = staff.engineer.add("provider", {"name": "昆仑弱电", "contract_no": "WB-2026-07"})
    assert "需要角色" in no_move(staff.engineer, made.id, "confirm")
    assert staff.quality.move(made.id, "confirm").state == "confirmed"
