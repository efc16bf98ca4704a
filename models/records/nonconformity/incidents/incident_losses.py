"""What an incident cost, and the level that the rules make of it now. Clause: 5.4."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from models.book.tables import decisions
from models.records.nonconformity.incidents.incident import Incident
from models.records.nonconformity.incidents.incident_levels import INPUTS, TABLE
from models.records.nonconformity.incidents.incident_loss import IncidentLoss
from models.schema.company_tables import rule_tables
from models.storage import rows
from models.storage.store import Store
from models.text.money import Money, money_of

BEARERS = {"customer": "customer_loss", "company": "company_loss"}
"""Who bears a loss -> the field of the incident that estimates it."""


def losses(store: Store, incident: str) -> list[IncidentLoss]:
    """The losses in use of an incident."""
    where = "WHERE incident=? AND void IS NULL ORDER BY n"
    return rows.fetch(store, IncidentLoss, where, (incident,))


def totals(found: Iterable[IncidentLoss]) -> dict[str, list[Money]]:
    """Bearer -> the sum in each currency; bearers without a loss are left out."""
    sums: dict[str, dict[str, Decimal]] = {}
    for one in found:
        money = money_of(one.amount)
        if money is not None and one.bearer in BEARERS:
            held = sums.setdefault(str(one.bearer), {})
            held[money.currency] = held.get(money.currency, Decimal(0)) + money.amount
    return {
        bearer: [Money(currency, amount) for currency, amount in sorted(held.items())]
        for bearer, held in sums.items()
    }


def proposals(store: Store, incident: Incident) -> dict[str, str]:
    """The estimates that the rows give: for each bearer whose losses are in one currency."""
    found = totals(losses(store, incident.id)).items()
    return {BEARERS[bearer]: some[0].text for bearer, some in found if len(some) == 1}


def level_now(store: Store, incident: Incident) -> str | None:
    """The level by the rules in force and the losses as the rows say them; None where none fits.

    A sum replaces an estimate only where it is more, in the same currency: losses come in one after
    the other.
    """
    values = incident.values()
    if any(values.get(name) is None for name in INPUTS):
        return None
    for name, text in proposals(store, incident).items():
        held, told = money_of(text), money_of(values[name])
        if held and told and held.currency == told.currency and held.amount > told.amount:
            values[name] = text
    return decisions.decide(decisions.rules_of(store, rule_tables[TABLE]), values)
