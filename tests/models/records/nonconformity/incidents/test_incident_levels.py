"""The shipped rules: which level each kind of impact makes, and another currency."""

from __future__ import annotations

import pytest

from models.book.tables import decisions
from models.records.nonconformity.incidents.incident_levels import INPUTS, LEVELS, TABLE
from models.schema.company_tables import rule_tables
from tests.support import incidents
from tests.support.staff import Staff, no_move

MILD = {
    "system_impact": "degraded",
    "business_impact": "slowed",
    "hours": "0.5",
    "customer_loss": "CNY 0",
    "company_loss": "CNY 0",
    "reputation": "none",
}


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ({}, "three"),
        ({"system_impact": "down"}, "two"),
        ({"system_impact": "down", "hours": "8"}, "one"),
        ({"business_impact": "partial", "hours": "3.9"}, "three"),
        ({"business_impact": "partial", "hours": "4"}, "two"),
        ({"business_impact": "stopped", "hours": "4"}, "one"),
        ({"customer_loss": "CNY 9999.99"}, "three"),
        ({"customer_loss": "CNY 10000"}, "two"),
        ({"company_loss": "CNY 100000"}, "one"),
        ({"reputation": "written"}, "two"),
        ({"reputation": "public"}, "one"),
    ],
)
def test_each_impact_makes_its_level(more: dict[str, str], level: str) -> None:
    assert decisions.decide(rule_tables[TABLE].rules, {**MILD, **more}) == level


def test_every_level_and_input_is_in_the_table() -> None:
    table = rule_tables[TABLE]
    assert {rule.outcome for rule in table.rules} == {one[0] for one in LEVELS}
    asked = {one.field for rule in table.rules for one in rule.conditions}
    assert asked == set(table.inputs) == set(INPUTS)


def test_another_currency_is_no_milder_level(staff: Staff, project: str) -> None:
    """A million dollars are not less than ten thousand yuan: they cannot be compared."""
    made = incidents.noted(staff.engineer, project)
    told = no_move(staff.engineer, made.id, "report", **{**MILD, "customer_loss": "USD 1000000"})
    assert "“客户损失”" in told and "元" in told
