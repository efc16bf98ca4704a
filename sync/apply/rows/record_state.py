"""Record state: one record in memory while others' changes are applied to it.

It is the record's row, the versions behind each register and the losing siblings. Almost every
change replaces exactly the value shown; only the others go through the merge
(`sync.changes.merge`), with the same result.

A record that was voided while somebody else edited it stays visible: its `void` column is empty
and the voidings are among the siblings until somebody decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from models.book.writing.record_writer import groups, rank_of, spread, value_of, whole
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.versions import FieldVersions, LocalDot
from models.storage import rows
from sync.changes.change import Base, Change, Dot
from sync.changes.compatibility import ADOPT, What, tests_of
from sync.changes.merge import VOID, Register, Version, apply, past_creations, shown
from sync.log.version_lookup import VersionLookup

HEADER = ("ref", "number", "project", "occurred", "recorded", "author")


NONE: frozenset[str] = frozenset()


class RecordState:
    """A record while it is being changed; `changed` names the columns to be written."""

    __slots__ = (
        "changed",
        "cls",
        "dirty_siblings",
        "dots",
        "moved",
        "names",
        "new",
        "row",
        "siblings",
        "stored",
    )  # fmt: skip

    def __init__(
        self, cls: type[Record], row: dict[str, Any], names: VersionLookup, *, new: bool
    ) -> None:
        self.cls = cls
        self.names = names
        self.row = row
        self.new = new
        """Whether it is not in the database yet."""
        self.dots = FieldVersions(row["dots"])
        self.siblings: dict[str, Register] = {}
        """The siblings by register: versions with other values than the one shown."""
        self.changed: Set[str] = NONE
        self.dirty_siblings: Set[str] = NONE
        """Registers whose siblings must be written."""
        self.stored: Set[str] = NONE
        """Registers that have siblings in the database."""
        self.moved = False
        """Whether its place in lists (`n`) is to be found anew."""

    # -- what authorisation asks of a row (`sync.validation.history.CurrentRow`) -----------------

    @property
    def kind(self) -> Kind:
        """The declaration of the record's type."""
        return self.cls.kind

    @property
    def id(self) -> str:
        """The record's id."""
        return self.row["id"]  # type: ignore[no-any-return]

    @property
    def void(self) -> str | None:
        """Why the record is out of use, or None."""
        return self.row[VOID]  # type: ignore[no-any-return]

    @property
    def author(self) -> str:
        """Who created the record; for what only the person writes whom it is about, that person."""
        kind = self.cls.kind
        about = self.row.get(kind.owner) if kind.own_only and kind.owner else None
        return about or self.row["author"]  # type: ignore[no-any-return]

    @property
    def owner_id(self) -> str | None:
        """Whom its owner field names."""
        owner = self.cls.kind.owner
        return self.row.get(owner) if owner else None

    @property
    def project(self) -> str | None:
        """The project it belongs to."""
        return self.row["project"]  # type: ignore[no-any-return]

    @property
    def number(self) -> str:
        """Its number."""
        return self.row["number"]  # type: ignore[no-any-return]

    @property
    def state(self) -> str:
        """The state shown."""
        return self.row["state"]  # type: ignore[no-any-return]

    def of_state(self, dots: Iterable[Dot]) -> bool:
        """Whether these are versions of the state shown."""
        stand = self.dots.of("state")
        return all(map(stand.__contains__, self.names.local(dots)))

    def has(self, dot: Dot) -> bool:
        """Whether this is a version of the record."""
        return self.dots.has((self.names.idx(dot[0]), dot[1]))

    def without(self, base: Base) -> Sequence[Dot]:
        """Those of the versions in a base that it does not have."""
        idx, has, found = self.names.idx, self.dots.has, list[Dot]()
        for dots in base.values():
            for dot in dots:
                if not has((idx(dot[0]), dot[1])):
                    found.append(dot)
        return found

    # -- its versions ----------------------------------------------------------------------------

    def standing(self, register: str) -> tuple[LocalDot, ...]:
        """The versions of the value shown."""
        found = self.dots.listed.get(register)
        if found is not None:
            return found
        row = self.row
        for field in self.cls.registers().get(register, (register,)):
            if row[field] is not None:
                return (self.dots.default,)
        return ()

    def versions(self, register: str) -> Register:
        """Every version of a register, in no order."""
        found = list(self.siblings.get(register, ()))
        dots = self.standing(register)
        if dots:
            value = value_of(self.cls, register, self.row)
            names = self.names
            found += [Version(names.device(i), seq, names.at((i, seq)), value) for i, seq in dots]
        return tuple(found)

    def every(self) -> Iterable[tuple[str, LocalDot]]:
        """(register, version) of every value shown and every sibling."""
        for register in ("state", VOID, *self.cls.registers()):
            for dot in self.standing(register):
                yield register, dot
        for register, versions in self.siblings.items():
            for version in versions:
                yield register, (self.names.idx(version.device), version.seq)

    # -- what changes --------------------------------------------------------------------------

    def take(self, change: Change, skipped: Sequence[What] = ()) -> None:
        """Apply the fields of a change, but for those that this version does not understand."""
        out, names = [name for what, name in skipped], self.names
        several = groups(self.cls)
        dot = (names.idx(change.device), change.seq)
        for register, value in change.fields.items():
            if register in out or register == ADOPT:
                continue
            if register in several:
                value = whole(self.cls, register, value)
            base = names.base(register, change.base.get(register, ()))
            standing, torn = self.standing(register), register in self.siblings
            left = [version for version in standing if version not in base]
            if not left and not torn:
                self.show(register, (dot,), value)
                continue
            new = Version(change.device, change.seq, change.at, value)
            if len(standing) == len(left) == 1 and not torn:
                self.rival(register, left[0], dot, new)
                continue
            named = [(names.device(idx), seq) for idx, seq in base]
            self.settle(register, apply(self.versions(register), named, new))
        if self.row[VOID] is not None or VOID in self.siblings:
            self.look_void()

    def pass_over(self, change: Change) -> None:
        """Take away what a change replaced whose own values are not kept."""
        known = tests_of(self.cls)
        for register, dots in change.base.items():
            if register != ADOPT and register in known:
                self._strike(register, self.names.base(register, dots))
        if self.row[VOID] is not None or VOID in self.siblings:
            self.look_void()

    def _strike(self, register: str, gone: Sequence[LocalDot]) -> None:
        standing = self.standing(register)
        if register not in self.siblings:
            left = tuple(version for version in standing if version not in gone)
            if not left and standing:
                self.show(register, (), None)
            elif len(left) < len(standing):
                self.show(register, left, value_of(self.cls, register, self.row))
            return
        named = {(self.names.device(idx), seq) for idx, seq in gone}
        before = self.versions(register)
        after = tuple(version for version in before if version.dot not in named)
        if len(after) < len(before):
            self.settle(register, after)

    def header(self, header: Mapping[str, Any], device: str) -> None:
        """Another creation of the same record: the header of the earlier one counts."""
        if (header["recorded"], device) < (self.row["recorded"], self.row["device"]):
            self.moved = self.row["occurred"] != header["occurred"]
            for name in HEADER:
                self.set(name, header.get(name))
            self.set("device", device)

    def settle(self, register: str, versions: Register) -> None:
        """Show one of these versions; the others are its siblings."""
        if register == "state" and len(versions) > 1 and self.cls.kind.key:
            versions = past_creations(versions, self._creations(versions))
        if not versions:
            self.show(register, (), None)
            self.put_siblings(register, ())
            return
        won = shown(versions, rank_of(self.cls.kind, register))
        key, same, others = _key(won.value), [won], list[Version]()
        for version in versions:
            if version is not won:
                (same if _key(version.value) == key else others).append(version)
        self.show(register, [(self.names.idx(v.device), v.seq) for v in same], won.value)
        self.put_siblings(register, tuple(others))

    def _creations(self, versions: Register) -> list[Dot]:
        """Those of these versions of the state that creations wrote, in the first state."""
        first = self.cls.kind.states[0].name
        return [v.dot for v in versions if v.value == first and self._creates(v)]

    def _creates(self, version: Version) -> bool:
        # A creation is never pruned: every device can tell.
        change = self.names.change((self.names.idx(version.device), version.seq))
        return change is not None and change.header is not None

    def rival(self, register: str, old: LocalDot, dot: LocalDot, new: Version) -> None:
        """Add a version that was written without knowing of the only one there is."""
        names, value = self.names, value_of(self.cls, register, self.row)
        one = Version(names.device(old[0]), old[1], names.at(old), value)
        if rank_of(self.cls.kind, register) is not None or _key(value) == _key(new.value):
            self.settle(register, (one, new))
        elif shown((one, new)) is new:
            self.show(register, (dot,), new.value)
            self.put_siblings(register, (one,))
        else:
            self.put_siblings(register, (new,))

    def show(self, register: str, dots: Sequence[LocalDot], value: Any) -> None:
        """Write a register's columns and the versions of their value."""
        if register not in groups(self.cls):
            self.set(register, value)
        else:
            for name, member in spread(self.cls, register, value).items():
                self.set(name, member)
        if tuple(dots) == self.standing(register):
            return
        if dots:
            self.dots.put(register, dots)
        else:
            self.dots.listed.pop(register, None)
        self._note("dots")

    def _note(self, column: str) -> None:
        if not self.new:  # a new row is written whole
            self.changed |= {column}

    def set(self, column: str, value: Any) -> None:
        """Write one column, unless it says so already."""
        if self.row[column] != value or self.row[column].__class__ is not value.__class__:
            self.row[column] = value
            self._note(column)

    def put_siblings(self, register: str, versions: Register) -> None:
        """Replace the siblings of a register."""
        if versions != self.siblings.get(register, ()):
            self.dirty_siblings |= {register}
        if versions:
            self.siblings[register] = versions
        else:
            self.siblings.pop(register, None)

    # -- void ------------------------------------------------------------------------------------

    def look_void(self) -> None:
        """Hide or show a void record as the review asks for (see above)."""
        if self.row[VOID] is None and VOID not in self.siblings:
            return
        versions = self.versions(VOID)
        if any(version.value is None for version in versions) or not self.contested():
            self.settle(VOID, versions)
        elif self.row[VOID] is not None:
            self.show(VOID, (), None)
            self.put_siblings(VOID, versions)

    def contested(self) -> bool:
        """Whether there is a value that none of the voidings has in its base."""
        names = self.names
        voids = [(names.idx(v.device), v.seq) for v in self.versions(VOID)]
        seen = set().union(*(names.saw(dot) for dot in voids))
        return any(register != VOID and dot not in seen for register, dot in self.every())

    # -- how it is written ------------------------------------------------------------------------

    def whole(self) -> dict[str, Any]:
        """The row as it is to be written."""
        self.tidy()
        return self.row

    def tidy(self) -> None:
        """The shortest form of the versions: what the default says need not be listed."""
        plain = (self.dots.default,)
        for register, dots in list(self.dots.listed.items()):
            if dots == plain:
                del self.dots.listed[register]
                if self.standing(register) != plain:
                    self.dots.listed[register] = dots
        self.row["dots"] = self.dots.text()


def born(cls: type[Record], change: Change, names: VersionLookup) -> RecordState:
    """A record from its creation, fields left out."""
    header: Mapping[str, Any] = change.header or {}
    row = dict.fromkeys(_columns(cls))
    row |= {name: header.get(name) for name in HEADER}
    row |= {"id": change.record, "device": change.device, "synced": names.now}
    row["dots"] = f"{names.idx(change.device)}.{change.seq}"
    return RecordState(cls, row, names, new=True)


def _columns(cls: type[Record]) -> tuple[str, ...]:
    return rows.columns(cls)


def _key(value: object) -> object:
    """What tells two values apart; Python holds True == 1."""
    return _encode(value) if value.__class__ is dict else (value.__class__, value)


_encode = json.JSONEncoder(sort_keys=True).encode
