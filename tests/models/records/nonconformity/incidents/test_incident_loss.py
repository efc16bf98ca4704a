"""Losses: each says who bears it, and how much."""

from __future__ import annotations

from tests.support import incidents
from tests.support.staff import Staff, no_add


def test_a_loss_has_a_bearer_and_an_amount(staff: Staff, project: str) -> None:
    made = incidents.noted(staff.engineer, project)
    values = {"incident": made.id, "item": "停产"}
    said = no_add(staff.engineer, "incident_loss", values)
    assert "由谁承担" in said and "金额" in said
    values |= {"bearer": "customer", "amount": "CNY -1"}
    assert "金额" in no_add(staff.engineer, "incident_loss", values)
