"""Rights table: who may do what, role by role, for every action of every type.

Nothing is written down twice: each cell is the answer of the guard that the book and the sync ask
(`models.book.permissions`), for somebody who is nothing but that role to a record of another
person. What else an action needs (its state, fields, a second person) is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from models.book import permissions
from models.book.approval import acknowledgements
from models.book.permissions import Then
from models.frozen import Frozen
from models.schema.kind import Kind
from models.schema.lifecycle import Move
from models.schema.record import kinds
from models.schema.roles import AUTHOR, OWNER, ROLES, Role
from models.text.words import Refused, W

READ, CREATE, EDIT, VOID = "read", "create", "edit", "void"
LABELS = {
    READ: W("查看", "Read"),
    CREATE: W("新建", "Create"),
    EDIT: W("修改", "Edit"),
    VOID: W("作废、恢复", "Void, restore"),
}
COLUMNS: tuple[Role, ...] = (*ROLES, AUTHOR, OWNER)
"""The columns: every role, who wrote the record, and who is in charge of it."""
HEADS = {
    **ROLES,
    AUTHOR: W("填写人", "Author"),
    OWNER: W("负责人", "Person in charge"),
}
SECOND = W("须由另一个人", "by another person")
STRICT = W("须由另一个人，没有例外", "by another person, without exception")
WITH_REASON = W("须写理由", "with a reason")
APART = W("须与此前办理的人不同", "by nobody who took part before")
NAMED = W("还有记录中指名的人", "also the people whom the record names")
ME, OTHER = "-me", "-other"


class Right(Frozen):
    """One action of one type, and which roles may take it."""

    kind: Kind
    act: str
    """A move's id, `acknowledge`, or `read`, `create`, `edit`, `void`."""
    label: W
    by: frozenset[str]
    """Those of `COLUMNS` that are enough."""
    move: Move | None = None
    notes: tuple[W, ...] = ()
    """What else is asked."""


class _Only:
    """A membership in which the person asked about holds one role, and others hold every role."""

    def __init__(self, role: Role) -> None:
        self._held = frozenset({role} if role in ROLES else ())

    def roles(self, person: str, project: str | None) -> frozenset[str]:  # noqa: ARG002
        """The one role."""
        return self._held if person == ME else frozenset(ROLES)

    def second_person(
        self,
        project: str | None,  # noqa: ARG002
        roles: tuple[str, ...],  # noqa: ARG002
        except_person: str,  # noqa: ARG002
    ) -> bool:
        """There is always somebody else."""
        return True

    def second_people(
        self,
        project: str | None,  # noqa: ARG002
        roles: tuple[str, ...],  # noqa: ARG002
        besides: Collection[str],  # noqa: ARG002
    ) -> list[str]:
        """There is always somebody else."""
        return [OTHER]

    def name(self, person: str) -> str:
        """The id: an answer that is yes or no names no person."""
        return person


def rights(types: Iterable[str] | None = None) -> Iterator[Right]:
    """Every right of these types (all), type by type, in the order of the list of types."""
    order = sorted(kinds.values(), key=lambda cls: (cls.kind.menu or 1000, cls.kind.name))
    for cls in order:
        if types is None or cls.kind.name in types:
            yield from rights_of(cls.kind)


def rights_of(kind: Kind) -> Iterator[Right]:
    """The rights of one type: reading where that is restricted, writing, and each action."""
    if kind.readers is not None:
        part = {AUTHOR} & set(kind.readers.people)
        notes = (NAMED,) if set(kind.readers.people) - {AUTHOR} else ()
        yield Right(kind, READ, LABELS[READ], frozenset(kind.readers.roles) | part, notes=notes)
    yield Right(kind, CREATE, LABELS[CREATE], frozenset(_creating(kind)))
    open_state = next((one.name for one in kind.states if _is_open(one.name, kind)), None)
    if open_state is not None:
        if not kind.add_only:
            yield Right(kind, EDIT, LABELS[EDIT], _asked(kind, open_state, permissions.editing))
        yield Right(kind, VOID, LABELS[VOID], _asked(kind, open_state, permissions.voiding))
    for move in kind.moves:
        if not move.hidden:
            yield Right(kind, move.id, move.label, _moving(kind, move), move, _notes(move))
    if kind.acknowledge is not None:
        label, by = acknowledgements.LABEL, frozenset(kind.acknowledge.by)
        yield Right(kind, acknowledgements.ACKNOWLEDGE, label, by)


def _creating(kind: Kind) -> Iterator[Role]:
    """The roles that may create one; there is no author yet."""
    for role in ROLES:
        if permissions.writing(_Only(role), ME, kind, None) is None:
            yield role


def _is_open(state: str, kind: Kind) -> bool:
    return permissions.closed_by(_record(kind, state, ROLES)) is None


def _record(kind: Kind, state: str, part: Collection[str]) -> Then:
    """A record of another person, unless the one asked about is its author or in charge."""
    author = ME if AUTHOR in part else OTHER
    owner = ME if OWNER in part and kind.owner and not kind.own_only else None
    return Then(kind, "", "", None, author, state, None, owner)


def _asked(
    kind: Kind, state: str, ask: Callable[[permissions.Roles, str, Then], Refused | None]
) -> frozenset[str]:
    found = (role for role in COLUMNS if ask(_Only(role), ME, _record(kind, state, {role})) is None)
    return frozenset(found)


def _moving(kind: Kind, move: Move) -> frozenset[str]:
    """Who may make a move of what another person submitted."""

    def ask(people: permissions.Roles, me: str, record: Then) -> Refused | None:
        return permissions.moving(people, me, record, move, {OTHER})

    return _asked(kind, move.from_[0], ask)


def _notes(move: Move) -> tuple[W, ...]:
    found = [STRICT if move.strict else SECOND] if move.four_eyes else []
    found += [APART] if move.apart_from else []
    found += [WITH_REASON] if move.requires_comment else []
    return tuple(found)
