"""Binding rules: whether a binding move names its own record, and nothing in conflict. Pure.

What it names is a set of versions: for each register of the record, and for each row. Versions of
one register that hold different values, none of which replaced the other, are a conflict: two
contents are not approved at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.book.approval import coverage
from models.book.writing.record_writer import groups, whole
from models.schema.record import kinds
from models.text.words import W
from sync.changes.change import Change, Dot
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.change_context import ChangeContext, past_births
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

    Without a register every one that several of the versions wrote is looked at: a version that
    was replaced in one register is still the current one of others.
    """
    writers: dict[str, list[Change]] = {}
    for change in (one for dot in dots if (one := case.past.change(*dot)) is not None):
        for name in _registers(change) if register is None else _registers(change) & {register}:
            writers.setdefault(name, []).append(change)
    for name, some in writers.items():
        current = [one for one in some if not any(_replaced(case, one, by, name) for by in some)]
        if name == "state":
            current = past_births(current)
        if len(current) > 1 and len({_value(one, name) for one in current}) > 1:
            case.refuse(reasons.SAW_CONFLICT, move=move, field=case.label(name))


def _registers(change: Change) -> set[str]:
    return {*change.fields, *change.base} if isinstance(change, PrunedChange) else {*change.fields}


def _replaced(case: ChangeContext, one: Change, by: Change, register: str) -> bool:
    """Whether a version was replaced by another one, at once or through others between them."""
    todo, met = [by], set[Dot]()
    while todo:
        for device, seq in todo.pop().base.get(register, ()):
            if (device, seq) == one.dot:
                return True
            between = case.past.change(device, seq) if (device, seq) not in met else None
            met.add((device, seq))
            if between is not None:
                todo.append(between)
    return False


def _value(change: Change, register: str) -> str:
    """What a version says of a register, a group with all of its members."""
    if isinstance(change, PrunedChange):
        raise Lacking(change.dot)
    value, cls = change.fields.get(register), kinds.get(change.type)
    if cls is not None and register in groups(cls):
        value = whole(cls, register, value)
    return json.dumps(value, sort_keys=True)
