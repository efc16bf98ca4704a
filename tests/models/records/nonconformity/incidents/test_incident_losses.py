"""Losses: sums by bearer and currency, and the level that they make."""

from __future__ import annotations

import pytest

from models.records.nonconformity.incidents import incident_losses
from models.records.nonconformity.incidents.incident import Incident
from models.schema.record import Record
from tests.support import incidents
from tests.support.staff import Staff


def lose(staff: Staff, incident: Record, bearer: str, amount: str) -> None:
    """A loss of an incident."""
    values = {"incident": incident.id, "bearer": bearer, "item": "停产", "amount": amount}
    staff.engineer.add("incident_loss", values)


@pytest.mark.shows(47)
def test_losses_are_summed_by_bearer_and_currency(staff: Staff, project: str) -> None:
    made = incidents.noted(staff.engineer, project)
    for amount in ("CNY 0.1", "CNY 0.2", "USD 7"):
        lose(staff, made, "customer", amount)
    lose(staff, made, "company", "CNY 12")
    found = incident_losses.losses(staff.engineer.store, made.id)
    told = {bearer: [one.text for one in some] for bearer, some in
            incident_losses.totals(found).items()}  # fmt: skip
    assert told == {"customer": ["CNY 0.3", "USD 7"], "company": ["CNY 12"]}
    again = staff.engineer.get(made.id)
    assert isinstance(again, Incident)
    assert incident_losses.proposals(staff.engineer.store, again) == {"company_loss": "CNY 12"}


def test_more_loss_makes_another_level_and_less_does_not(staff: Staff, project: str) -> None:
    made = incidents.levelled(staff, project)
    store = staff.engineer.store

    def now() -> str | None:
        incident = staff.engineer.get(made.id)
        assert isinstance(incident, Incident)
        return incident_losses.level_now(store, incident)

    lose(staff, made, "customer", "CNY 500")
    assert now() == "two"
    lose(staff, made, "customer", "CNY 99500")
    assert now() == "one"


def test_without_all_that_it_goes_by_there_is_no_level(staff: Staff, project: str) -> None:
    made = incidents.noted(staff.engineer, project)
    assert isinstance(made, Incident)
    assert incident_losses.level_now(staff.engineer.store, made) is None
