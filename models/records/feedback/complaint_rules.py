"""Rules of complaints: the procedure sets each day, what it led to is there. Clause: 5.3.2(4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import carries, given, proposes
from models.book.tables import procedures
from models.calendar.business_dates import day_of
from models.queries import links
from models.records.feedback.complaint import OUTCOMES, Complaint
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.records.registers import calendar_years
from models.records.registers.project import Project
from models.records.tables.shipped_procedures import COMPLAINTS
from models.schema.lifecycle import Move
from models.schema.record import kinds
from models.schema.roles import PROJECT_MANAGER
from models.storage import rows
from models.text.lists import names_of
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

NEXT_DAY = 1
"""Working days until it is acknowledged, where the procedure sets none."""
LATER_THAN_TODAY = W(
    "{day} 还没有到，不能作受理日期。请核对。",
    "{day} has not come; it cannot be the day it was received. Check the day.",
)
OF_OTHERS = W(
    "{number} 属于别的项目。投诉须登记在它的项目里。",
    "{number} is of another project. Record the complaint in that project.",
)
NOT_THERE = W(
    "还没有与 {number} 关联的{types}。请先登记，或改“所引起的记录”。",
    "There is no {types} linked to {number} yet. Record it first, or change “What it led to”.",
)
ONE_OF_THEM = W(
    "“不需要其他记录”不能与其他项同选。",
    "“Nothing further” cannot be combined with other outcomes.",
)


@given("complaint")
def received(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """It is received today unless told otherwise, and acknowledged by the next working day."""
    day = day_of(values.get("received_on")) or book.today
    if day > book.today:
        raise Refused(LATER_THAN_TODAY, day=values.get("received_on"))
    person = rows.one(book.store, SurveyResponse, str(values.get("response")))
    if person is not None and person.project != project:
        raise Refused(OF_OTHERS, number=person.number)
    of = rows.one(book.store, Project, project or "")
    found: dict[str, Any] = {"received_on": day.isoformat()}
    if values.get("customer") is None and of is not None:
        found["customer"] = of.customer
    if values.get("source") is None:
        found["source"] = "survey" if person is not None else "customer"
    if values.get("due") is None:
        days = procedures.in_force(book.store, COMPLAINTS).days("received")
        days = NEXT_DAY if days is None else days
        found["due"] = calendar_years.calendar(book).add_workdays(day, days).isoformat()
    return found


@carries("complaint")
def next_step_due(book: Book, complaint: Complaint, move: Move, _comment: str) -> dict[str, Any]:
    """Each step sets the day of the next one by the procedure that the complaint follows."""
    found = procedures.followed(book.store, complaint)
    days = found.days(move.to) if found is not None else None
    if days is None or complaint.kind.state(move.to).ended:
        return {}
    due = calendar_years.calendar(book).add_workdays(book.today, days)
    return {"due": due.isoformat()}


@proposes("complaint", "confirm_receipt", "handle")
def manager_handles(book: Book, complaint: Complaint) -> dict[str, Any]:
    """The project's manager handles it, unless somebody else is named."""
    if complaint.handler:
        return {"handler": complaint.handler}
    leads = book.people.second_people(complaint.project, (PROJECT_MANAGER,), ())
    return {"handler": leads[0]} if leads else {}


@carries("complaint")
def led_to_what_it_says(
    book: Book, complaint: Complaint, move: Move, _comment: str
) -> dict[str, Any]:
    """It is closed once the records are there that it says it led to."""
    if move.id != "close":
        return {}
    named = set(names_of(complaint.outcomes))
    if "nothing" in named and len(named) > 1:
        raise Refused(ONE_OF_THEM)
    linked = {one.type for one in links.linked_to(book.store, complaint.id, void=False).records}
    absent = [name for name in sorted(named & kinds.keys()) if name not in linked]
    if absent:
        words = {name: W(zh, en) for name, zh, en in OUTCOMES}
        types = several(words[name] for name in absent)
        raise Refused(NOT_THERE, number=complaint.number, types=types)
    return {}
