"""Fast path: changes that are allowed beyond doubt, and most are: many answers are one. Pure.

A plain edit names the state that stands in the record's row and versions of that record only, and
writes nothing but ordinary fields. A plain creation begins a record that nobody knows, in its
first state, by its author. Whoever gets no quick answer is judged in full
(`sync.validation.authorize`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from models.book import permissions
from models.schema import natural_keys
from models.schema.record import Kind, Record, kinds
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT
from sync.changes.merge import VOID
from sync.trust.membership import Membership
from sync.validation.change_context import STATE, ChangeSubject, RolesAt
from sync.validation.creation_rules import formed, placed
from sync.validation.field_rules import at_birth, by_move
from sync.validation.history import ChangeHistory, CurrentRow, Writer


class FastPath:
    """Quick answers about the changes of one writer, over one past."""

    def __init__(self, writer: Writer, past: ChangeHistory, membership: Membership) -> None:
        self.writer = writer
        self.past = past
        self.membership = membership
        self._edits: dict[tuple[str, str, str | None, bool], bool] = {}
        self._births: dict[tuple[str, str, str | None], bool] = {}

    def allows(self, change: Change) -> bool:
        """Whether this is a plain change; False says nothing."""
        if change.header is not None:
            return self._born(change, change.header)
        if change.move is not None or not change.fields:
            return False
        row = self.past.standing(change.type, change.record)
        if row is None or not _special(kinds[change.type]).isdisjoint(change.fields):
            return False
        state = change.base.get(STATE)
        if not state or not all(map(change.base.get, change.fields)):
            return False
        return row.of_state(state) and self._own(change, row) and self._right(change, row)

    def _own(self, change: Change, row: CurrentRow) -> bool:
        """Whether every version that is named is the record's own."""
        others = row.without(change.base)
        return not others or all(self.past.record(*dot) == change.record for dot in others)

    def _right(self, change: Change, row: CurrentRow) -> bool:
        """Whether the writer may edit such a record: one answer for many of them."""
        kind, project, own = kinds[change.type].kind, row.project, row.author == self.writer.person
        allowed = self._edits.get((kind.name, row.state, project, own))
        if allowed is None:
            allowed = self._may_edit(kind, change, row)
            self._edits[kind.name, row.state, project, own] = allowed
        return allowed

    def _may_edit(self, kind: Kind, change: Change, row: CurrentRow) -> bool:
        if kind.space == "parent" or change.space != natural_keys.space_of(kind, row.project):
            return False
        subject = ChangeSubject(kind, change.record, row.number, row.project, row.author, row.state)
        roles = RolesAt(self.membership, self.writer.members)
        return permissions.editing(roles, self.writer.person, subject) is None

    def _born(self, change: Change, header: Mapping[str, Any]) -> bool:
        cls = kinds[change.type]
        if change.base or change.move is not None or not formed(header, change.record):
            return False
        if header["author"] != self.writer.person:
            return False
        if change.fields.get(STATE) != cls.kind.states[0].name:
            return False
        if not _kept(cls).isdisjoint(change.fields) or self.past.births(change.record):
            return False
        project = header["project"]
        allowed = self._births.get((change.type, change.space, project))
        if allowed is None:
            allowed = self._may_begin(cls.kind, change.space, project)
            self._births[change.type, change.space, project] = allowed
        return allowed

    def _may_begin(self, kind: Kind, space: str, project: str | None) -> bool:
        if kind.key or not placed(kind, space, project):
            return False
        roles = RolesAt(self.membership, self.writer.members)
        return permissions.writing(roles, self.writer.person, kind, project) is None


@cache
def _kept(cls: type[Record]) -> frozenset[str]:
    """Registers that no creation writes."""
    return by_move(cls) | {VOID, ADOPT}


@cache
def _special(cls: type[Record]) -> frozenset[str]:
    """Registers that are no ordinary fields."""
    return by_move(cls) | at_birth(cls) | {STATE, VOID, ADOPT}
