"""Who may do what to a record, and why not: one answer for screens, commands and the book.

The sync asks the same questions of what others wrote (`sync.validation.authorize`): what is refused
here is refused by every device.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Protocol

from models.frozen import Frozen
from models.schema.kind import Kind
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.schema.roles import AUTHOR, LEADS, OWNER, ROLES
from models.text.words import Refused, W, listed

NO_WRITE = W(
    "您在这个项目中没有可填写{type}的角色。需要：{roles}。",
    "Your roles on this project do not allow writing {type}. Needed: {roles}.",
)
NOT_YOURS = W("{type} {number} 只能由填写人修改。", "Only its author can edit {type} {number}.")
NOT_FOR = W(
    "{type}由本人填写；代填需要角色：{roles}。",
    "A {type} is written by its person; on their behalf by: {roles}.",
)
NOT_NAMING = W(
    "谁能看{type}，只能由这些角色指定：{roles}。请由他们填写。",
    "Who reads a {type} is named by these roles only: {roles}. Ask one of them to fill it in.",
)
ADD_ONLY = W("{type}写下后不能修改；请另加一条。", "A {type} cannot be edited; add another one.")
FROZEN = W(
    "{number} 已是“{state}”，不能修改。{way}",
    "{number} is “{state}” and cannot be edited. {way}",
)
VOIDED = W("{number} 已作废，不能再修改。", "{number} is void and cannot be changed.")
WAY_REOPEN = W("请先执行“{move}”（{id}）。", "First use “{move}” ({id}).")
WAY_REVISE = W("请另写备注或新记录。", "Add a note or a new record instead.")
WRONG_STATE = W(
    "“{move}”只能在“{from_}”状态下进行；{number} 现为“{state}”。",
    "“{move}” is possible from “{from_}” only; {number} is “{state}”.",
)
NO_ROLE = W("“{move}”需要角色：{roles}。", "“{move}” needs the role: {roles}.")
FOUR_EYES = W(
    "“{move}”须由另一个人进行：内容由您填写或提交。可请：{others}。",
    "“{move}” must be made by somebody else: you wrote or submitted it. Ask: {others}.",
)
NO_SECOND = W(
    "“{move}”须由另一个人进行，而这里还没有第二个人。需要角色：{roles}。",
    "“{move}” must be made by somebody else, and there is nobody yet. Needed role: {roles}.",
)
BY_RULE = W("“{move}”由系统随其他操作完成。", "“{move}” happens with another action.")
LIVED = W(
    "{number} 已经办理过，导入只能给新建的记录一个状态。请用它自己的操作。",
    "{number} has moved on; an import gives a state to new records only. Use its own moves.",
)
NO_STATE = W(
    "{type}没有状态“{state}”。可用：{known}。", "{type} has no state “{state}”. Known: {known}."
)
NOT_BACK = W(
    "{number} 已是“{state}”，导入不能把它退回“{to}”。请在应用中操作。",
    "{number} is “{state}”; an import cannot take it back to “{to}”. Use its own moves.",
)

IMPORT = "import"
"""The id of the one marked move with which an import gives a record the state it had elsewhere."""
IMPORT_LABEL = W("导入", "Import")
RESOLVE = "decide"
"""The id of the marked move that decides between states brought about at once (`choosing`).

