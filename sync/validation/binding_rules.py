"""Binding rules: whether a binding move names its own record, and nothing in conflict. Pure.

What it names is a set of versions: for each register of the record, and for each row. Versions of
one register that hold different values, none of which replaced the other, are a conflict: two
contents are not approved at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.book.approval import coverage
from models.text.words import W
from sync.changes.change import Change, Dot
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.change_context import ChangeContext
from sync.validation.history import Lacking


def bound(case: ChangeContext, move: W, said: Mapping[str, Any]) -> None:
    """Refuse a binding move that names nothing, another record, or a conflict."""
    saw = said.get("saw")
    if saw.__class__ is not dict or not saw or not all(saw.values()):
        case.refuse(reasons.UNSEEN, move=move)
    for register, dots in saw.items():
        _of_record(case, move, dots)
        _one_value(case, move, [tuple(dot) for dot in dots], register)
    if coverage.ROWS in said:
        for row, versions in coverage.decode(said[coverage.ROWS]).items():
            _of_row(case, move, row, versions)


def _of_record(case: ChangeContext, move: W, dots: Iterable[Sequence[Any]]) -> None:
    row = case.row
    for device, seq in dots:
        if row is not None and row.has((device, seq)):
            continue
        record = case.past.record(device, seq)
        if record is not None and record != case.change.record:
            case.refuse(reasons.OTHER_SEEN, move=move)


def _of_row(case: ChangeContext, move: W, row: str, versions: Iterable[Dot]) -> None:
    dots = sorted(versions)
    for dot in dots:
        if case.past.record(*dot) not in (None, row):
            case.refuse(reasons.OTHER_SEEN, move=move)
    if len(dots) > 1:
        _one_value(case, move, dots)


def _one_value(
    case: ChangeContext, move: W, dots: Sequence[Dot], register: str | None = None
) -> None:
    """Refuse versions of one register with different values, none of which replaced the other.

    Without a register every one that two of the versions wrote is looked at.
    """
    if len(dots) < 2:
        return
    changes = [one for dot in dots if (one := case.past.change(*dot)) is not None]
    for place, one in enumerate(changes):
        for other in changes[place + 1 :]:
            shared = _registers(one) & _registers(other)
            for name in shared if register is None else shared & {register}:
                if not _follows(one, other, name) and _differ(one, other, name):
                    case.refuse(reasons.SAW_CONFLICT, move=move, field=case.label(name))


def _registers(change: Change) -> set[str]:
    return {*change.fields, *change.base} if isinstance(change, PrunedChange) else {*change.fields}


def _follows(one: Change, other: Change, register: str) -> bool:
    """Whether either replaced the other."""
    return other.dot in _base(one, register) or one.dot in _base(other, register)


def _base(change: Change, register: str) -> set[Dot]:
    return {(device, seq) for device, seq in change.base.get(register, ())}


def _differ(one: Change, other: Change, register: str) -> bool:
    for change in (one, other):
        if isinstance(change, PrunedChange):
            raise Lacking(change.dot)
    return one.fields.get(register) != other.fields.get(register)
