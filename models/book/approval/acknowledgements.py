"""Acknowledgements: who must take note of a record, who did and when, and what is overdue.

A kind declares the roles (`Kind.acknowledge`). Each person writes a row of their own, about one
submission: a record that left the declared states and came back is acknowledged anew. Which
submission a row is about follows from the moves that are known, not from any clock. Nothing else
is stored: what is missing, and when its time is up, follows from the rows, the moves, the roles
and the working calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from models.book.permissions import Chance, role_names
from models.book.projects import PersonsBook, places_held
from models.calendar.business_dates import business_day
from models.calendar.working_calendar import Calendar
from models.frozen import Frozen, NamedTuple
from models.schema.kind import Acknowledge
from models.schema.lifecycle import Move
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import Store, places
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.people import People

TYPE = "acknowledgement"
"""The type of the rows."""
ACKNOWLEDGE = "acknowledge"
"""The id of the marked action that writes one."""
LABEL = W("知悉", "Acknowledge")
NOT_ASKED = W("{number} 不需要知悉。", "{number} asks for no acknowledgement.")
NOT_YET = W(
    "{number} 现为“{state}”，还不需要知悉。",
    "{number} is “{state}” and asks for no acknowledgement yet.",
)
NOT_YOURS = W(
    "{number} 由以下角色知悉：{roles}。您没有这个角色。",
    "{number} is acknowledged by: {roles}. You do not hold that role.",
)
DONE_ALREADY = W("您已经知悉 {number}。", "You have acknowledged {number} already.")
BY_ACTION = W(
    "知悉只能由本人对这条记录执行“知悉”（acknowledge）。",
    "An acknowledgement is made by the person with “Acknowledge” (acknowledge) on the record.",
)


class AcknowledgedBy(NamedTuple):
    """That a person has taken note."""

    person: str
    at: int
    """When, ms UTC, by the clock of their device."""


class DatedBook(PersonsBook, Protocol):
    """A book that knows its day."""

    @property
    def today(self) -> date:
        """The business day."""


class WritableBook(PersonsBook, Protocol):
    """A book, as far as a row is written into it."""

    def twin(self, type: str, values: Mapping[str, Any]) -> Record | None:
        """The record with the same natural key."""

    def add(self, type: str, values: Mapping[str, Any]) -> Record:
        """Create a record."""

    def restore(self, id: str) -> Record:
        """Bring a void record back."""

    def get(self, id: str) -> Record:
        """A record by its id."""


class AcknowledgementStanding(Frozen):
    """The acknowledgements of one record: each role, with the person who took note."""

    asked: Acknowledge
    since: int
    """When it was submitted, ms UTC."""
    round: str
    """Names the submission."""
    by: tuple[AcknowledgedBy, ...]
    """Everybody who took note of it, the first one first."""
    roles: Mapping[str, AcknowledgedBy | None]

    @property
    def done(self) -> int:
        """How many of the roles have taken note."""
        return sum(one is not None for one in self.roles.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles that have not."""
        return tuple(role for role, one in self.roles.items() if one is None)

    def due(self, calendar: Calendar) -> date:
        """The working day by whose end all should have taken note."""
        return calendar.add_workdays(business_day(self.since, calendar.zone), self.asked.days)


def standings(
    store: Store, people: People, records: Sequence[Record]
) -> dict[str, AcknowledgementStanding]:
    """Record id -> how its acknowledgements stand, of those that ask for some; read at once."""
    asking = [one for one in records if asks(one)]
    if not asking:
        return {}
    ids = [one.id for one in asking]
    moves: dict[str, list[tuple[str, str, str, int, int]]] = {}
    what = "record, origin, state, device, seq, at"
    sql = f"SELECT {what} FROM transition WHERE record IN ({places(ids)})"
    for record, *move in store.rows(sql, ids):
        moves.setdefault(record, []).append(tuple(move))
    written: dict[tuple[str, str], list[AcknowledgedBy]] = {}
    sql = (
        f'SELECT about, round, author, occurred FROM "{TYPE}" WHERE void IS NULL'
        f" AND about IN ({places(ids)}) ORDER BY occurred, author"
    )
    for about, round, author, at in store.rows(sql, ids):
        written.setdefault((about, round), []).append(AcknowledgedBy(author, at))
    return {one.id: _standing(people, one, moves.get(one.id, ()), written) for one in asking}


def standing(store: Store, people: People, record: Record) -> AcknowledgementStanding | None:
    """How the acknowledgements of one record stand; None where it asks for none."""
    return standings(store, people, [record]).get(record.id)


def asks(record: Record) -> bool:
    """Whether a record is to be acknowledged now, or was in the state that it is in."""
    asked = record.kind.acknowledge
    return asked is not None and record.state in asked.states and record.void is None