No type may declare a move of this name, or of that of the import.
"""
CONFIRM = "confirm_again"
"""The id of the marked move that approves the present content, without a change of the state."""
MARKED = {
    IMPORT: IMPORT_LABEL,
    RESOLVE: W("解决冲突", "Conflict resolved"),
    CONFIRM: W("确认现有内容", "Confirm as it stands"),
}
"""The moves that every type has and none declares."""


class Roles(Protocol):
    """What rights need to know of the membership."""

    def roles(self, person: str, project: str | None) -> frozenset[str]:
        """Roles of a person on a project; for company records, on any project."""

    def second_person(
        self, project: str | None, roles: tuple[str, ...], except_person: str
    ) -> bool:
        """Whether another person could make a four-eyes move."""

    def second_people(
        self, project: str | None, roles: tuple[str, ...], besides: Collection[str]
    ) -> list[str]:
        """Who could make a four-eyes move, without those named, by id."""

    def name(self, person: str) -> str:
        """What a person is called."""


Writers = Callable[[Move], Collection[str]]
"""Who wrote what a four-eyes move would decide on."""


def nobody(move: Move) -> Collection[str]:  # noqa: ARG001
    """No writers: nothing that people wrote is decided on."""
    return ()


class PermissionSubject(Protocol):
    """What rights need to know of a record, be it a row or what another person's change says."""

    @property
    def kind(self) -> Kind:
        """Its type's declaration."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def number(self) -> str:
        """Its number, for sentences."""

    @property
    def project(self) -> str | None:
        """The project it belongs to."""

    @property
    def author(self) -> str:
        """Who created it."""

    @property
    def owner_id(self) -> str | None:
        """Whom its owner field names."""

    @property
    def state(self) -> str:
        """The state it is in."""

    @property
    def void(self) -> str | None:
        """Why it is out of use, or None."""


class Then(Frozen):
    """A record as it was in another state; a `PermissionSubject`."""

    kind: Kind
    id: str
    number: str
    project: str | None
    author: str
    state: str
    void: str | None = None
    owner_id: str | None = None

    @classmethod
    def of(cls, record: PermissionSubject, state: str) -> Then:
        """The record in that state."""
        kind, void, owner = record.kind, record.void, record.owner_id
        return cls(
            kind, record.id, record.number, record.project, whose(record), state, void, owner
        )


class Chance(Frozen):
    """A move of the record's kind: possible now, or the reason why not."""

    move: Move
    why: Refused | None = None

    @property
    def ok(self) -> bool:
        """Whether the person may make the move now."""
        return self.why is None


def whose(record: PermissionSubject) -> str:
    """The person whose word a record is: its author, or whom it is about where only they write it.

    A weekly status belongs to its person, also where another person created it.
    """
    about = record.owner_id if record.kind.own_only else None
    return str(about) if about else record.author


def part_in(record: PermissionSubject, me: str) -> set[str]:
    """What a person is to a record by the record itself: its author, its owner."""
    held = {AUTHOR} if whose(record) == me else set[str]()
    return held | {OWNER} if owned_by(record, me) else held


def owned_by(record: PermissionSubject, me: str) -> bool:
    """Whether a person is the one who is to act, whatever their roles."""
    return not record.kind.own_only and record.owner_id == me


def role_names(roles: tuple[str, ...]) -> W:
    """Role words, joined for a sentence."""
    known = {**ROLES, AUTHOR: W("填写人", "the author"), OWNER: W("负责人", "the person in charge")}
    return listed(known.get(role, known[AUTHOR]) for role in roles)


def writing(people: Roles, me: str, kind: Kind, project: str | None) -> Refused | None:
    """Why this person may not create such a record, or None."""
    if not people.roles(me, project).isdisjoint(kind.writers):
        return None
    return Refused(NO_WRITE, type=kind.label, roles=role_names(kind.writers))


def lead_for(people: Roles, me: str, kind: Kind, project: str | None) -> bool:
    """Whether this person may write the word of somebody else on their behalf: a lead."""
    about_a_person = kind.own_only and bool(kind.owner)
    return about_a_person and bool(people.roles(me, project) & set(LEADS))


def speaking(
    people: Roles, me: str, kind: Kind, project: str | None, values: Mapping[str, Any]
) -> Refused | None:
    """Why this person may not create the word of the person named in the values, or None."""
    person = values.get(kind.owner) if kind.own_only and kind.owner else None
    if person in (None, me) or lead_for(people, me, kind, project):
        return None
    return Refused(NOT_FOR, type=kind.label, roles=role_names(LEADS))


def naming(
    people: Roles, me: str, kind: Kind, project: str | None, author: str, fields: Iterable[str]
) -> Refused | None:
    """Why this person may not fill these fields, which name who reads a restricted record, or None.

    Those whose role reads it may; its author only where the author is declared to read it.
    """
    readers = kind.readers
    if readers is None or set(readers.people).isdisjoint(fields):
        return None
    if me == author and AUTHOR in readers.people:
        return None
    if not people.roles(me, project).isdisjoint(readers.roles):
        return None
    return Refused(NOT_NAMING, type=kind.label, roles=role_names(readers.roles))


def editing(people: Roles, me: str, record: PermissionSubject) -> Refused | None:
    """Why this person may not edit this record now, or None."""
    kind = record.kind
    if record.void is not None:
        return Refused(VOIDED, number=record.number)
    if kind.add_only:
        return Refused(ADD_ONLY, type=kind.label)
    closed = closed_by(record)
    if closed is not None:
        return closed
    if whose(record) == me or (OWNER in kind.writers and owned_by(record, me)):
        return None
    if kind.own_only:
        return Refused(NOT_YOURS, type=kind.label, number=record.number)
    return writing(people, me, kind, record.project)


