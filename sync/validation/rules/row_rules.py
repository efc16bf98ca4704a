"""Row rules: whether the rows that a binding move names are as the move needs them. Pure.

The same needs that the book asks for (`models.book.approval.row_needs`), put to the versions that
the move names: rows that others wrote at the same time are not its concern.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.book.approval import coverage, parts
from models.schema.lifecycle import AtLeast, Move
from models.schema.record import kinds
from sync.changes.change import Change, Dot
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.change_context import STATE, ChangeContext, past_births
from sync.validation.history import Lacking
from sync.validation.rules.field_rules import value_named

VOID = "void"


def rows_as_needed(case: ChangeContext, move: Move, said: Mapping[str, Any]) -> None:
    """Refuse a binding move that its own rows do not allow."""
    covered = {cls.kind.name for cls in parts.row_types(case.kind.name)}
    needs = [need for need in move.needs_rows if need.type in covered]
    if not needs:
        return
    found = _states(case, said)
    for need in needs:
        states = [s for s in found.get(need.type, ()) if not need.states or s in need.states]
        if len(states) < need.count if isinstance(need, AtLeast) else states:
            label = kinds[need.type].kind.label
            case.refuse(reasons.OTHER_ROWS, move=move.label, type=label)


def worst_as_said(case: ChangeContext, move: Move, said: Mapping[str, Any]) -> None:
    """Refuse a verdict that is not the one of the rows which the move itself names."""
    found = _states(case, said)
    for one in move.worst:
        right, told = one.of(found.get(one.type, ())), value_named(case, move, one.field)
        if told != right:
            spec, rows = case.cls.specs()[one.field], kinds[one.type].kind.label
            labels = {"field": spec.label, "type": rows, "right": spec.word(right)}
            case.refuse(reasons.OTHER_VERDICT, move=move.label, **labels)


def _states(case: ChangeContext, said: Mapping[str, Any]) -> dict[str, list[str]]:
    """The states of the rows in use that a move names, by type."""
    found = dict[str, list[str]]()
    for versions in coverage.decode(said.get(coverage.ROWS) or coverage.encode({})).values():
        type, state = _row(case, versions)
        found.setdefault(type, []).extend([state] if state is not None else [])
    return found


def _row(case: ChangeContext, versions: Iterable[Dot]) -> tuple[str, str | None]:
    """The type of a row, and the state that these versions say; None for one out of use."""
    some = [_change(case, dot) for dot in versions]
    void = _latest(case, [c for c in some if VOID in c.fields], VOID)
    if any(change.fields[VOID] is not None for change in void):
        return some[0].type, None
    latest = past_births(_latest(case, _with_state(some), STATE))
    states = [str(c.fields[STATE]) for c in latest]
    kind = kinds[some[0].type].kind if some[0].type in kinds else None
    rank: Mapping[object, int] = kind.rank if kind is not None else {}
    return some[0].type, min(states, key=lambda s: rank.get(s, len(rank)), default="")


def _with_state(some: Iterable[Change]) -> list[Change]:
    return [change for change in some if STATE in change.fields]


def _change(case: ChangeContext, dot: Dot) -> Change:
    change = case.past.change(*dot)
    if change is None:
        raise Lacking(dot)
    if isinstance(change, PrunedChange) and STATE in change.base and change.move is not None:
        raise Lacking(dot)
    return change


def _latest(case: ChangeContext, some: list[Change], register: str) -> list[Change]:
    """Those of these versions of a register that none of the others replaced."""
    if len(some) < 2:
        return some
    todo, met = list(some), set[Dot]()
    while todo:
        for device, seq in todo.pop().base.get(register, ()):
            before = case.past.change(device, seq) if (device, seq) not in met else None
            met.add((device, seq))
            if before is not None:
                todo.append(before)
    return [change for change in some if change.dot not in met]
