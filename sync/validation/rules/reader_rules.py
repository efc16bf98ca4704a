"""Readers: who may say who reads a restricted record, and whom its changes name. Pure.

The roles that read it are declared with its type, and the name of its space says the type. Further
people are named in fields of the record itself, so every replica and the hub reads them from the
same signed changes. What is quarantined names no reader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from models.book import permissions
from models.book.writing.record_writer import spread
from models.schema.natural_keys import file_of
from models.schema.record import Record, kinds
from models.schema.roles import AUTHOR
from models.text.lists import names_of
from sync.changes.change import Change, Dot
from sync.changes.merge import Register, merge, passed
from sync.changes.pruned import PrunedChange
from sync.trust.space_access import readers_of
from sync.validation.change_context import STATE, ChangeContext


def named(case: ChangeContext) -> None:
    """Raise the reason against a change that names a reader, unless its writer may do so."""
    change, cls = case.change, case.cls
    fields = [name for name in naming_fields(cls) if cls.register_of()[name] in change.fields]
    if change.header is not None:
        fields = [name for name in fields if people_in(cls, [name], change.fields)]
        author, project = change.header.get("author"), change.header.get("project")
    elif fields:
        subject = case.subject(str(change.fields.get(STATE, "")))
        author, project = subject.author, subject.project
    if fields:
        where = project if isinstance(project, str) else None
        case.unless(
            permissions.naming(case.roles(), case.me, case.kind, where, str(author), fields)
        )


def naming_fields(cls: type[Record]) -> list[str]:
    """The fields of a restricted type that name people who read it."""
    readers = cls.kind.readers
    return [name for name in readers.people if name != AUTHOR] if readers is not None else []


def people_in(cls: type[Record], names: Iterable[str], registers: Mapping[str, object]) -> set[str]:
    """The people in some fields of these registers."""
    found = set[str]()
    for name in names:
        register = cls.register_of()[name]
        found.update(names_of(spread(cls, register, registers.get(register))[name]))
    return found


def people_named(space: str, changes: Iterable[Change], refused: Collection[Dot]) -> frozenset[str]:
    """The people that a restricted record names now, in every current value.

    `changes` are those of the space in an order that was applied somewhere, `refused` the versions
    in quarantine.
    """
    file, readers = file_of(space), readers_of(space)
    if file is None or readers is None:
        return frozenset()
    cls = kinds[file.type]
    own = [c for c in changes if (c.record, c.type) == (file.record, file.type)]
    bad = {c.dot: c for c in own if c.dot in refused}
    good = [c for c in own if c.dot not in bad]
    found = set[str]()
    if AUTHOR in readers.people:
        found = {str(c.header.get("author")) for c in good if c.header is not None}
    registers = {cls.register_of()[name] for name in naming_fields(cls)}
    state: dict[str, Register] = {}
    for c in good:
        base = {one: _honest(one, dots, bad) for one, dots in c.base.items() if one in registers}
        if isinstance(c, PrunedChange):
            state = passed(state, replace(c, base=base))
        else:
            fields = {one: value for one, value in c.fields.items() if one in registers}
            state = merge(state, replace(c, fields=fields, base=base))
    for register, versions in state.items():
        names = [name for name in naming_fields(cls) if cls.register_of()[name] == register]
        for version in versions:
            found |= people_in(cls, names, {register: version.value})
    return frozenset(found)


def _honest(register: str, dots: Iterable[Dot], bad: Mapping[Dot, Change]) -> Sequence[Dot]:
    """Versions, those in quarantine replaced by what they were written over."""
    todo, found, met = list(dots), list[Dot](), set[Dot]()
    while todo:
        dot = todo.pop()
        if dot not in met:
            met.add(dot)
            if dot in bad:
                todo += bad[dot].base.get(register, ())
            else:
                found.append(dot)
    return found
