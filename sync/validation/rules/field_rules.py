"""Fields: what a change of each sort may write. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from models.book.writing.record_writer import spread
from models.schema.fields import Spec
from models.schema.lifecycle import Move
from models.schema.record import Record
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


def not_cleared(case: ChangeContext, move: Move) -> None:
    """Refuse a move that empties what it needs.

    What it needs where another field has a certain value is asked of the values that the move
    writes; one that binds names the others, and is held to them.
    """
    written = _values(case)
    known = written | _seen(case, move, written) if move.needs_when else written
    for name in move.needed(known):
        if name in known and known[name] in (None, ""):
            label = case.cls.specs()[name].label
            case.refuse(reasons.NEEDED, move=move.label, field=label)


def _seen(case: ChangeContext, move: Move, written: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a binding move names of the fields of its conditions; None for none."""
    if not move.binding:
        return {}
    names = {name for need in move.needs_when for name in (need.field, need.when[0])}
    payload: Mapping[str, Any] = case.change.move or {}
    saw = payload.get("saw") or {}
    owners = case.cls.register_of()
    found = dict[str, Any]()
    for name in names - written.keys():
        register = owners[name]
        changes = [case.past.change(device, seq) for device, seq in saw.get(register, ())]
        known = [c for c in changes if c is not None and not isinstance(c, PrunedChange)]
        if len(known) < len(changes):
            continue  # it cannot be told from here, and what it names is kept as it stands
        values = [spread(case.cls, register, c.fields.get(register)) for c in known]
        found[name] = values[0].get(name) if values else None
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
