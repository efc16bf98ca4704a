"""Compatibility: what this version of the program understands of a change, by the types it
declares.

What it does not understand it must neither show nor lose: a name that is no declared register
never comes near SQL, and a value of another form never into a column that would bend it. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from models.book.permissions import MARKED
from models.schema.fields import Spec
from models.schema.kind import Kind
from models.schema.record import Record, kinds
from models.text.lists import names_of
from sync.changes.change import Change

Fits = Callable[[Any], bool]
What = tuple[str, str]
"""What is not understood: (`type` | `move` | `state` | `judge` | `field` | `value`, its name)."""

ADOPT = "@adopt"
"""The register under which a change names the quarantined versions that it adopts; no field."""

WHOLE = frozenset({"type", "move", "state", "judge"})
"""What keeps a whole change from being shown; `judge`: a newer version must authorise it."""
JUDGE: What = ("judge", "")
"""A change that this version cannot authorise."""
_NUMBERS = frozenset({"count", "moment"})
_tests: dict[type[Record], dict[str, Fits]] = {}


def unknown(change: Change) -> list[What]:
    """What this version does not understand of a change; nothing for almost every one.

    A type, a move or a state that is unknown keeps the whole change from being shown, a field
    or a value only itself.
    """
    cls = kinds.get(change.type)
    if cls is None:
        return [("type", change.type)]
    kind, found = cls.kind, list[What]()
    if change.move is not None:
        move = change.move.get("move")
        if move not in kind.by_move and move not in MARKED:
            found.append(("move", str(move)))
    fields = change.fields
    for register, fits in _doubtful(cls, tuple(fields), *map(type, fields.values())):
        if fits is None:
            found.append(("field", register))
        elif not fits(fields[register]):
            found.append(("state" if register == "state" else "value", register))
    return found


def all_plain(cls: type[Record], register: str, values: Sequence[Any]) -> bool:
    """Whether this version can show every one of many values of a register."""
    types = {*map(type, values)}
    if types.issubset(_plain_of(cls).get(register, ())):
        return True
    fits = tests_of(cls).get(register)
    if fits is None or register in (ADOPT, "void"):
        return False
    return all(map(fits, {*values} if types == {str} else values))


def whole(what: What) -> bool:
    """Whether this keeps the whole change from being shown."""
    return what[0] in WHOLE


@lru_cache(4096)
def _doubtful(
    cls: type[Record], names: tuple[str, ...], *types: type
) -> Sequence[tuple[str, Fits | None]]:
    """The registers whose value has to be looked at, since its type alone does not tell.

    With the test of each; None: no such register. Many changes write the same registers with
    values of the same types.
    """
    plain, tests = _plain_of(cls), tests_of(cls)
    pairs = zip(names, types, strict=True)
    return tuple((name, tests.get(name)) for name, kind in pairs if kind not in plain.get(name, ()))


@cache
def _plain_of(cls: type[Record]) -> Mapping[str, Collection[type]]:
    """Register -> the types of which every value may stand there."""
    specs, none = cls.specs(), type(None)
    return {
        register: (none,) if _closed(specs[register]) else (none, _type_of(specs[register]))
        for register, fields in cls.registers().items()
        if fields == (register,)
    }


def tests_of(cls: type[Record]) -> Mapping[str, Fits]:
    """Register -> whether a value is one that this version can show."""
    found = _tests.get(cls)
    if found is None:
        specs = cls.specs()
        found = {
            register: _one(specs[register]) if fields == (register,) else _group(specs, fields)
            for register, fields in cls.registers().items()
        }
        found |= {"state": _state(cls.kind), "void": _plain(str), ADOPT: _plain(str)}
        _tests[cls] = found
    return found


def _closed(spec: Spec) -> bool:
    """Whether only the declared values can be shown; the company adds to the words of others."""
    return bool(spec.choices) and not spec.of


def _one(spec: Spec) -> Fits:
    if _closed(spec):
        names = frozenset(choice.name for choice in spec.choices)
        if spec.several:
            return lambda value: (
                value is None or (value.__class__ is str and names.issuperset(names_of(value)))
            )
        return lambda value: value is None or (value.__class__ is str and value in names)
    return _plain(_type_of(spec))


def _type_of(spec: Spec) -> type:
    if spec.kind == "flag":
        return bool
    return int if spec.kind in _NUMBERS else str


def _plain(kind: type) -> Fits:
    return lambda value: value.__class__ is kind or value is None


def _group(specs: Mapping[str, Spec], fields: tuple[str, ...]) -> Fits:
    members = {name: _one(specs[name]) for name in fields}

    def fits(value: Any) -> bool:
        if value.__class__ is not dict:
            return value is None
        return all(name in members and members[name](it) for name, it in value.items())

    return fits


def _state(kind: Kind) -> Fits:
    return lambda value: value.__class__ is str and value in kind.by_state
