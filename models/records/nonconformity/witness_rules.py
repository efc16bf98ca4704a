"""Rules of witness statements: of an open incident, by somebody whom no file is about.

Clause: 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import given
from models.records.nonconformity.incidents.incident_file import IncidentFile
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
    if found is not None and found.state == "closed":
        raise Refused(INCIDENT_DONE, number=found.number)
    where = "WHERE incident=? AND concerned=? AND void IS NULL ORDER BY n LIMIT 1"
    for file in rows.fetch(book.store, IncidentFile, where, (incident, witness)):
        raise Refused(HAS_A_FILE, file=file.number, person=book.people.name(witness))
    return {}
