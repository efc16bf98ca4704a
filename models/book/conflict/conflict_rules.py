"""Conflict rules: who may decide between states that several people brought about at once. Pure.

A decision is one marked move (`rights.RESOLVE`) whose base names every version it decides
between. Only a person who could have made the move that led to a state may choose it: a
conflict gives no right that a move would not. A decision represents the move that it chose, so
four eyes look through it; one that was made before may be changed to what else it decided on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from models.book import permissions
from models.book.log.change_log import Dot
from models.book.permissions import (
    CONFIRM,
    IMPORT,
    RESOLVE,
    PermissionSubject,
    Roles,
    Then,
    Writers,
    nobody,
)
from models.frozen import Frozen, NamedTuple
from models.schema.kind import Kind
from models.schema.lifecycle import Move
from models.schema.roles import AUTHOR
from models.text.words import Refused, W

STATE = "state"
NOT_THERE = W(
    "{number} 的各个说法中没有“{state}”。可选：{known}。",
    "“{state}” is none of the states that stand for {number}. Known: {known}.",
)


NOTHING_BINDS = W(
    "{number} 现为“{state}”，没有可再确认的批准。",
    "{number} is “{state}”: no approval led there that could be confirmed.",
)


class WrittenValue(Protocol):
    """A logged change, as the book and the sync both have it."""

    @property
    def device(self) -> str:
        """Who wrote it: the device."""

    @property
    def fields(self) -> Mapping[str, Any]:
        """The registers that it writes."""

    @property
    def base(self) -> Mapping[str, Sequence[Dot]]:
        """The versions that it replaces."""

    @property
    def move(self) -> Mapping[str, Any] | None:
        """The payload of a move."""

    @property
    def header(self) -> Mapping[str, Any] | None:
        """The header of a creation."""


class Resolution(Frozen):
    """How a state came about."""

    state: str
    origin: str
    """The state before."""
    move: Move | None
    """None where the record was created in it."""
    submitter: frozenset[str]
    """Who had brought the record into the state before."""
    writers: Writers = nobody
    """Who wrote what the move decided on."""


class Decision(NamedTuple):
    """What is noted with a decision."""

    role: str
    alone: bool
    """On one's own work, without a second person."""
    move: Move | None = None
    """The move that it represents."""


Named = Callable[[Any], Sequence[Any]]
"""The changes whose state one replaced."""
Person = Callable[[str], str | None]
Wrote = Callable[[WrittenValue, Move], Collection[str]]
"""Who wrote what a move decided on that was made, as its payload names it."""


def is_choice(one: WrittenValue) -> bool:
    """Whether a change is such a decision."""
    return one.move is not None and one.move.get("move") == RESOLVE


def stands_for(one: WrittenValue) -> bool:
    """Whether a change represents moves before it: a decision, or a confirmation."""
    return one.move is not None and one.move.get("move") in (RESOLVE, CONFIRM)


def origins(versions: Iterable[WrittenValue], named: Named) -> Iterator[WrittenValue]:
    """The moves and creations that these represent: a decision represents what it chose."""
    for one in versions:
        if stands_for(one):
            state = one.fields.get(STATE)
            yield from origins([o for o in named(one) if o.fields.get(STATE) == state], named)
        else:
            yield one


def options(versions: Sequence[WrittenValue], named: Named) -> list[WrittenValue]:
    """What may be chosen: the versions in conflict, or those that an only decision replaced."""
    if len(versions) == 1 and is_choice(versions[0]):
        return list(named(versions[0]))
    return list(versions)


def submitters(versions: Iterable[WrittenValue], named: Named, person: Person) -> frozenset[str]:
    """Who brought a record into a state; empty where it was created in it."""
    moves = (one for one in origins(versions, named) if one.header is None)
    return frozenset(who for one in moves if (who := person(one.device)) is not None)


def ways(
    record: PermissionSubject,
    versions: Sequence[WrittenValue],
    named: Named,
    person: Person,
    wrote: Wrote | None = None,
) -> Iterator[Resolution]:
    """How each of these versions came about; the same state may have several ways."""
    for one in origins(versions, named):
        state = str(one.fields.get(STATE))
        if one.header is not None:
            yield Resolution(state, state, None, frozenset())
            continue
        said = one.move or {}
        origin = str(said.get("from"))
        move = record.kind.by_move.get(str(said.get("move")))
        if said.get("move") == IMPORT:
            move = permissions.import_move(Then.of(record, origin), state)
        if move is not None:
            writers = partial(wrote, one) if wrote is not None else nobody
            yield Resolution(state, origin, move, submitters(named(one), named, person), writers)


def choosing(
    people: Roles, me: str, record: PermissionSubject, to: str, known: Sequence[Resolution]
) -> Decision:
    """How this person may choose a state. Raises `Refused` when they may not."""
    if record.void is not None:
        raise Refused(permissions.VOIDED, number=record.number)
    why = Refused(NOT_THERE, number=record.number, state=_label(record.kind, to), known="-")
    states = dict.fromkeys(way.state for way in known)
    if to not in states:
        why.values["known"] = ", ".join(states)
        raise why
    for way in known:
        if way.state == to:
            refused = _refused(people, me, record, way)
            if refused is None:
                return _choice(people, me, record, way)
            why = refused
    raise why


def confirming(
    people: Roles,
    me: str,
    record: PermissionSubject,
    known: Sequence[Resolution],
    writers: Writers = nobody,
) -> Decision:
    """How this person may approve the present content. Raises `Refused` when they may not.

    Only a person who could have made one of the binding moves that led to the state may;
    `writers` wrote the present content.
    """
    state = record.kind.state(record.state).label
    why = Refused(NOTHING_BINDS, number=record.number, state=state)
    for way in known:
        if way.move is None or not way.move.binding:
            continue
        way = way.but(writers=writers)
        refused = _refused(people, me, record, way)
        if refused is None:
            return _choice(people, me, record, way)
        why = refused
    raise why


def _refused(people: Roles, me: str, record: PermissionSubject, way: Resolution) -> Refused | None:
    if way.move is None:
        return permissions.settling(people, me, record)
    then = Then.of(record, way.origin)
    return permissions.moving(people, me, then, way.move, way.submitter, way.writers)


def _choice(people: Roles, me: str, record: PermissionSubject, way: Resolution) -> Decision:
    if way.move is None:
        held = people.roles(me, record.project)
        return Decision(next((r for r in record.kind.writers if r in held), AUTHOR), False)
    work = way.submitter, way.writers
    own = way.move.four_eyes and permissions.own_work(me, record, way.move, *work)
    return Decision(permissions.role_used(people, me, record, way.move), own, way.move)


def _label(kind: Kind, state: str) -> W:
    return kind.state(state).label
