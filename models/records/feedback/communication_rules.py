"""Rules of communication: what was held has its day, who planned it is our contact. Clause: 5.5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import carries, given, proposes
from models.calendar.business_dates import day_of
from models.records.feedback.communication import Communication
from models.records.registers.project import Project
from models.schema.lifecycle import Move
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NOT_YET = W(
    "{day} 还没有到，不能登记为已完成。请核对日期。",
    "{day} has not come; it cannot have been held. Check the day.",
)


@given("communication")
def contact_of_project(
    book: Book, values: Mapping[str, Any], project: str | None
) -> dict[str, Any]:
    """Who plans it is our contact unless another one is named; the customer is the project's."""
    of = rows.one(book.store, Project, project or "")
    found: dict[str, Any] = {}
    if values.get("contact") is None:
        found["contact"] = book.me
    if values.get("customer") is None and of is not None:
        found["customer"] = of.customer
    return found


@proposes("communication", "hold")
def held_today(book: Book, communication: Communication) -> dict[str, Any]:
    """It was mostly held on the day it is recorded."""
    return {} if communication.held_on else {"held_on": book.today.isoformat()}


@carries("communication")
def held_by_now(
    book: Book, communication: Communication, move: Move, _comment: str
) -> dict[str, Any]:
    """What lies ahead was not held."""
    day = day_of(communication.held_on)
    if move.to == "held" and day is not None and day > book.today:
        raise Refused(NOT_YET, day=communication.held_on)
    return {}