def voiding(people: Roles, me: str, record: PermissionSubject) -> Refused | None:
    """Why this person may not take this record out of use now, or None: as with an edit."""
    return closed_by(record) or restoring(people, me, record)


def restoring(people: Roles, me: str, record: PermissionSubject) -> Refused | None:
    """Why this person may not bring this record back into use, or None."""
    if whose(record) == me:
        return None
    kind = record.kind
    if kind.own_only and (kind.add_only or not people.roles(me, record.project) & set(LEADS)):
        return Refused(NOT_YOURS, type=record.kind.label, number=record.number)
    return writing(people, me, record.kind, record.project)


def settling(people: Roles, me: str, record: PermissionSubject) -> Refused | None:
    """Why this person may not choose between values in conflict that only moves fill, or None.

    It adds nothing to the record, so a state that refuses edits does not refuse it.
    """
    if record.void is not None:
        return Refused(VOIDED, number=record.number)
    if whose(record) == me:
        return None
    return writing(people, me, record.kind, record.project)


def closed_by(record: PermissionSubject) -> Refused | None:
    """Why the record's state refuses edits, with the way on, or None."""
    state = record.kind.state(record.state)
    if state.reopen:
        move = record.kind.by_move[state.reopen]
        way = W(
            *(
                half.format(move=word, id=move.id)
                for half, word in zip(WAY_REOPEN, move.label, strict=True)
            )
        )
        return Refused(FROZEN, number=record.number, state=state.label, way=way)
    if state.frozen:
        return Refused(FROZEN, number=record.number, state=state.label, way=WAY_REVISE)
    return None


def moving(
    people: Roles,
    me: str,
    record: PermissionSubject,
    move: Move,
    submitter: Collection[str],
    writers: Writers = nobody,
) -> Refused | None:
    """Why this person may not make this move now, or None; `submitter` made the last one.

    Several people are it when they made the same move without knowing of each other. `writers`
    is asked of a four-eyes move only.
    """
    kind = record.kind
    if record.void is not None:
        return Refused(VOIDED, number=record.number)
    if record.state not in move.from_:
        names = listed(kind.state(name).label for name in move.from_)
        state = kind.state(record.state).label
        return Refused(WRONG_STATE, move=move.label, from_=names, number=record.number, state=state)
    held: set[str] = set(people.roles(me, record.project))
    if kind.name == "project":
        held |= people.roles(me, record.id)
    held |= part_in(record, me)
    if not held & set(move.who):
        return Refused(NO_ROLE, move=move.label, roles=role_names(move.who))
    if four_eyes_blocks(people, me, record, move, submitter, writers):
        return four_eyes_refusal(people, me, record, move, submitter, writers)
    return None


def importing(
    people: Roles, me: str, record: PermissionSubject, state: str, *, fresh: bool = True
) -> Refused | None:
    """Why this person may not bring a record in with this state, or None.

    Only their own record, only while it is as it was created (`fresh`), only onwards, and
    only into a state that some move they may make leads to; a four-eyes move stays one where
    there is a second person, also one that every way to the state passes. What
    moves need does not bind: what was decided elsewhere comes in as it is.
    """
    kind = record.kind
    if state not in kind.by_state:
        known = listed(one.label for one in kind.states)
        return Refused(NO_STATE, type=kind.label, state=state, known=known)
    if record.void is not None:
        return Refused(VOIDED, number=record.number)
    if whose(record) != me and not lead_for(people, me, kind, record.project):
        return Refused(NOT_YOURS, type=kind.label, number=record.number)
    if not fresh:
        return Refused(LIVED, number=record.number)
    if kind.rank[state] < kind.rank.get(record.state, 0):
        here, there = kind.state(record.state).label, kind.state(state).label
        return Refused(NOT_BACK, number=record.number, state=here, to=there)
    ways = [move for move in kind.moves if move.to == state]
    held = people.roles(me, record.project) | {AUTHOR} | part_in(record, me)
    open_ways = [move for move in ways if held & set(move.who)]
    if not open_ways:
        roles = tuple(dict.fromkeys(role for move in ways for role in move.who))
        return Refused(NO_ROLE, move=kind.state(state).label, roles=role_names(roles))
    ways = [move.but(strict=False) for move in open_ways]
    if all(four_eyes_blocks(people, me, record, move, {me}) for move in ways):
        return four_eyes_refusal(people, me, record, ways[0], {me})
    for move in _passed_over(kind, record.state, state):
        move = move.but(strict=False)
        if four_eyes_blocks(people, me, record, move, {me}):
            return four_eyes_refusal(people, me, record, move, {me})
    return None


