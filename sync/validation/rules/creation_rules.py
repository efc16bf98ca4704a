"""Creation: whether somebody may have created a record like this. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from models.book import permissions
from models.book.writing.record_writer import spread
from models.calendar.business_dates import EARLIEST, LATEST
from models.schema import natural_keys
from models.schema.kind import Kind
from models.schema.record import kinds
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT
from sync.encoding.columns import is_id
from sync.validation import reasons
from sync.validation.change_context import STATE, ChangeContext
from sync.validation.rules import passage_rules
from sync.validation.rules.field_rules import no_by_move


def created(case: ChangeContext) -> None:
    """Raise the reason against a creation."""
    change, kind = case.change, case.kind
    header: Mapping[str, Any] = change.header or {}
    fields, first = change.fields, kind.states[0]
    if not formed(header, change.record) or change.base or change.move is not None:
        case.refuse(reasons.MALFORMED, part=reasons.HEADER)
    if header["author"] != case.me:
        case.refuse(reasons.AUTHOR)
    if fields.get(STATE) != first.name:
        state = case.state_label(fields.get(STATE))
        case.refuse(reasons.BORN_LATE, type=kind.label, first=first.label, state=state)
    if "void" in fields or ADOPT in fields:
        case.refuse(reasons.MIXED)
    no_by_move(case)
    project = header["project"]
    if not placed(kind, change.space, project, change.record):
        case.refuse(reasons.ELSEWHERE)
    if kind.key and change.record != _key_id(case, project):
        case.refuse(reasons.KEY, type=kind.label)
    _only_one(case)
    case.unless(permissions.writing(case.roles(), case.me, kind, project))
    about = {kind.owner: fields.get(kind.owner)}
    case.unless(permissions.speaking(case.roles(), case.me, kind, project, about))
    passage_rules.seen_as_passed(case)


LONGEST = 200
"""Most characters of a number, a ref or a project's id: they stand in every list and sentence."""
_parts = itemgetter("author", "number", "project", "ref", "occurred", "recorded")


def formed(header: Mapping[str, Any], id: str) -> bool:
    """Whether the header has its parts, and the record an id; a newer version may add others.

    A record's place in lists is made of when it occurred and of its id, so neither may be absurd;
    nor may what it is called be without end.
    """
    try:
        author, number, project, ref, occurred, recorded = _parts(header)
    except KeyError:
        return False
    if author.__class__ is not str or not author or not _short(number):
        return False
    if not (occurred.__class__ is recorded.__class__ is int):
        return False
    if not (EARLIEST <= occurred <= LATEST and EARLIEST <= recorded <= LATEST and is_id(id)):
        return False
    return (project is None or _short(project)) and (ref is None or _short(ref))


def _short(text: object) -> bool:
    return text.__class__ is str and 0 < len(text) <= LONGEST


def placed(kind: Kind, space: str, project: str | None, id: str) -> bool:
    """Whether project and space fit the kind, and each other."""
    if kind.project == ("required" if project is None else "none"):
        return False
    file = natural_keys.file_of(space)
    if kind.space != "parent" and not (file is not None and kind.beside):
        return space == natural_keys.space_of(kind, project, id)
    if file is None:
        return space in ("company", f"p:{project}")
    above = kinds.get(file.type)
    return file.project == project and (above is None or above.kind.space == "restricted")


def _key_id(case: ChangeContext, project: str | None) -> str:
    values: dict[str, Any] = {}
    for register, value in case.change.fields.items():
        values.update(spread(case.cls, register, value))
    space = case.change.space
    if case.kind.space == "restricted":
        space = natural_keys.key_space(case.kind, project)
    return natural_keys.key_id(case.kind, space, project, case.me, values)


def _only_one(case: ChangeContext) -> None:
    """An id belongs to the type of its earliest creation, and to one space: a row has one only."""
    change = case.change
    for other in case.past.births(change.record):
        older = other.type != change.type and _age(other) < _age(change)
        if older or other.space != change.space:
            case.refuse(reasons.TWICE)


def sound(case: ChangeContext, birth: Change) -> bool:
    """Whether a row can be made of a creation: what is refused else may be adopted, this not."""
    header: Mapping[str, Any] = birth.header or {}
    if not formed(header, birth.record):
        return False
    if not placed(case.kind, birth.space, header["project"], birth.record):
        return False
    return all(other.space == birth.space for other in case.past.births(birth.record))


def _age(birth: Change) -> tuple[int, str]:
    recorded = (birth.header or {}).get("recorded")
    return (recorded if isinstance(recorded, int) else 0), birth.device
