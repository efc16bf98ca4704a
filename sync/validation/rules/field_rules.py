"""Fields: what a change of each sort may write. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from models.book.writing.record_writer import spread
from models.calendar.business_dates import day_of, day_there
from models.schema.fields import Spec
from models.schema.lifecycle import Deadline, Move
from models.schema.record import Record
from sync.changes.change import Change, Dot
from sync.changes.hybrid_clock import millis
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.change_context import ChangeContext


def no_by_move(case: ChangeContext) -> None:
    """Refuse what only moves fill, written without one."""
    if by_move(case.cls).isdisjoint(case.change.fields):
        return
    for register in sorted(by_move(case.cls) & case.change.fields.keys()):
        case.refuse(reasons.BY_MOVE, field=case.label(register))


def no_at_birth(case: ChangeContext) -> None:
    """Refuse what is settled at creation, written later: a held state depends on it."""
    if at_birth(case.cls).isdisjoint(case.change.fields):
        return
    for register in sorted(at_birth(case.cls) & case.change.fields.keys()):
        case.refuse(reasons.AT_BIRTH, field=case.label(register))


def filled(case: ChangeContext, move: Move) -> None:
    """Refuse values other than those that the program fills in with a move."""
    written = _values(case)
    for name, what in move.fills.items():
        spec = case.cls.specs()[name]
        if name not in written or what not in ("me", f"={what[1:]}"):
            continue
        right = case.me if what == "me" else what[1:]
        if written[name] != right:
            shown = case.who if what == "me" else _word(spec, right)
            case.refuse(reasons.OTHER_FILL, field=spec.label, right=shown)


def as_needed(case: ChangeContext, move: Move, held: Collection[str]) -> None:
    """Refuse a move without what it needs, with a value that bars it, or out of its time.

    It is held to the values that it writes; one that binds names the others, and is held to them.
    `held` is what its maker was to the record and on its project.
    """
    written = _values(case)
    known = written | _seen(case, move, written)
    for name in move.needed(known):
        if name in known and known[name] in (None, ""):
            label = case.cls.specs()[name].label
            case.refuse(reasons.NEEDED, move=move.label, field=label)
    for bar in move.barred:
        if bar.applies(known.get(bar.field), case.me, held):
            case.refuse(reasons.BARRED, move=move.label, field=case.cls.specs()[bar.field].label)
    for one in move.dated:
        _in_time(case, move, one, known.get(one.field))


FARTHEST = 14 * 60, -12 * 60
"""Minutes by which time zones lie from UTC at most: a writing has one of the days between them."""


def _in_time(case: ChangeContext, move: Move, deadline: Deadline, said: object) -> None:
    """Refuse a move out of time, by the clock of its own writing."""
    day = day_of(said) if isinstance(said, str) else None
    if day is None:
        return
    last, first = (day_there(millis(case.change.at), minutes) for minutes in FARTHEST)
    if deadline.missed(day, first, last):
        label = case.cls.specs()[deadline.field].label
        case.refuse(reasons.OUT_OF_TIME, move=move.label, at=first, field=label, day=day)


def _seen(case: ChangeContext, move: Move, written: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a binding move names of the fields that it is held to; None for none.

    What was settled at birth is read from the births, whether it is named or not.
    """
    specs, found = case.cls.specs(), dict[str, Any]()
    for name in {bar.field for bar in move.barred if specs[bar.field].at_birth}:
        found[name] = next((v for birth in case.births if (v := _of(case, birth, name))), None)
    if not move.binding:
        return found
    names = {name for need in move.needs_when for name in (need.field, need.when[0])}
    names |= {*move.needs, *(bar.field for bar in move.barred)}
    names |= {one.field for one in move.dated} | {one.field for one in move.worst}
    payload: Mapping[str, Any] = case.change.move or {}
    saw = payload.get("saw") or {}
    owners = case.cls.register_of()
    for name in names - written.keys() - found.keys():
        changes = _standing(case, owners[name], saw.get(owners[name], ()))
        if changes is not None:  # else it cannot be told from here, and is kept as it stands
            found[name] = _of(case, changes[0], name) if changes else None
    return found


def value_named(case: ChangeContext, move: Move, name: str) -> Any:
    """What a move says of a field that it is held to: written by it, or named."""
    written = _values(case)
    return (written | _seen(case, move, written)).get(name)


def _of(case: ChangeContext, change: Change, name: str) -> Any:
    """What one version says of a field."""
    register = case.cls.register_of()[name]
    return spread(case.cls, register, change.fields.get(register)).get(name)


def _standing(
    case: ChangeContext, register: str, named: Iterable[Sequence[Any]]
) -> list[Change] | None:
    """The versions of a register that are named; for quarantined ones, those before. None where
    one is not kept here."""
    todo = [(str(device), int(seq)) for device, seq in named]
    found, met = list[Change](), set[Dot]()
    while todo:
        dot = todo.pop()
        change = case.past.change(*dot)
        if change is None or isinstance(change, PrunedChange):
            return None
        if dot not in met and case.past.quarantined(*dot):
            todo += change.base.get(register, ())
        elif dot not in met:
            found.append(change)
        met.add(dot)
    return found


def _values(case: ChangeContext) -> dict[str, Any]:
    """Declared fields that the change writes; in a group, all of its fields."""
    found: dict[str, Any] = {}
    for register in case.change.fields.keys() & case.cls.registers().keys():
        found.update(spread(case.cls, register, case.change.fields[register]))
    return found


@cache
def by_move(cls: type[Record]) -> frozenset[str]:
    """Registers made of nothing but fields that only moves fill."""
    specs = cls.specs()
    return frozenset(
        register
        for register, names in cls.registers().items()
        if all(specs[name].by_move for name in names)
    )


@cache
def at_birth(cls: type[Record]) -> frozenset[str]:
    """Registers that are settled when a record is created."""
    return frozenset(name for name, spec in cls.specs().items() if spec.at_birth)


@cache
def reserved(cls: type[Record]) -> frozenset[str]:
    """Registers that a plain edit may not write."""
    return by_move(cls) | at_birth(cls)


def _word(spec: Spec, value: str) -> object:
    return next((choice.label for choice in spec.choices if choice.name == value), value)