def _passed_over(kind: Kind, start: str, end: str) -> list[Move]:
    """The decisions of two people without which no way leads from one state to the other."""
    return [move for move in kind.moves if move.four_eyes and not _leads(kind, start, end, move)]


def _leads(kind: Kind, start: str, end: str, without: Move | None = None) -> bool:
    """Whether moves that people make lead from one state to another, without this one."""
    reached, fresh, made = {start}, {start}, [move for move in kind.moves if not move.hidden]
    while fresh and end not in reached:
        steps = (move for move in made if move is not without and fresh & {*move.from_})
        fresh = {move.to for move in steps} - reached
        reached |= fresh
    return end in reached


def import_move(record: PermissionSubject, state: str) -> Move:
    """The marked move that brings a record into a state, with the roles that could get it there."""
    ways = [move for move in record.kind.moves if move.to == state]
    return Move(
        id=IMPORT,
        label=IMPORT_LABEL,
        from_=(record.state,),
        to=state,
        who=tuple(dict.fromkeys(role for move in ways for role in move.who)),
        four_eyes=bool(ways) and all(move.four_eyes for move in ways),
    )


def own_work(
    me: str,
    record: PermissionSubject,
    move: Move,
    submitter: Collection[str],
    writers: Writers = nobody,
) -> bool:
    """Whether this person wrote or submitted what is to be decided."""
    if me in (submitter or {whose(record)}) or (move.not_author and me == whose(record)):
        return True
    return me in writers(move)


def four_eyes_blocks(
    people: Roles,
    me: str,
    record: PermissionSubject,
    move: Move,
    submitter: Collection[str],
    writers: Writers = nobody,
) -> bool:
    """Whether a four-eyes move would be one's own work, though a second person is there.

    A strict one waits for a second person where there is none yet.
    """
    if not move.four_eyes or not own_work(me, record, move, submitter, writers):
        return False
    return move.strict or bool(_second_people(people, me, record, move, submitter, writers))


def _second_people(
    people: Roles,
    me: str,
    record: PermissionSubject,
    move: Move,
    submitter: Collection[str],
    writers: Writers,
) -> list[str]:
    """Who could make the move instead: of those who hold its roles, whose work it is not."""
    hands = {me, *(submitter or {whose(record)}), *writers(move)}
    hands |= {whose(record)} if move.not_author else set()
    return people.second_people(record.project, move.who, hands)


MOST_NAMED = 3
"""People that a refusal names; the others are counted."""


def four_eyes_refusal(
    people: Roles,
    me: str,
    record: PermissionSubject,
    move: Move,
    submitter: Collection[str],
    writers: Writers = nobody,
) -> Refused:
    """The sentence that refuses a four-eyes move, with who may make it."""
    found = _second_people(people, me, record, move, submitter, writers)
    if not found:
        return Refused(NO_SECOND, move=move.label, roles=role_names(move.who))
    names = [W(name, name) for name in map(people.name, found[:MOST_NAMED])]
    more = len(found) - MOST_NAMED
    names += [W(f"另有 {more} 人", f"{more} more")] if more > 0 else []
    return Refused(FOUR_EYES, move=move.label, others=listed(names))


def final(record: Record, move: Move) -> bool:
    """Whether no moves that people make lead back to the state that this one leaves: it is asked
    about first. A note or a confirmation leaves no state."""
    kind = record.kind
    return move.id in kind.by_move and not _leads(kind, move.to, record.state)


def role_used(people: Roles, me: str, record: PermissionSubject, move: Move) -> str:
    """The role under which the move is made: the first declared one that the person holds."""
    held = people.roles(me, record.project) | ({OWNER} if owned_by(record, me) else set())
    return next((role for role in move.who if role in held), AUTHOR)


def label_of(kind: Kind, move: str) -> W:
    """What a move is called; its id for one that a newer version declares."""
    known = kind.by_move.get(move)
    return known.label if known is not None else MARKED.get(move, W(move, move))


def missing(record: Record, move: Move, values: Mapping[str, Any]) -> list[str]:
    """Fields the move needs that would still be empty with these values."""
    have = {**record.values(), **values}
    return [name for name in move.needed(have) if have.get(name) in (None, "")]
