"""Change context: what authorising one change needs. Pure.

That is its writer, the roles of that person, and the record's state and versions when the change
was written. A reason against it is raised as `Refused`; `Lacking` when a version that it names is
not here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, NoReturn

from models.book.permissions import PermissionSubject
from models.book.writing.record_writer import owner_register, spread
from models.schema import natural_keys
from models.schema.kind import Kind
from models.schema.record import Record, kinds
from models.text.words import Refused, W
from sync.changes.change import Change, Dot
from sync.changes.pruned import PrunedChange
from sync.trust.membership import Membership
from sync.validation import reasons
from sync.validation.history import ChangeHistory, CurrentRow, Lacking, Writer
from sync.validation.reasons import Newer

STATE = "state"


class ChangeSubject(NamedTuple):
    """A record in the state before a change; a `models.book.permissions.PermissionSubject`."""

    kind: Kind
    id: str
    number: str
    project: str | None
    author: str
    state: str
    void: str | None = None
    owner_id: str | None = None


def version_named(change: Change | None) -> int:
    """The membership version that a change names itself; 0 where it is no move."""
    said = (change.move or {}).get("members") if change is not None else None
    return said if isinstance(said, int) and said.__class__ is int else 0


def past_births(states: list[Change]) -> list[Change]:
    """The versions of a state that count: where two devices created the record of one natural key,
    the state that both gave it is no rival of a later move (`sync.changes.merge`)."""
    return [change for change in states if change.header is None] or states


class RolesAt(NamedTuple):
    """The roles at one membership version; a `models.book.permissions.Roles`."""

    membership: Membership
    version: int
    by: str = ""
    """The writer of a change that may come after a role of theirs was taken."""
    change: Change | None = None
    past: ChangeHistory | None = None
    """What tells which history of a device the change is of."""

    def roles(self, person: str, project: str | None) -> frozenset[str]:
        """Roles of a person on a project; for company records, on any project."""
        change = self.change
        if change is None or self.past is None or person != self.by:
            return self.membership.roles_at(self.version, person, project)
        place = change.device, change.space, change.seq
        return self.membership.roles_by(self.version, person, project, place, self.past.passes)

    def then(self, person: str, project: str | None) -> frozenset[str]:
        """The roles as the version itself has them, also those that were taken since."""
        return self.membership.roles_at(self.version, person, project)

    def second_person(
        self, project: str | None, roles: tuple[str, ...], except_person: str
    ) -> bool:
        """Whether somebody else could have made a four-eyes move."""
        return self.membership.second_person(self.version, project, roles, except_person)

    def second_people(
        self, project: str | None, roles: tuple[str, ...], besides: Collection[str]
    ) -> list[str]:
        """Who else could have made a four-eyes move."""
        return self.membership.second_people(self.version, project, roles, besides)

    def name(self, person: str) -> str:
        """What a person is called today; the id of one who is not known."""
        known = self.membership.people.get(person)
        return known.name if known else person


class WriterContext:
    """The writer of one segment, with the membership log; the same for all of its changes."""

    def __init__(self, writer: Writer, membership: Membership) -> None:
        self.device = writer.device
        self.person = writer.person
        self.members = writer.members
        self.first = writer.first
        self.membership = membership
        self._walked = writer.first, 0
        self.sealed = RolesAt(membership, writer.members)
        """The roles at the membership version that the seal names."""

    @cached_property
    def name(self) -> str:
        """What the person is called today; the id of one who is not known."""
        known = self.membership.people.get(self.person)
        return known.name if known else self.person

    @cached_property
    def level(self) -> int:
        """The level of the rules by which the writer's changes are authorised."""
        return self.membership.level_at(self.members)

    @cached_property
    def lost(self) -> int:
        """The last version that took a role from the person; 0 for almost everybody."""
        return max(
            (one.version for _, one in self.membership.taken_since(0, self.person)), default=0
        )

    def named_before(self, change: Change, past: ChangeHistory) -> int:
        """The highest version that moves name which stand before a change under its seal.

        Changes are to be asked for in their order.
        """
        upto, top = self._walked
        for seq in range(upto, change.seq):
            top = max(top, version_named(past.change(change.device, seq)))
        self._walked = max(upto, change.seq), top
        return top


