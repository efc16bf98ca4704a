"""Rules of responsibility files: one party each, and a penalty that the party can have.

Clause: 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_move, before_write, given, proposes
from models.book.tables.vocabularies import worded
from models.records.nonconformity.incidents.incident_file import PENALTIES, IncidentFile
from models.records.registers import calendar_years
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

APPEAL_DAYS = 5
"""Working days in which an appeal may come, unless the decision gives others."""
ONE_PARTY = W(
    "一份责任认定只写一方：员工写责任人，外包服务提供商写提供商。",
    "A responsibility file is about one party: name a person, or a subcontractor.",
)
WHICH = W(
    "“{duty}”的责任认定要写“{field}”。请补上，或改责任类别。",
    "A file of a “{duty}” names the “{field}”. Add it, or change what they are responsible as.",
)
INCIDENT_DONE = W(
    "{number} 已结案。请先重新处理，再新建责任认定。",
    "{number} is closed. Reopen it before creating a responsibility file.",
)
CONTRACT = W(
    "外包服务提供商没有劳动关系，“{penalty}”不适用。请另选处罚。",
    "A subcontractor is not employed: “{penalty}” does not apply. Choose another penalty.",
)
EMPLOYED = ("performance", "demotion", "dismissal")
"""Penalties that only somebody who is employed can have."""
PAID = ("performance", "compensation", "contract", "other")
"""Penalties that have an amount."""
UNPAID = W(
    "“{penalty}”没有金额。请清空金额，或另选处罚。",
    "“{penalty}” has no amount. Clear the amount, or choose another penalty.",
)


@given("incident_file")
def one_party(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """It is about a person or a subcontractor, of an incident that is not closed."""
    if bool(values.get("concerned")) and bool(values.get("provider")):
        raise Refused(ONE_PARTY)
    incident = book.find(str(values.get("incident")))
    if incident is not None and incident.state == "closed":
        raise Refused(INCIDENT_DONE, number=incident.number)
    duty = values.get("duty")
    field = "provider" if duty == "provider" else "concerned"
    if duty and not values.get(field):
        specs = IncidentFile.specs()
        raise Refused(WHICH, duty=specs["duty"].word(duty), field=specs[field].label)
    return {}


@before_write("incident_file")
def duty_of_party(book: Book, values: Mapping[str, Any], file: IncidentFile | None) -> None:  # noqa: ARG001
    """What a party is responsible as goes with who it is."""
    if file is None or "duty" not in values:
        return
    field = "provider" if values["duty"] == "provider" else "concerned"
    if getattr(file, field) is None:
        specs = IncidentFile.specs()
        raise Refused(WHICH, duty=specs["duty"].word(values["duty"]), field=specs[field].label)


@proposes("incident_file", "propose")
def usual_basis(book: Book, file: IncidentFile) -> dict[str, Any]:
    """A subcontractor by its contract, staff by the company's rules."""
    if file.basis is not None:
        return {}
    provider = book.find(file.provider) if file.provider else None
    number = provider.values().get("contract_no") if provider is not None else None
    found: dict[str, Any] = {"basis": "contract" if file.provider else "rule"}
    return found | ({"clause": number} if number and not file.clause else {})


@proposes("incident_file", "give_decision")
def time_to_appeal(book: Book, file: IncidentFile) -> dict[str, Any]:  # noqa: ARG001
    """Some working days from the decision on."""
    day = calendar_years.calendar(book).add_workdays(book.today, APPEAL_DAYS)
    return {"appeal_until": day.isoformat()}


@before_move("incident_file", "propose", "amend")
def penalty_fits(book: Book, file: IncidentFile) -> None:
    """The penalty is one that the party can have, with an amount where it has one.

    What the company adds to the vocabulary may have an amount. That asks the vocabulary in force,
    which no move names: on arrival it is not refused; the decider reads it.
    """
    shipped = {one[0] for one in PENALTIES}
    word = worded(book.store, type(file).specs()["penalty"]).word(file.penalty)
    if file.provider and file.penalty in EMPLOYED:
        raise Refused(CONTRACT, penalty=word)
    if file.amount is not None and file.penalty in shipped.difference(PAID):
        raise Refused(UNPAID, penalty=word)
