"""Rules of incidents: times in order, proposals, the day of the next step, what closing needs.

Clause: 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from models.book.rules import before_write, carries, given, proposes
from models.book.tables import procedures
from models.queries import links
from models.records.nonconformity.incidents import incident_losses
from models.records.nonconformity.incidents.incident import Incident
from models.records.nonconformity.incidents.incident_file import IncidentFile
from models.records.nonconformity.incidents.incident_procedure import HANDLING
from models.records.registers import calendar_years
from models.schema.lifecycle import Move
from models.schema.roles import PROJECT_MANAGER
from models.storage import rows
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

HOUR = 3_600_000
TENTH = Decimal("0.1")
BACKWARDS = W(
    "“{later}”早于“事故开始”。请核对时间。",
    "“{later}” is before “Incident began”. Check the times.",
)
NO_FILE = W(
    "{number} 还没有责任认定。请先为责任方新建（Shift+F），再结案。",
    "{number} has no responsibility file yet. Create one for each party (Shift+F) first.",
)
FILE_OPEN = W(
    "责任认定 {files} 还没有生效。请先完成决定和申诉，再结案。",
    "Not final yet: responsibility file {files}. Decide on it, and on an appeal, before closing.",
)
NO_ACTIONS = W(
    "{number} 还没有纠正或预防措施。请先下达（Shift+C），或写“不另定措施的理由”。",
    "{number} has no corrective or preventive action yet. Order one (Shift+C), or say why there"
    " are none.",
)


@given("incident")
def report_due(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """It is reported by the day that the procedure sets."""
    days = procedures.in_force(book.store, HANDLING).days("noted")
    if values.get("due") is not None or days is None:
        return {}
    due = calendar_years.calendar(book).add_workdays(book.today, days)
    return {"due": due.isoformat()}


@before_write("incident")
def times_in_order(book: Book, values: Mapping[str, Any], incident: Incident | None) -> None:  # noqa: ARG001
    """Nothing is found or restored before it began."""
    _in_order({**(incident.values() if incident is not None else {}), **values})


def _in_order(values: Mapping[str, Any]) -> None:
    began = values.get("began_at")
    for name in ("found_at", "restored_at"):
        later = values.get(name)
        if began is not None and later is not None and later < began:
            raise Refused(BACKWARDS, later=Incident.specs()[name].label)


@proposes("incident", "report")
def estimates(book: Book, incident: Incident) -> dict[str, Any]:
    """How long it lasted by its times, and what the rows of its losses come to."""
    found: dict[str, Any] = {}
    began, restored = incident.began_at, incident.restored_at
    if incident.hours is None and began is not None and restored is not None and restored >= began:
        hours = (Decimal(restored - began) / HOUR).quantize(TENTH, ROUND_HALF_UP).normalize()
        found["hours"] = format(hours, "f")
    return found | incident_losses.proposals(book.store, incident)


@proposes("incident", "confirm_level")
def level_proposed(book: Book, incident: Incident) -> dict[str, Any]:
    """What the rules say by now, and the project's manager to handle it."""
    level = incident_losses.level_now(book.store, incident) or incident.proposed_level
    found: dict[str, Any] = {"level": level}
    leads = book.people.second_people(incident.project, (PROJECT_MANAGER,), ())
    if incident.handler or leads:
        found["handler"] = incident.handler or leads[0]
    return found


@proposes("incident", "review")
def reviewed_today(book: Book, incident: Incident) -> dict[str, Any]:
    """It was mostly held on the day on which it is noted."""
    return {} if incident.review_on else {"review_on": book.today.isoformat()}


@carries("incident")
def next_step(book: Book, incident: Incident, move: Move, _comment: str) -> dict[str, Any]:
    """Each step keeps the times in order and sets the day of the next one by the procedure."""
    _in_order(incident.values())
    refused = left_to_close(book, incident) if move.id == "close" else None
    if refused is not None:
        raise refused
    found = procedures.followed(book.store, incident)
    days = found.days(move.to) if found is not None else None
    if days is None or incident.kind.state(move.to).ended:
        return {}
    return {"due": calendar_years.calendar(book).add_workdays(book.today, days).isoformat()}


def left_to_close(book: Book, incident: Incident) -> Refused | None:
    """What closing lacks: everybody responsible is decided on, and there are actions, or a reason
    why not.

    The responsibility files are on the devices of those who read them alone, and the incident
    names none of them, so on arrival no device can check this as all others do: it is asked at the
    door, and those who read the files see what a closed incident lacks (`incident_facts`).
    """
    where = "WHERE incident=? AND void IS NULL ORDER BY n"
    files = rows.fetch(book.store, IncidentFile, where, (incident.id,))
    if not files:
        return Refused(NO_FILE, number=incident.number)
    left = [one.number for one in files if one.state != "final"]
    if left:
        return Refused(FILE_OPEN, files=several(W(one, one) for one in left))
    linked = links.linked_to(book.store, incident.id, void=False).records
    ordered = any(one.type == "corrective_action" for one in linked)
    if not ordered and not (incident.no_actions or "").strip():
        return Refused(NO_ACTIONS, number=incident.number)
    return None
