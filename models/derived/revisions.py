"""Revisions: the versions of a record, of which one is in force; calculated, never stored.

A type declares how its versions follow each other:

    @revised(follows="follows", version="version", in_force=("published",),
             rows={"template_item": "stable"})
    class Template(Record): ...

A version is *approved* while it is in a state of `in_force`, and where it was and has ended since.
It is in force until one that follows it is approved; a void one counts for nothing. Where a merge
brings two approved versions of one line, both say so, and until one of them is retired the higher
version number is in force (of equal ones that begun first), on every replica alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from models.book import rules
from models.book.derived_state import DerivedState, derived_state
from models.frozen import Frozen, NamedTuple
from models.schema.lifecycle import State
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import places
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

REPLACED = State("replaced", W("已被替代", "replaced"), frozen=True, ended=True, derived=True)
"""Shown of an approved version that another one replaces."""
CONTESTED = State("contested", W("有效，另有并行版", "in force, rivalled"), "warn", derived=True)
"""Shown of the version in force while a merge has brought another one beside it."""
PARALLEL = State("parallel", W("并行版", "rival version"), "warn", derived=True)
"""Shown of that other one; a type of revisions has all three among its states."""
SHOWN = (REPLACED, CONTESTED, PARALLEL)

NAMED = W("第 {version} 版（{number}）", "version {version} ({number})")
NO_VERSIONS = W("{type}没有版本。", "A {type} has no versions.")
NOT_APPROVED = W(
    "{number} 还没有启用或批准过，请直接修改它，不必另建新版本。",
    "{number} was never approved. Change it as it is; it needs no new version.",
)
FOLLOWED = W(
    "{number} 已被{by}替代。请由{by}建立新版本。",
    "{number} is replaced by {by}. Make the new version of {by}.",
)
DRAFTED = W(
    "{number} 的新版本已在起草：{draft}。请继续修改它，或先作废它。",
    "A new version of {number} is being written already: {draft}. Continue it, or void it first.",
)
ROUND = W("{number} 不能替代它自己或它之后的版本。", "{number} cannot follow itself.")
OTHER_TYPE = W("{number} 不是{type}，不能被它替代。", "{number} is no {type}; it cannot follow it.")
OTHER_PROJECT = W(
    "{number} 属于别的项目。新版本须与原版本属于同一项目。",
    "{number} is of another project. A new version belongs to the project of the one it follows.",
)
SAME_CODE = W(
    "“{label}”{code} 已用于 {number}。同一版本中每一行的编码不同，请换一个。",
    "“{label}” {code} is that of {number}. Each row of one version has its own; choose another.",
)
TWO = W(
    "{by}已在有效。请把“{follows}”改为 {by}，或先停用它，再执行此操作。",
    "{by} is in force. Let this one follow it (“{follows}”), or retire it first.",
)


class Revised(Frozen, kw_only=True):
    """How the versions of a type follow each other."""

    type: str
    follows: str
    """The link to the version that is replaced."""
    version: str
    """The count field that numbers the versions; empty counts as 1."""
    in_force: tuple[str, ...]
    """The states of an approved version."""
    rows: Mapping[str, str] = field(default_factory=dict)
    """Row type -> its field that holds the same code in every version."""


Declared = TypeVar("Declared", bound=type[Record])
_declared: dict[str, Revised] = {}


def revised(
    *,
    follows: str,
    version: str,
    in_force: tuple[str, ...],
    rows: Mapping[str, str] | None = None,
) -> Callable[[Declared], Declared]:
    """Declare a type of revisions. Raises `TypeError` for a declaration that does not fit."""

    def declare(cls: Declared) -> Declared:
        how = Revised(
            type=cls.kind.name, follows=follows, version=version, in_force=in_force, rows=rows or {}
        )
        _check(cls, how)
        _declared[how.type] = how
        derived_state(how.type)(lambda store: Versions(store, how))
        rules.given(how.type)(partial(_given, how))
        rules.before_write(how.type)(partial(_edited, how))
        for type, code in how.rows.items():
            rules.before_write(type)(partial(_own_code, type, code))
        return cls

    return declare


def _check(cls: type[Record], how: Revised) -> None:
    specs, states = cls.specs(), cls.kind.by_state
    link = specs.get(how.follows)
    if link is None or link.target != how.type:
        raise TypeError(f"{how.type}: {how.follows!r} is no link to another version")
    if how.version not in specs or not set(how.in_force) <= set(states):
        raise TypeError(f"{how.type}: unknown version field or state")
    if any(states.get(state.name) is not state for state in SHOWN):
        raise TypeError(f"{how.type}: its states must include those of `revisions.SHOWN`")


def declared(type: str) -> Revised | None:
    """How a type's versions follow each other; None where it has none."""
    return _declared.get(type)