def _standing(
    people: People,
    record: Record,
    moves: Iterable[tuple[str, str, str, int, int]],
    written: Mapping[tuple[str, str], list[AcknowledgedBy]],
) -> AcknowledgementStanding:
    asked = record.kind.acknowledge
    assert asked is not None
    came = [
        (device, seq, at)
        for origin, state, device, seq, at in moves
        if state in asked.states and origin not in asked.states
    ]
    named = "\n".join(f"{device}:{seq}" for device, seq, _ in sorted(came))
    round = sha256(named.encode()).hexdigest()[:16]
    by = written.get((record.id, round), [])
    held = {one.person: people.roles(one.person, record.project) for one in by}
    roles = {role: next((o for o in by if role in held[o.person]), None) for role in asked.by}
    since = max((at for _, _, at in came), default=record.recorded)
    return AcknowledgementStanding(asked, since, round, tuple(by), roles)


def refused(
    people: People, me: str, record: Record, known: AcknowledgementStanding | None
) -> Refused | None:
    """Why this person may not acknowledge a record now, or None."""
    asked = record.kind.acknowledge
    if asked is None:
        return Refused(NOT_ASKED, number=record.number)
    if known is None:
        state = record.kind.state(record.state).label
        return Refused(NOT_YET, number=record.number, state=state)
    if people.roles(me, record.project).isdisjoint(asked.by):
        return Refused(NOT_YOURS, number=record.number, roles=role_names(asked.by))
    if any(one.person == me for one in known.by):
        return Refused(DONE_ALREADY, number=record.number)
    return None


def chances(store: Store, people: People, me: str, record: Record) -> list[Chance]:
    """The acknowledgement as an action of the record, while it is asked for."""
    known = standing(store, people, record)
    if known is None:
        return []
    move = Move(
        id=ACKNOWLEDGE,
        label=LABEL,
        from_=(record.state,),
        to=record.state,
        who=known.asked.by,
    )
    return [Chance(move, refused(people, me, record, known))]


def write(book: WritableBook, record: Record) -> Record:
    """Write this person's own row: that they have taken note of the record as it stands."""
    told = values(book.store, book.people, book.me, record)
    twin = book.twin(TYPE, told)
    if twin is not None and twin.void is not None:
        book.restore(twin.id)
    else:
        book.add(TYPE, told)
    return book.get(record.id)


def not_now(store: Store, people: People, me: str, record: Record) -> Refused:
    """Why there is no such action on a record now."""
    known = standing(store, people, record)
    return refused(people, me, record, known) or Refused(NOT_ASKED, number=record.number)


def unacknowledged(book: PersonsBook) -> list[Record]:
    """Records of which this person must still take note, the oldest first."""
    return [
        record
        for record, known in _open(book, lambda asked: asked.by)
        if refused(book.people, book.me, record, known) is None
        and not book.people.roles(book.me, record.project).isdisjoint(known.missing)
    ]


def overdue(book: DatedBook, calendar: Calendar) -> list[tuple[Record, AcknowledgementStanding]]:
    """Records that somebody should have taken note of by now, of which this person is told."""
    return [
        (record, known)
        for record, known in _open(book, lambda asked: asked.above)
        if known.missing and known.due(calendar) < book.today
    ]


def _open(
    book: PersonsBook, told: Callable[[Acknowledge], Sequence[str]]
) -> Iterator[tuple[Record, AcknowledgementStanding]]:
    """Records whose acknowledgements may be open, where this person holds one of some roles."""
    for cls in kinds.values():
        asked = cls.kind.acknowledge
        if asked is None:
            continue
        held = set(told(asked))
        if cls.kind.project == "none":
            here, where = [], "1" if book.people.roles(book.me, None) & held else "0"
        else:
            here = places_held(book, tuple(sorted(held))) if held else []
            where = f"project IN ({places(here)})"
        # Fewer acknowledgements than roles for each submission: some may be open.
        states = places(asked.states)
        rest = (
            f"WHERE state IN ({states}) AND void IS NULL AND {where} AND (SELECT count(*) FROM"
            f' "{TYPE}" a WHERE a.about="{cls.kind.name}".id AND a.void IS NULL) < ? * max(1,'
            f' (SELECT count(*) FROM transition t WHERE t.record="{cls.kind.name}".id AND'
            f" t.state IN ({states}) AND t.origin NOT IN ({states}))) ORDER BY n"
        )
        params = (*asked.states, *here, len(asked.by), *asked.states, *asked.states)
        found = rows.fetch(book.store, cls, rest, params)
        known = standings(book.store, book.people, found)
        yield from ((one, known[one.id]) for one in found if one.id in known)


def values(store: Store, people: People, me: str, record: Record) -> dict[str, str]:
    """What the row of this person says. Raises `Refused` where they are not asked for one."""
    known = standing(store, people, record)
    why = refused(people, me, record, known)
    if why is not None or known is None:
        raise why or Refused(NOT_ASKED, number=record.number)
    return {"about": record.id, "round": known.round}
