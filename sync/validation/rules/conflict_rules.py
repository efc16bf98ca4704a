"""Conflict rules: whether a decision over a conflict may count. Pure.

The same questions that the book asks before it (`models.book.conflict.conflict_rules`,
`models.book.conflict.conflict_resolution`), put to the versions that the change names.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from models.book import permissions
from models.book.conflict import conflict_rules
from models.schema.lifecycle import Move
from models.text.words import Refused
from sync.validation import reasons
from sync.validation.change_context import STATE, ChangeContext, ChangeSubject, RolesAt
from sync.validation.rules.binding_rules import bound
from sync.validation.rules.field_rules import by_move
from sync.validation.rules.writer_rules import named as writers_named
from sync.validation.rules.writer_rules import writers_of


def resolved(case: ChangeContext, said: Mapping[str, Any], roles: RolesAt) -> None:
    """Raise the reason against a decision over a state."""
    change, named = case.change, case.states_under
    to = change.fields.get(STATE)
    if change.fields.keys() != {STATE} or said["to"] != to:
        case.refuse(reasons.MIXED)
    options = conflict_rules.options(case.versions(STATE), named)
    if len({one.fields.get(STATE) for one in options}) < 2:
        case.refuse(reasons.NO_CONFLICT)
    subject = case.subject(case.state()[0])

    def wrote(one: Any, move: Move) -> Collection[str]:
        return writers_named(case, move, one.move or {})

    known = list(conflict_rules.ways(subject, options, named, case.past.person, wrote))
    try:
        made = conflict_rules.choosing(roles, case.me, subject, str(to), known)
    except Refused as refused:
        raise reasons.of(refused, case.who) from None
    _role(case, said, subject, roles)
    if made.alone and not said.get("alone"):
        case.refuse(reasons.UNMARKED, move=permissions.MARKED[permissions.RESOLVE])


def confirmed(case: ChangeContext, said: Mapping[str, Any], roles: RolesAt) -> None:
    """Raise the reason against a confirmation: an approval anew of the present content."""
    change, named = case.change, case.states_under
    state, by = case.state()
    word = permissions.MARKED[permissions.CONFIRM]
    if change.fields.keys() != {STATE} or {said["to"], change.fields.get(STATE)} != {state}:
        case.refuse(reasons.MIXED)
    subject = case.subject(state)
    known = list(conflict_rules.ways(subject, by, named, case.past.person))
    _confirming(case, roles, subject, known, permissions.nobody)
    bound(case, word, said)
    made = _confirming(case, roles, subject, known, writers_of(case, said))
    _role(case, said, subject, roles)
    if made.alone and not said.get("alone"):
        case.refuse(reasons.UNMARKED, move=word)


def _confirming(
    case: ChangeContext,
    roles: RolesAt,
    subject: ChangeSubject,
    known: Sequence[conflict_rules.Resolution],
    writers: permissions.Writers,
) -> conflict_rules.Decision:
    """How the person might confirm, or the reason against it, said of them."""
    try:
        return conflict_rules.confirming(roles, case.me, subject, known, writers)
    except Refused as refused:
        if "who" in refused.values:
            raise  # it is said of the person already
        raise reasons.of(refused, case.who) from None


def _role(
    case: ChangeContext, said: Mapping[str, Any], subject: ChangeSubject, roles: RolesAt
) -> None:
    """Refuse a role that the person does not hold."""
    held = permissions.part_in(subject, case.me)
    if said["role"] not in held | roles.then(case.me, subject.project):
        case.refuse(reasons.OTHER_ROLE, role=said["role"])


def chosen(case: ChangeContext) -> bool:
    """Whether a change does nothing but choose between standing values that only moves fill."""
    change = case.change
    if not change.fields or not by_move(case.cls).issuperset(change.fields):
        return False
    return all(_one_of(case, register, value) for register, value in change.fields.items())


def _one_of(case: ChangeContext, register: str, value: object) -> bool:
    if len(set(case.change.base.get(register, ()))) < 2:
        return False
    values = [one.fields.get(register) for one in case.versions(register)]
    return value in values and any(other != value for other in values)