def anew(type: str) -> dict[str, None]:
    """What a plain copy of a record leaves empty: it begins a line of versions of its own."""
    how = _declared.get(type)
    return {how.follows: None, how.version: None} if how is not None else {}


def types() -> tuple[str, ...]:
    """The types that have versions."""
    return tuple(_declared)


class RecordVersion(NamedTuple):
    """What a version's row says of it."""

    id: str
    follows: str | None
    state: str
    living: bool
    version: int
    occurred: int
    number: str

    @property
    def name(self) -> W:
        """Its version and number, for a sentence."""
        zh, en = (h.format(version=self.version, number=self.number) for h in NAMED)
        return W(zh, en)


class Versions(DerivedState):
    """All versions of one type, over one look at the store.

    Any version may be voided: the one before it is in force again.
    """

    def __init__(self, store: Store, how: Revised) -> None:
        self._store, self.how = store, how
        self._kind = kinds[how.type].kind

    @cached_property
    def _every(self) -> dict[str, RecordVersion]:
        """Every version that follows another one, or is followed."""
        how = self.how
        table, follows = f'"{how.type}"', f'"{how.follows}"'
        sql = (
            f'SELECT id, {follows}, state, void IS NULL, "{how.version}", occurred, number'
            f" FROM {table} WHERE {follows} IS NOT NULL"
            f" OR id IN (SELECT {follows} FROM {table})"
        )
        found = (
            RecordVersion(id, before, state, bool(living), version or 1, occurred, number)
            for id, before, state, living, version, occurred, number in self._store.rows(sql)
        )
        return _straight({one.id: one for one in found})

    @cached_property
    def _ended(self) -> set[str]:
        """The ids of those that were approved once."""
        states = self.how.in_force
        sql = f"SELECT DISTINCT record FROM transition WHERE type=? AND state IN ({places(states)})"
        return {str(id) for (id,) in self._store.rows(sql, (self.how.type, *states))}

    @cached_property
    def _replaced(self) -> set[str]:
        """The ids of those that an approved one follows, however far."""
        found = set[str]()
        for one in self._every.values():
            before = one.follows if self._approved(one) else None
            while before in self._every and before not in found:
                found.add(before)
                before = self._every[before].follows
        return found

    @cached_property
    def _after(self) -> dict[str, list[RecordVersion]]:
        found: dict[str, list[RecordVersion]] = {}
        for one in self._every.values():
            if one.follows is not None:
                found.setdefault(one.follows, []).append(one)
        return found

    @cached_property
    def _rivals(self) -> dict[str, list[RecordVersion]]:
        """Id -> all that are approved and not replaced in its line, that in force first."""
        lines: dict[str, list[RecordVersion]] = {}
        for one in self._every.values():
            if one.living and one.state in self.how.in_force and one.id not in self._replaced:
                lines.setdefault(self._first(one.id), []).append(one)
        found = dict[str, list[RecordVersion]]()
        for line in lines.values():
            line.sort(key=lambda one: (-one.version, one.occurred, one.id))
            if len(line) > 1:
                found |= dict.fromkeys((one.id for one in line), line)
        return found

    def _first(self, id: str) -> str:
        while (before := self._every[id].follows) in self._every:
            id = before
        return id

    def _approved(self, one: RecordVersion) -> bool:
        """Whether it is approved, or was and has ended."""
        if not one.living:
            return False
        ended = self._kind.state(one.state).ended and one.id in self._ended
        return one.state in self.how.in_force or ended

    def approved(self, record: Record) -> bool:
        """Whether a record is approved, or was and has ended since."""
        return self._approved(self.version(record))

    def version(self, record: Record) -> RecordVersion:
        """What a record says of itself as a version."""
        known = self._every.get(record.id)
        if known is not None:
            return known
        living, version = record.void is None, getattr(record, self.how.version) or 1
        return RecordVersion(
            record.id, None, record.state, living, version, record.occurred, record.number
        )

    def in_force(self, record: Record) -> bool:
        """Whether a record is the version that is in force."""
        if record.void is not None or record.state not in self.how.in_force:
            return False
        rivals = self._rivals.get(record.id)
        return record.id not in self._replaced and (not rivals or rivals[0].id == record.id)

    def rivals(self, record: Record) -> list[RecordVersion]:
        """The others that a merge has brought beside an approved version, that in force first."""
        return [one for one in self._rivals.get(record.id, ()) if one.id != record.id]

    def contested(self) -> list[str]:
        """The ids of all that a merge has brought beside each other, one line after the other."""
        return list(self._rivals)

    def current(self, record: Record) -> RecordVersion | None:
        """The version in force in a record's line; None where there is none."""
        line = self.line(record)
        found = [one for one in line if one.living and one.state in self.how.in_force]
        found = [one for one in found if one.id not in self._replaced]
        return min(found, key=lambda one: (-one.version, one.occurred, one.id), default=None)

    def replaced_by(self, record: Record) -> RecordVersion | None:
        """The version in force that follows a record, else the last one that was; or None."""
        if record.id not in self._replaced:
            return None
        found = [
            one
            for one in self._following(record.id)
            if self._approved(one) and one.id not in self._replaced
        ]

        def order(one: RecordVersion) -> tuple[bool, int, int, str]:
            return (one.state not in self.how.in_force, -one.version, one.occurred, one.id)

        return min(found, key=order, default=None)

    def draft(self, record: Record) -> RecordVersion | None:
        """The version that follows a record's line and is not approved yet, the oldest of several;
        None where there is none."""
        found = [
            one
            for one in self.line(record)
            if one.living
            and one.id != record.id
            and one.follows is not None
            and not self._approved(one)
            and not self._kind.state(one.state).ended
        ]
        return min(found, key=lambda one: (one.occurred, one.id), default=None)

    def line(self, record: Record) -> list[RecordVersion]:
        """All versions of a record's line, void ones too: the newest first."""
        if record.id not in self._every:
            return [self.version(record)]
        first = self._first(record.id)
        found = [self._every[first], *self._following(first)]
        return sorted(found, key=lambda one: (-one.version, -one.occurred, one.id))

    def _following(self, id: str) -> Iterator[RecordVersion]:
        todo = [id]
        while todo:
            for one in self._after.get(todo.pop(), ()):
                yield one
                todo.append(one.id)

    # -- as a derived state ------------------------------------------------------------------------

    def state(self, record: Record) -> str | None:
        """Replaced, or one of several in force at once; None where the stored state holds."""
        return self._shown(self.version(record))

    def sql(self, type: str) -> tuple[str, list[Any]] | None:  # noqa: ARG002
        """The SQL expression of the shown state and its parameters."""
        shown: dict[str, list[str]] = {}
        for one in self._every.values():
            name = self._shown(one)
            if name is not None:
                shown.setdefault(name, []).append(one.id)
        if not shown:
            return None
        whens = (f"WHEN id IN (SELECT value FROM json_each(?)) THEN '{name}'" for name in shown)
        return f"CASE {' '.join(whens)} ELSE state END", [json.dumps(ids) for ids in shown.values()]

    def _shown(self, one: RecordVersion) -> str | None:
        if not one.living or one.state not in self.how.in_force:
            return None
        if one.id in self._replaced:
            return REPLACED.name
        rivals = self._rivals.get(one.id)
        if not rivals:
            return None
        return CONTESTED.name if rivals[0].id == one.id else PARALLEL.name

    def bars_move(self, record: Record, to: str) -> Refused | None:
        """A version is not approved beside one that it does not follow."""
        if to not in self.how.in_force or record.state in self.how.in_force:
            return None
        after = self.replaced_by(record)
        if after is not None:
            return Refused(FOLLOWED, number=record.number, by=after.name)
        before = set(self._before(record.id))
        beside = [
            one
            for one in self.line(record)
            if one.living
            and one.id not in {record.id, *before}
            and one.state in self.how.in_force
            and one.id not in self._replaced
        ]
        if not beside:
            return None
        label = type(record).specs()[self.how.follows].label
        return Refused(TWO, by=beside[0].name, follows=label)

    def _before(self, id: str) -> Iterator[str]:
        while id in self._every and (before := self._every[id].follows) in self._every:
            yield before
            id = before

    # -- asked by the book -------------------------------------------------------------------------

    def refuses(self, before: Record, record: Record | None = None) -> Refused | None:
        """Why a new version, or this record, may not follow a version; None where it may."""
        if record is not None and record.id in {before.id, *self._before(before.id)}:
            return Refused(ROUND, number=record.number)
        if not self.approved(before):
            return Refused(NOT_APPROVED, number=before.number)
        after = self.replaced_by(before)
        if after is not None and (record is None or after.id != record.id):
            return Refused(FOLLOWED, number=before.number, by=after.name)
        draft = self.draft(before)
        if draft is not None and (record is None or draft.id != record.id):
            return Refused(DRAFTED, number=before.number, draft=draft.name)
        return None

    def next_number(self, before: Record) -> int:
        """The number of a version that follows one: above every number of its line."""
        return max(one.version for one in self.line(before)) + 1


