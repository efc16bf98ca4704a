"""The check of a declaration, made when the module of a record type is imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.schema.kind import HEADER, RESERVED, Kind
from models.schema.lifecycle import Move
from models.schema.roles import AUTHOR, ROLES

_ROLES = {*ROLES, AUTHOR}


def check(cls: Any, kinds: Mapping[str, Any]) -> None:
    """Refuse a wrong declaration with a `TypeError` that names the type and the mistake.

    `cls` is a `Record` class and `kinds` are those declared before, by name; naming the class here
    would close a circle of imports.
    """
    kind: Kind = cls.kind
    names = {f.name for f in cls._meta.sorted_fields} - set(HEADER)
    try:
        _check_uniqueness(cls, kinds)
        _check_fields(cls, names)
        _check_names(kind, names)
        _check_lifecycle(kind, names)
        _check_owner(cls)
        _check_tables(cls, kinds)
    except ValueError as error:
        raise TypeError(f"record type {kind.name!r}: {error}") from None


def _check_uniqueness(cls: Any, kinds: Mapping[str, Any]) -> None:
    """The name and the number prefix are those of one type."""
    kind: Kind = cls.kind
    if kind.name in kinds and kinds[kind.name].__module__ != cls.__module__:
        raise ValueError(f"declared twice ({kinds[kind.name].__module__}, {cls.__module__})")
    others = (other.kind for other in kinds.values() if other.kind.name != kind.name)
    if any(other.code == kind.code for other in others):
        raise ValueError(f"number prefix {kind.code!r} is taken")


def _check_fields(cls: Any, names: Iterable[str]) -> None:
    """Every field carries its declaration, under a name that is free."""
    for name in names:
        if not hasattr(cls._meta.fields[name], "spec"):
            raise ValueError(f"field {name!r} is not made by a factory of models.schema.fields")
        if name in RESERVED:
            raise ValueError(f"field name {name!r} is reserved")


def _check_names(kind: Kind, names: set[str]) -> None:
    """The fields and roles that the kind names exist."""
    named = [kind.title, kind.parent, kind.order, kind.due, kind.owner, *kind.columns, *kind.key]
    named += [name for index in kind.indexes for name in index]
    _known([name for name in named if name], names | {"project", "author"}, "field")
    _known(kind.writers, _ROLES, "role")
    if kind.space == "project" and kind.project != "required":
        raise ValueError("a record in a project's space needs its project")


def _check_lifecycle(kind: Kind, names: set[str]) -> None:
    """States and moves have one name each; what a move names exists."""
    states = [state.name for state in kind.states]
    if len(set(states)) != len(states) or not states:
        raise ValueError("states must be there, and be named once each")
    moves = {move.id for move in kind.moves}
    if len(moves) != len(kind.moves):
        raise ValueError("two moves have one id")
    for move in kind.moves:
        _known([*move.from_, move.to], states, "state")
        _known([*move.needs, *move.fills], names, "field")
        _known(move.asks, names | {"comment"}, "field")
        _known(
            [part for need in move.needs_when for part in (need.field, need.when[0])],
            names,
            "field",
        )
        _check_four_eyes(move, names)
        _known(move.who, _ROLES, "role")
    for state in kind.states:
        _known([state.reopen] if state.reopen else [], moves, "move")
        _known(state.waits, _ROLES, "role")


def _check_four_eyes(move: Move, names: set[str]) -> None:
    """Whose work a move may not decide on is said of four-eyes moves only, by fields that exist."""
    if (move.about or move.apart_from or move.not_author) and not move.four_eyes:
        raise ValueError(f"move {move.id!r}: about, apart_from, not_author go with four_eyes")
    _known([*move.about, *(link for link, _ in move.apart_from if link)], names, "field")


def _check_owner(cls: Any) -> None:
    """Whose word a record is never changes."""
    kind = cls.kind
    if kind.own_only and kind.owner and not cls._meta.fields[kind.owner].spec.at_birth:
        raise ValueError(f"own_only: the owner {kind.owner!r} must be settled at birth")


def _check_tables(cls: Any, kinds: Mapping[str, Any]) -> None:
    """No table has the name of an index: SQLite takes both from one set."""
    name, own = cls.kind.name, _indexes(cls)
    clash = next((other for other in kinds if other in own and other != name), None)
    clash = clash or (name if any(name in _indexes(other) for other in kinds.values()) else None)
    if clash is not None:
        raise ValueError(f"table {clash!r} has the name of an index: rename the type or the field")


def _indexes(cls: Any) -> set[str]:
    """The names of a type's indexes on single fields."""
    indexed = (field for field in cls._meta.sorted_fields if field.index)
    return {f"{cls.kind.name}_{field.name}" for field in indexed}


def _known(used: Iterable[str], known: Iterable[str], what: str) -> None:
    """Refuse a name that does not exist."""
    for name in used:
        if name not in known:
            raise ValueError(f"unknown {what} {name!r}")
