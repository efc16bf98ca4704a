"""Follow ups: what leads to an irregular service, and what it leads to. Clause: 5.3.2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.records.common.follow_ups import follow_up
from models.records.nonconformity.follow_ups import SUBJECT, action_values
from models.records.nonconformity.irregular.irregular_service import IrregularService
from models.schema.record import Record

if TYPE_CHECKING:
    from models.book.book import Book


@follow_up("answer", "random_finding", "complaint", to="irregular_service")
def of_finding(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """Conduct that a check or a complaint found."""
    text = record.title()
    found_in = {"answer": "routine", "complaint": "complaint"}.get(record.type, "random")
    return {
        "subject": text.split("\n", 1)[0].strip()[:SUBJECT] or record.number,
        "source": record.id,
        "facts": text,
        "found_in": found_in,
    }


@follow_up("irregular_service", to="corrective_action")
def to_action(book: Book, record: IrregularService) -> dict[str, Any]:  # noqa: ARG001
    """What keeps it from coming back; without the person's name."""
    return action_values(record, record.facts, "corrective", cause=record.cause)


@follow_up("irregular_service", to="irregular_person")
def to_person(book: Book, record: IrregularService) -> dict[str, Any]:  # noqa: ARG001
    """Whom it is about, kept apart."""
    return {"service": record.id}


@follow_up("irregular_service", to="training")
def to_training(book: Book, record: IrregularService) -> dict[str, Any]:
    """The training that it asks for; the person concerned attends, where this book knows them."""
    sql = "SELECT person FROM irregular_person WHERE service=? AND void IS NULL"
    people = [str(row[0]) for row in book.store.rows(sql, (record.id,))]
    return {
        "subject": record.subject,
        "category": record.category,
        "attendees": ",".join(sorted(people)) or None,
    }