def _straight(every: dict[str, RecordVersion]) -> dict[str, RecordVersion]:
    """The same without links that lead round in a circle, which only a forged change brings."""
    done, round = set[str](), set[str]()
    for id in every:
        path: dict[str, None] = {}
        here: str | None = id
        while here in every and here not in done and here not in path:
            path[here] = None
            here = every[here].follows
        if here in path:
            ids = list(path)
            round |= set(ids[ids.index(here) :])
        done |= set(path)
    return {
        id: one._replace(follows=None if id in round else one.follows) for id, one in every.items()
    }


def versions(store: Store, type: str) -> Versions:
    """All versions of a type. Raises `Refused` for a type that has none."""
    how = _declared.get(type)
    if how is None:
        raise Refused(NO_VERSIONS, type=kinds[type].kind.label)
    return Versions(store, how)


def in_force(store: Store, cls: type[Record]) -> list[Record]:
    """The records of a type that are in force, oldest first."""
    look = versions(store, cls.kind.name)
    states = look.how.in_force
    where = f"WHERE state IN ({places(states)}) AND void IS NULL ORDER BY n"
    return [record for record in rows.fetch(store, cls, where, states) if look.in_force(record)]


# -- rules of the types ----------------------------------------------------------------------------


def _given(
    how: Revised, book: Book, values: Mapping[str, Any], project: str | None
) -> dict[str, Any]:
    """A new version follows an approved one, and has the next number unless it is given one."""
    before = _followed(how, book, values, project)
    if before is None:
        return {}
    look = versions(book.store, how.type)
    refused = look.refuses(before)
    if refused is not None:
        raise refused
    if values.get(how.version) is not None:
        return {}
    return {how.version: look.next_number(before)}


