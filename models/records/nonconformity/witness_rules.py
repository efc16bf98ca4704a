"""Rules of witness statements: of an open incident, by somebody whom no file is about.

Clause: 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_move, given
from models.records.nonconformity.incidents.incident_file import IncidentFile
from models.records.nonconformity.witness_statement import WitnessStatement
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

INCIDENT_DONE = W(
    "{number} 已结案。请先重新处理，再请知情人陈述。",
    "{number} is closed. Reopen it before asking a witness.",
)
HAS_A_FILE = W(
    "{file} 是关于{person}本人的，本人在其中说明。请另选知情人。",
    "{file} is about {person}, who states their view there. Choose another witness.",
)


@given("witness_statement")
def of_a_witness(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """A witness of an incident that is not closed, and not a person concerned."""
    incident, witness = str(values.get("incident") or ""), str(values.get("witness") or "")
    found = book.find(incident)
    _still_open(found)
    where = "WHERE incident=? AND concerned=? AND void IS NULL ORDER BY n LIMIT 1"
    for file in rows.fetch(book.store, IncidentFile, where, (incident, witness)):
        raise Refused(HAS_A_FILE, file=file.number, person=book.people.name(witness))
    return {}


@before_move("witness_statement", "ask_again")
def asks_while_open(book: Book, statement: WitnessStatement) -> None:
    """A closed incident does not wait for anybody: it is reopened first."""
    _still_open(book.find(statement.incident or ""))


def _still_open(incident: Record | None) -> None:
    if incident is not None and incident.state == "closed":
        raise Refused(INCIDENT_DONE, number=incident.number)
