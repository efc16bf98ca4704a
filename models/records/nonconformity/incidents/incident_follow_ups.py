"""Follow ups: what turns out to be an incident, and what an incident leads to. Clause: 5.4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.calendar import business_dates
from models.records.common.follow_ups import follow_up
from models.records.nonconformity.follow_ups import SUBJECT, action_values
from models.records.nonconformity.incidents import incident_timeline
from models.records.nonconformity.incidents.incident import Incident
from models.records.registers import calendar_years
from models.schema.record import Record

if TYPE_CHECKING:
    from models.book.book import Book

REPORT_DAYS = 5
"""Working days that the report of an incident may take."""


@follow_up("fix", "escalation", "complaint", "irregular_service", to="incident")
def of_record(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """Where it happened and what is known of it: nothing is typed twice."""
    had = record.values()
    text = str(had.get("phenomenon") or had.get("statement") or had.get("facts") or "")
    subject = str(had.get("subject") or text).split("\n", 1)[0].strip()[:SUBJECT]
    return {
        "subject": subject or record.number,
        "source": record.id,
        "facts": text or None,
        "site": had.get("site"),
        "equipment": had.get("equipment"),
        "began_at": record.occurred,
        "found_at": record.occurred,
        "emergency": had.get("done_so_far") or had.get("correction"),
        "cause": had.get("cause"),
        "cause_class": had.get("cause_class"),
    }


@follow_up("incident", to="corrective_action")
def to_action(book: Book, incident: Incident) -> dict[str, Any]:  # noqa: ARG001
    """What keeps it from coming back: its cause is known already."""
    more = {"cause": incident.cause, "cause_class": incident.cause_class}
    return action_values(incident, incident.facts, "corrective", **more)


@follow_up("incident", to="incident_file")
def to_file(book: Book, incident: Incident) -> dict[str, Any]:  # noqa: ARG001
    """A file for one of the parties; who that is, is asked."""
    return {"incident": incident.id, "duty": "main"}


@follow_up("incident", to="witness_statement")
def to_statement(book: Book, incident: Incident) -> dict[str, Any]:  # noqa: ARG001
    """What a witness is asked to state; who that is, is asked."""
    return {"incident": incident.id}


@follow_up("incident", to="problem_report")
def to_report(book: Book, incident: Incident) -> dict[str, Any]:
    """What we caused was avoidable: its report goes to the customer, or is kept as experience.

    From an approved report the lessons come, without names, into the library. Clause: 5.3.1(2).
    """
    due = calendar_years.calendar(book).add_workdays(book.today, REPORT_DAYS)
    points = incident_timeline.points(book, incident)
    lines = [f"{business_dates.local(p.at, book.zone):%Y-%m-%d %H:%M} {p.text}" for p in points]
    return {
        "subject": (incident.subject or "")[:SUBJECT],
        "reason": "avoidable",
        "incident": incident.id,
        "site": incident.site,
        "equipment": incident.equipment,
        "due": due.isoformat(),
        "phenomenon": incident.facts,
        "timeline": "\n".join(lines) or None,
        "emergency": incident.emergency,
        "cause_direct": incident.cause,
        "cause_class": incident.cause_class,
        "solution": incident.measure,
        "follow_up": incident.review,
        "lessons": incident.lessons,
        "audience": "both",
    }
