"""Facts that need the working calendar: who acknowledged a record, who has not, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.approval import acknowledgements
from models.book.approval.acknowledgements import AcknowledgementStanding
from models.book.derived_state import StateView
from models.book.people import People
from models.calendar.business_dates import business_day
from models.queries.facts import RecordFact, facts, json_facts
from models.records.registers import calendar_years
from models.schema.record import Record
from models.schema.roles import ROLES
from models.text.words import W, say, several

if TYPE_CHECKING:
    from models.book.book import Book

LABEL = W("知悉", "Acknowledged")
COUNT = W("{done}/{all}", "{done} of {all}")
SHORT = W("知悉 {done}/{all}", "acknowledged {done} of {all}")
WHO = W("{who} {day}", "{who} {day}")
WAITS = W("待{roles}，{day}前", "waiting for: {roles}, by {day}")
LATE = W("待{roles}，已过 {day}", "waiting for: {roles}, overdue since {day}")


@facts()
def acknowledged(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """Who acknowledged a record and when, and for whom it waits."""
    known = acknowledgements.standing(book.store, book.people, record)
    if known is None:
        return
    counts = {"done": known.done, "all": len(known.roles)}
    parts = [say(COUNT, **counts)]
    for one in known.by:
        day = f"{business_day(one.at, book.zone):%m-%d}"
        parts.append(say(WHO, who=book.people.name(one.person), day=day))
    late = False
    if known.missing:
        due = known.due(calendar_years.calendar(book))
        late = due < book.today
        roles = several(ROLES[role] for role in known.missing)
        parts.append(say(LATE if late else WAITS, roles=roles, day=f"{due:%m-%d}"))
    tone: Any = "bad" if late else "warn" if known.missing else "good"
    yield RecordFact("  ".join(parts), tone, LABEL, short=say(SHORT, **counts))


@json_facts(keys=("acknowledged",))
def acknowledged_json(states: StateView, record: Record) -> dict[str, Any]:
    """`acknowledged`: each role with who acknowledged and when (ms UTC); only where it is asked."""
    if record.kind.acknowledge is None:
        return {}
    people = People(states.store.db)
    known = acknowledgements.standing(states.store, people, record)
    return {"acknowledged": _plain(known) if known is not None else None}


def _plain(known: AcknowledgementStanding) -> list[dict[str, Any]]:
    return [
        {"role": role, "person": one and one.person, "at": one and one.at}
        for role, one in known.roles.items()
    ]