class ChangeContext:
    """What authorising one change needs: its writer, that person's roles, and the record then.

    The record is given by its state and its versions when the change was written.
    """

    _row: CurrentRow | None = None
    _asked = False

    def __init__(self, change: Change, writer: WriterContext, past: ChangeHistory) -> None:
        self.change = change
        self.writer = writer
        self.past = past
        self.me = writer.person
        self.cls: type[Record] = kinds[change.type]
        self.kind: Kind = self.cls.kind

    def refuse(self, word: W, **values: object) -> NoReturn:
        """Raise a reason."""
        raise Refused(word, who=self.writer.name, **values)

    def unless(self, refused: Refused | None) -> None:
        """Raise what the rights refuse, said of this person."""
        if refused is not None:
            if refused.word in reasons.FOR_WANT_OF_A_ROLE:
                self.unless_taken()
            raise reasons.of(refused, self.writer.name)

    def unless_taken(self) -> None:
        """Refuse what comes after a role was taken from this person that they had by then."""
        change, at = self.change, version_named(self.change) or self.writer.members
        place = change.device, change.space, change.seq
        gone = self.writer.membership.taken_since(at, self.me) if self.writer.lost > at else ()
        if any(one.beyond(*place, self.past.passes) for _, one in gone):
            self.refuse(reasons.ROLE_TAKEN)

    @property
    def who(self) -> str:
        """The name of the person."""
        return self.writer.name

    def roles(self, version: int | None = None) -> RolesAt:
        """Roles at a version: the one the seal names unless a move names its own."""
        writer = self.writer
        at = writer.members if version is None else version
        if at < writer.lost:
            return RolesAt(writer.membership, at, self.me, self.change, self.past)
        return writer.sealed if version is None else RolesAt(writer.membership, at)

    def label(self, register: str) -> object:
        """What people call a register."""
        known = {STATE: reasons.STATE, "void": reasons.VOID}
        names = self.cls.registers().get(register)
        return self.cls.specs()[names[0]].label if names else known.get(register, register)

    def state_label(self, name: object) -> W:
        """What people call a state, whatever stands in its place."""
        return self.kind.state(name).label if isinstance(name, str) else reasons.NOTHING

    # -- the record ------------------------------------------------------------------------------

    @property
    def row(self) -> CurrentRow | None:
        """The record's row, where its project says which space it belongs to; asked for once."""
        if not self._asked:
            self._asked = True
            found = self.past.current_row(self.change.type, self.change.record)
            if found is not None and self._is_of_space(found):
                self._row = found
        return self._row

    def _is_of_space(self, row: CurrentRow) -> bool:
        if self.kind.space == "parent" or self.kind.beside:
            return False
        change = self.change
        return change.space == natural_keys.space_of(self.kind, row.project, change.record)

    def row_in_state(self) -> PermissionSubject | None:
        """The record's row, where the change names the versions of the state it shows.

        It saves reading the creations and the state's change, and says no more than they do. Who
        the owner was is no part of it.
        """
        row, state = self.row, self.change.base.get(STATE)
        if self.kind.owner_acts:
            return None
        return row if row is not None and state and row.of_state(state) else None

    @cached_property
    def births(self) -> Sequence[Change]:
        """The creations of the record; refused when none counts, or they are of another kind."""
        found = self.past.births(self.change.record)
        if not found:
            self.refuse(reasons.NO_BIRTH)
        here = self.change.space, self.change.type
        alike = [birth for birth in found if (birth.space, birth.type) == here]
        return alike or self.refuse(reasons.ELSEWHERE)

    def subject(self, state: str) -> ChangeSubject:
        """The record in a state; its author is this person if they created it, with others or not.

        Two people may create the record of one natural key; each of them is an author then. What
        only the person writes whom it is about is that person's.
        """
        headers = [(birth.header or {}, birth.device) for birth in self.births]
        header, _ = min(headers, key=lambda one: (_whole(one[0].get("recorded")), one[1]))
        authors = [str(one.get("author")) for one, _ in headers]
        author = self.me if self.me in authors else str(header.get("author"))
        if self.kind.own_only and self.kind.owner:
            abouts = [birth.fields.get(self.kind.owner) for birth in self.births]
            author = next((one for one in abouts if isinstance(one, str)), author)
        project = header.get("project")
        return ChangeSubject(
            self.kind, self.change.record, str(header.get("number")),
            project if isinstance(project, str) else None, author, state, None, self.owner(),
        )  # fmt: skip

    def owner(self) -> str | None:
        """This person, where a version that the change names says that they were the owner."""
        for register in owner_register(self.cls):
            for version in self.versions(register):
                value = spread(self.cls, register, version.fields.get(register))
                if value.get(self.kind.owner) == self.me:
                    return self.me
        return None

    # -- the versions it names -------------------------------------------------------------------

    def own_versions(self, registers: Iterable[str]) -> None:
        """Refuse a register written over nothing, or over versions of another record."""
        row, base = self.row, self.change.base
        for register in registers:
            if not base.get(register):
                self.refuse(reasons.BASELESS, field=self.label(register))
        named = (
            [dot for dots in base.values() for dot in dots] if row is None else row.without(base)
        )
        for dot in named:
            self._ours(dot)

    def _ours(self, dot: Dot) -> None:
        """Refuse a version of another record."""
        if self.past.record(*dot) not in (None, self.change.record):
            self.refuse(reasons.FOREIGN)

    def versions(self, register: str, of: Change | None = None) -> list[Change]:
        """The changes whose value of a register was seen; for quarantined ones, those before.

        `of` asks it of an earlier change.
        """
        named = (of or self.change).base.get(register, ())
        todo, found, met = list(named), list[Change](), set[Dot]()
        while todo:
            dot = todo.pop()
            if dot in met:
                continue
            met.add(dot)
            self._ours(dot)
            change = self.past.change(*dot)
            if self.past.parked(*dot):
                raise Newer(reasons.NEWER_BASE)
            if change is not None and self.past.quarantined(*dot):
                todo += change.base.get(register, ())
            elif change is None or isinstance(change, PrunedChange):
                raise Lacking(dot)
            else:
                found.append(change)
        return found

    def states_under(self, change: Change) -> list[Change]:
        """The changes whose state a change of this record replaced."""
        return self.versions(STATE, change)

    def state(self) -> tuple[str, list[Change]]:
        """The state that the change names, and who wrote it: the least advanced, as it is shown."""
        written = [(str(c.fields[STATE]), c) for c in self.versions(STATE) if c.fields.get(STATE)]
        if not written:
            self.refuse(reasons.BASELESS, field=reasons.STATE)
        rank = self.kind.rank
        shown = min((value for value, _ in written), key=lambda v: rank.get(v, len(rank)))
        return shown, [change for value, change in written if value == shown]


def _whole(value: object) -> int:
    return value if value.__class__ is int else 0