def _edited(how: Revised, book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """A draft may be made to follow another version, by the same rules."""
    if record is None or values.get(how.follows) in (None, getattr(record, how.follows)):
        return
    before = _followed(how, book, values, record.project)
    refused = versions(book.store, how.type).refuses(before, record) if before else None
    if refused is not None:
        raise refused


def _followed(
    how: Revised, book: Book, values: Mapping[str, Any], project: str | None
) -> Record | None:
    """The version that values name to be followed, of the same type and project."""
    id = values.get(how.follows)
    before = book.find(str(id)) if id else None
    if before is None:
        return None
    if before.type != how.type:
        raise Refused(OTHER_TYPE, number=before.number, type=kinds[how.type].kind.label)
    if before.project != project:
        raise Refused(OTHER_PROJECT, number=before.number)
    return before


def _own_code(
    type: str, code: str, book: Book, values: Mapping[str, Any], record: Record | None
) -> None:
    """No two rows of one version have the same code: each has its own history by it."""
    cls = kinds[type]
    given, parent = values.get(code), cls.kind.parent
    if given is None or (record is not None and given == getattr(record, code)):
        return
    above = values.get(parent) or getattr(record, parent, None)
    sql = (
        f'SELECT number FROM "{type}" WHERE "{parent}"=? AND "{code}"=? AND void IS NULL AND id<>?'
    )
    twin = book.store.row(sql, (above, given, record.id if record is not None else ""))
    if twin is not None:
        label = cls.specs()[code].label
        raise Refused(SAME_CODE, label=label, code=given, number=twin[0])
