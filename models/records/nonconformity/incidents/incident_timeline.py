"""The timeline of an incident, to the minute: its own times, its events, and linked records.

The actions of its source, of the records that its events name, of the escalations of these and of
what names the incident itself are taken in. Restricted records never are. Clause: 5.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from models.book import permissions
from models.book.log import transitions
from models.queries import links
from models.records.nonconformity.incidents.incident import Incident
from models.records.nonconformity.incidents.incident_event import IncidentEvent
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

TIMES = ("began_at", "found_at", "restored_at")
OWN_MOVES = ("report", "confirm_level")
"""The incident's own actions that belong to the course of events."""
TOLD = ("fix", "escalation", "complaint", "irregular_service")
"""Types whose records tell what happened; an action that was ordered is no event."""
NOTED = W("{type}：{title}", "{type}: {title}")
STEP = W("{type}：{move}", "{type}: {move}")

Sort = Literal["time", "event", "record", "own"]


class TimelinePoint(NamedTuple):
    """What happened at an instant."""

    at: int
    """ms UTC."""
    sort: Sort
    """A time of the incident, an event of its own, a linked record's action, or its own action."""
    text: str
    who: str = ""
    """The person's id who did it; '' where that is not told."""
    comment: str = ""
    record: str = ""
    """The id of the linked record; '' for what is the incident's own."""


def points(book: Book, incident: Incident) -> list[TimelinePoint]:
    """Every point, the first one first."""
    found = [*_times(incident), *_events(book, incident), *_own(book, incident)]
    for record in _linked(book, incident):
        found += _of_record(book, record)
    return sorted(found, key=lambda one: (one.at, one.sort != "time"))


def events(book: Book, incident: Incident) -> list[IncidentEvent]:
    """The events in use that people wrote."""
    where = "WHERE incident=? AND void IS NULL ORDER BY happened_at, n"
    return rows.fetch(book.store, IncidentEvent, where, (incident.id,))


def _times(incident: Incident) -> Iterator[TimelinePoint]:
    specs = type(incident).specs()
    for name in TIMES:
        at = getattr(incident, name)
        if at is not None:
            yield TimelinePoint(at, "time", str(specs[name].label))


def _events(book: Book, incident: Incident) -> Iterator[TimelinePoint]:
    for one in events(book, incident):
        if one.happened_at is not None:
            yield TimelinePoint(one.happened_at, "event", one.what or "")


def _own(book: Book, incident: Incident) -> Iterator[TimelinePoint]:
    for move in transitions.made_by(book.store, incident.id):
        if move.move in OWN_MOVES:
            label = str(permissions.label_of(incident.kind, move.move))
            yield TimelinePoint(move.at, "own", label, move.author, move.comment or "")


def _linked(book: Book, incident: Incident) -> list[Record]:
    """The records that tell what happened, each once."""
    named = [incident.source, *(one.record for one in events(book, incident))]
    found = [book.find(id) for id in dict.fromkeys(named) if id]
    found += [*links.linked_to(book.store, incident.id, void=False).records]
    fixes = [one.id for one in found if one is not None and one.type == "fix"]
    for fix in fixes:
        found += rows.fetch(book.store, kinds["escalation"], "WHERE fix=? ORDER BY n", (fix,))
    known = {one.id: one for one in found if one is not None and one.void is None}
    return [one for one in known.values() if one.type in TOLD]


def _of_record(book: Book, record: Record) -> Iterator[TimelinePoint]:
    label, title = record.kind.label, record.title().split("\n", 1)[0]
    text = say(NOTED, type=label, title=title)
    yield TimelinePoint(record.occurred, "record", text, record.author, record=record.id)
    for move in transitions.made_by(book.store, record.id):
        text = say(STEP, type=label, move=permissions.label_of(record.kind, move.move))
        yield TimelinePoint(move.at, "record", text, move.author, move.comment or "", record.id)
