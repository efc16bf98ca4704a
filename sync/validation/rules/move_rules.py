"""Move rules: whether somebody may have made a move, as it says it was made. Pure.

Nothing is looked up that the move does not name: the state that its base names, the roles at the
membership version that it names, the content that it saw.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.book import permissions
from models.book.conflict import conflict_rules
from models.book.permissions import CONFIRM, IMPORT, RESOLVE
from models.book.rules import causes_of
from models.schema.lifecycle import Move
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT
from sync.changes.pruned import PrunedChange
from sync.validation import reasons
from sync.validation.change_context import STATE, ChangeContext, ChangeSubject, RolesAt
from sync.validation.history import Lacking
from sync.validation.reasons import Newer
from sync.validation.rules import passage_rules
from sync.validation.rules.binding_rules import bound
from sync.validation.rules.compiled_rules import issued_with
from sync.validation.rules.conflict_rules import confirmed, resolved
from sync.validation.rules.decision_rules import decided
from sync.validation.rules.field_rules import as_needed, filled, no_at_birth
from sync.validation.rules.floor_rules import named_in_time
from sync.validation.rules.row_rules import rows_as_needed, worst_as_said
from sync.validation.rules.writer_rules import content_named, writers_of

NEAR = 8
"""How far before a hidden move what brings it about may stand: rules act at once."""


def moved(case: ChangeContext) -> None:
    """Raise the reason against a move."""
    change, said = case.change, _said(case)
    if "void" in change.fields or ADOPT in change.fields:
        case.refuse(reasons.MIXED)
    case.own_versions(change.fields)
    named_in_time(case, said["members"])
    roles = case.roles(said["members"])
    state, by = case.state()
    if said["from"] != state:
        _other_from(case, said["from"], state)
    passage_rules.passed(case, said)
    if said["move"] == RESOLVE:
        resolved(case, said, roles)
        return
    if said["move"] == CONFIRM:
        confirmed(case, said, roles)
        return
    subject = case.subject(state)
    move = _move(case, subject, said)
    if change.fields.get(STATE) != move.to or said["to"] != move.to:
        to, wrote = case.state_label(move.to), case.state_label(change.fields.get(STATE))
        case.refuse(reasons.OTHER_RESULT, move=move.label, to=to, state=wrote)
    if move.hidden:
        _caused(case, move)
    else:
        _allowed(case, subject, move, roles, said, by)
    if move.requires_comment and not str(said.get("comment") or "").strip():
        case.refuse(reasons.NO_COMMENT, move=move.label)
    no_at_birth(case)
    filled(case, move)
    held = permissions.part_in(subject, case.me) | roles.roles(case.me, subject.project)
    as_needed(case, move, held)
    if move.worst:
        worst_as_said(case, move, said)
    decided(case, move, said)
    issued_with(case, state, move.to)


def _said(case: ChangeContext) -> Mapping[str, Any]:
    """The payload, its parts of the right form."""
    said: Mapping[str, Any] = case.change.move or {}
    texts = all(said.get(name).__class__ is str for name in ("move", "from", "to", "role"))
    alone, comment = said.get("alone", False), said.get("comment", "")
    if not texts or alone.__class__ is not bool or comment.__class__ is not str:
        case.refuse(reasons.MALFORMED, part=reasons.MOVE)
    if said.get("members").__class__ is not int or said["members"] < 1:
        case.refuse(reasons.MALFORMED, part=reasons.MOVE)
    return said


def _other_from(case: ChangeContext, said: str, state: str) -> None:
    if said not in case.kind.by_state:
        raise Newer(reasons.NEWER_FROM, who=case.who, said=said)
    labels = case.state_label(said), case.state_label(state)
    case.refuse(reasons.OTHER_FROM, said=labels[0], state=labels[1])


def _move(case: ChangeContext, subject: ChangeSubject, said: Mapping[str, Any]) -> Move:
    if said["move"] == IMPORT:
        return permissions.import_move(subject, said["to"])
    return case.kind.by_move[said["move"]]


def _allowed(
    case: ChangeContext,
    subject: ChangeSubject,
    move: Move,
    roles: RolesAt,
    said: Mapping[str, Any],
    by: list[Change],
) -> None:
    """The same questions that the book asks before a move."""
    submitter = {case.me} if move.id == IMPORT else _submitter(case, by)
    if move.id == IMPORT:
        fresh = _fresh(case, by)
        case.unless(permissions.importing(roles, case.me, subject, move.to, fresh=fresh))
    else:
        case.unless(permissions.moving(roles, case.me, subject, move, submitter))
    held = permissions.part_in(subject, case.me)
    held |= roles.then(case.me, subject.project)  # with another role than is left it may count too
    if said["role"] not in held:
        case.refuse(reasons.OTHER_ROLE, role=said["role"])
    if move.binding:
        bound(case, move.label, said)
    if move.needs_rows and move.binding:
        rows_as_needed(case, move, said)
    if not move.four_eyes:
        return
    writers: permissions.Writers = permissions.nobody
    if move.id != IMPORT:
        writers = writers_of(case, said)
        content_named(case, move, said)
        case.unless(permissions.moving(roles, case.me, subject, move, submitter, writers))
    own = permissions.own_work(case.me, subject, move, submitter, writers)
    if own and not said.get("alone"):
        case.refuse(reasons.UNMARKED, move=move.label)


def _submitter(case: ChangeContext, by: list[Change]) -> set[str]:
    """Who made the moves into this state; none when the record was created in it."""
    return set(conflict_rules.submitters(by, case.states_under, case.past.person))


def _fresh(case: ChangeContext, by: list[Change]) -> bool:
    """Whether the state is that of the record's creation, or given in the same transaction."""
    own = [birth for birth in case.births if (birth.header or {}).get("author") == case.me]
    born = {(birth.device, birth.tx) for birth in own}
    return all((change.device, change.tx) in born for change in by)


def _caused(case: ChangeContext, move: Move) -> None:
    """What brings a hidden move about stands before it in its transaction, and counts."""
    change = case.change
    causes = causes_of(change.type, move.id)
    for seq in range(change.seq - 1, max(change.tx, change.seq - NEAR) - 1, -1):
        before = case.past.change(change.device, seq)
        if before is None or (isinstance(before, PrunedChange) and before.type in dict(causes)):
            raise Lacking((change.device, seq))
        made = (before.type, (before.move or {}).get("move"))
        counts = made in causes and not case.past.quarantined(change.device, seq)
        if counts and before.tx == change.tx and _linked(case, before.record):
            return
    case.refuse(reasons.UNCAUSED, move=move.label)


def _linked(case: ChangeContext, other: str) -> bool:
    """Whether one of the two records came from the other: it names it since its creation."""
    births = case.past.births(other)
    if any(case.change.record in birth.fields.values() for birth in births):
        return True
    return any(other in birth.fields.values() for birth in case.births)
