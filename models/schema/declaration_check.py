"""The check of a declaration, made when the module of a record type is imported.

Those that the program ships are checked by its tests instead: 9 ms of every start.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from models.schema.company_tables import rule_tables
from models.schema.kind import HEADER, RESERVED, Kind
from models.schema.lifecycle import MARKED_MOVES, Move
from models.schema.roles import AUTHOR, OWNER, ROLES
from models.text.lists import NAME

_ROLES = {*ROLES, AUTHOR, OWNER}
postponed = False
"""Whether what is declared now is left to the tests; only `models.records` says so."""


def check(cls: Any, kinds: Mapping[str, Any]) -> None:
    """Refuse a wrong declaration with a `TypeError` that names the type and the mistake.

    `cls` is a `Record` class and `kinds` are those declared before, by name; naming the class here
    would close a circle of imports.
    """
    kind: Kind = cls.kind
    names = {f.name for f in cls._meta.sorted_fields} - set(HEADER)
    try:
        check_name(kind, cls.__module__, kinds)
        _check_code(kind, kinds)
        _check_fields(cls, names)
        _check_names(kind, names)
        _check_lifecycle(kind, names)
        _check_conditions(cls, names)
        _check_stages(cls)
        _check_outcomes(cls)
        _check_owner(cls)
        _check_attention(kind, names)
        _check_compiled(cls)
        _check_readers(cls, names, kinds)
        _check_tables(cls, kinds)
    except ValueError as error:
        raise TypeError(f"record type {kind.name!r}: {error}") from None


def check_name(kind: Kind, module: str, kinds: Mapping[str, Any]) -> None:
    """The name is that of one type: of two, `kinds` could show the last one only."""
    first = kinds[kind.name].__module__ if kind.name in kinds else module
    if first != module:
        raise TypeError(f"record type {kind.name!r}: declared twice ({first}, {module})")


def _check_code(kind: Kind, kinds: Mapping[str, Any]) -> None:
    """The number prefix is that of one type."""
    codes = {other.kind.code for other in kinds.values() if other.kind.name != kind.name}
    if kind.code in codes:
        raise ValueError(f"number prefix {kind.code!r} is taken")


def _check_fields(cls: Any, names: Iterable[str]) -> None:
    """Every field carries its declaration, under a name that is free."""
    for name in names:
        if not hasattr(cls._meta.fields[name], "spec"):
            raise ValueError(f"field {name!r} is not made by a factory of models.schema.fields")
        if name in RESERVED:
            raise ValueError(f"field name {name!r} is reserved")
        spec = cls._meta.fields[name].spec
        if spec.several and not all(NAME.fullmatch(one.name) for one in spec.choices):
            raise ValueError(f"field {name!r} has a choice that cannot be a name in a list")


def _check_names(kind: Kind, names: set[str]) -> None:
    """The fields and roles that the kind names exist."""
    named = [
        kind.title,
        kind.parent,
        kind.beside,
        kind.order,
        kind.due,
        kind.owner,
        *kind.columns,
        *kind.key,
    ]
    _known([name for name in named if name], names | {"project", "author"}, "field")
    indexed = [name for index in kind.indexes for name in index]
    _known(indexed, names | {"project", "author", "state", "void", "n"}, "field")
    _known(("subject", "version", "content") if kind.table else (), names, "field")
    _known(kind.writers, _ROLES, "role")
    if kind.space == "project" and kind.project == "none":
        raise ValueError("a record in a project's space may have a project")


def _check_lifecycle(kind: Kind, names: set[str]) -> None:
    """States and moves have one name each; what a move names exists."""
    states = [state.name for state in kind.states]
    if len(set(states)) != len(states) or not states:
        raise ValueError("states must be there, and be named once each")
    moves = {move.id for move in kind.moves}
    if len(moves) != len(kind.moves):
        raise ValueError("two moves have one id")
    if taken := moves.intersection(MARKED_MOVES):
        raise ValueError(f"every type has moves of these names: {sorted(taken)}")
    for move in kind.moves:
        if move.decided_by:
            _known([move.decided_by], rule_tables, "rule table")
            table = rule_tables[move.decided_by]
            _known([*table.inputs, table.outcome], names, "field")
            _known(table.inputs, move.needs, "input that the move needs")
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
        _known([state.due] if state.due else [], names, "field")
        if state.due is not None and not kind.due:
            raise ValueError(f"state {state.name!r}: its own due field needs one of the kind")
        if state.waits_from is not None and not kind.due_in(state.name):
            raise ValueError(f"state {state.name!r}: waits_from needs a due field")


def _check_stages(cls: Any) -> None:
    """What forms ask for later begins with a state, and can be left empty before it."""
    states = [state.name for state in cls.kind.states]
    for field in cls._meta.sorted_fields:
        spec = getattr(field, "spec", None)
        if spec is not None and spec.asked_from:
            _known([spec.asked_from], states, "state")
            if spec.required or spec.at_birth:
                raise ValueError(f"field {field.name!r} is given at creation, so asked from it on")


def _check_outcomes(cls: Any) -> None:
    """What a table decides is a choice that nothing but moves fills, and a register of its own."""
    for move in cls.kind.moves:
        if move.decided_by:
            spec = cls._meta.fields[rule_tables[move.decided_by].outcome].spec
            if not (spec.choices and spec.by_move) or spec.several or spec.group:
                raise ValueError(f"move {move.id!r}: its outcome must be a choice filled by moves")


def _check_conditions(cls: Any, names: set[str]) -> None:
    """What a move is held to on arrival is named by it, or by the births of the record."""
    born = {name for name in names if cls._meta.fields[name].spec.at_birth}
    for move in cls.kind.moves:
        barred = [bar.field for bar in move.barred]
        _known(barred, {*move.needs, *born}, "field that is needed or settled at birth")
        _known([one.field for one in (*move.dated, *move.worst)], names, "field")
        _known([role for bar in move.barred for role in bar.unless], _ROLES, "role")
        if move.worst and not move.binding:
            raise ValueError(f"move {move.id!r}: what its rows fill goes with a move that binds")


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
    named = [*kind.writers, *(role for state in kind.states for role in state.waits)]
    named += [role for move in kind.moves for role in move.who]
    if OWNER in named and (kind.own_only or not kind.owner):
        raise ValueError("the role of the owner needs an owner field, and no own_only")


def _check_attention(kind: Kind, names: set[str]) -> None:
    """Who watches or acknowledges a record exists, and so do the states."""
    _known(kind.watchers, {*ROLES, *names}, "role or field")
    asked = kind.acknowledge
    if asked is not None:
        _known((*asked.by, *asked.above), ROLES, "role")
        _known(asked.states, [state.name for state in kind.states], "state")
        if not asked.by or not asked.states or asked.days < 1:
            raise ValueError("acknowledge names roles, states, and at least one working day")
        if any(move.id == "acknowledge" for move in kind.moves):
            raise ValueError("a kind that is acknowledged has no move of that name")


def _check_compiled(cls: Any) -> None:
    """What a compiled report keeps is written by its issue, and by nothing else."""
    kind = cls.kind
    if not kind.compiled:
        return
    _known([kind.compiled], cls._meta.fields, "field")
    spec = cls._meta.fields[kind.compiled].spec
    if not (spec.by_move and spec.computed and spec.internal):
        raise ValueError(f"compiled: {kind.compiled!r} must be internal, computed and by_move")
    if not any(state.frozen for state in kind.states) or not kind.key:
        raise ValueError("compiled: a frozen state and a natural key are needed")


def _check_readers(cls: Any, names: Iterable[str], kinds: Mapping[str, Any]) -> None:
    """A restricted type says who reads it, and nothing that others read points to it."""
    kind, specs = cls.kind, {one: cls._meta.fields[one].spec for one in names}
    if (kind.space == "restricted") != (kind.readers is not None):
        raise ValueError("readers are declared for a restricted space, and only there")
    if kind.readers is not None:
        _known(kind.readers.roles, ROLES, "role")
        _known(kind.readers.people, {*names, AUTHOR}, "field")
        if any(specs[one].target != "person" for one in kind.readers.people if one != AUTHOR):
            raise ValueError("readers: each field must name a person")
        _no_pointer(((one, *pair) for one in kinds.values() for pair in _links(one)), {kind.name})
    hidden = {one.kind.name for one in kinds.values() if one.kind.space == "restricted"}
    _no_pointer(((cls, name, spec.target) for name, spec in specs.items()), hidden)


def _no_pointer(links: Iterable[tuple[Any, str, str]], hidden: Collection[str]) -> None:
    """Refuse a link to a restricted type from a record that others hold."""
    for cls, name, target in links:
        if target in hidden and cls.kind.space not in ("restricted", "parent"):
            raise ValueError(f"{cls.kind.name}.{name} would show others a restricted {target!r}")


def _links(cls: Any) -> Iterable[tuple[str, str]]:
    return [(f.name, f.spec.target) for f in cls._meta.sorted_fields if hasattr(f, "spec")]


def _check_tables(cls: Any, kinds: Mapping[str, Any]) -> None:
    """No table has the name of an index: SQLite takes both from one set."""
    name, own = cls.kind.name, _indexes(cls)
    clash = next((other for other in own if other in kinds and other != name), None)
    owners = (kinds.get(name[:end]) for end, sign in enumerate(name) if sign == "_")
    if any(owner is not None and name in _indexes(owner) for owner in owners):
        clash = clash or name
    if clash is not None:
        raise ValueError(f"table {clash!r} has the name of an index: rename the type or the field")


@cache
def _indexes(cls: Any) -> frozenset[str]:
    """The names of a type's indexes on single fields."""
    indexed = (field for field in cls._meta.sorted_fields if field.index)
    return frozenset(f"{cls.kind.name}_{field.name}" for field in indexed)


def _known(used: Iterable[str], known: Iterable[str], what: str) -> None:
    """Refuse a name that does not exist."""
    for name in used:
        if name not in known:
            raise ValueError(f"unknown {what} {name!r}")
