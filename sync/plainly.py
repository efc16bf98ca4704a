"""Plainly: edits that are allowed beyond doubt, told by the record's row: most changes are such.

Such an edit names the state that stands there and versions of that record only, and writes nothing
but ordinary fields. Whoever gets no quick answer is judged in full (`sync.judge`). Pure.
"""

from __future__ import annotations

from functools import cache

from models import identity, rights
from models.record import Kind, Record, kinds
from sync.case import STATE, RolesAt, Subject
from sync.change import Change
from sync.fields import at_birth, by_move
from sync.membership import Membership
from sync.merge import VOID
from sync.past import Past, Standing, Writer
from sync.values import ADOPT


class Plainly:
    """Quick answers about the changes of one writer, over one past."""

    def __init__(self, writer: Writer, past: Past, membership: Membership) -> None:
        self.writer = writer
        self.past = past
        self.membership = membership
        self._allowed: dict[tuple[str, str, str | None, bool], bool] = {}

    def allows(self, change: Change) -> bool:
        """Whether this is such an edit; False says nothing."""
        if change.header is not None or change.move is not None or not change.fields:
            return False
        row = self.past.standing(change.type, change.record)
        if row is None or not _special(kinds[change.type]).isdisjoint(change.fields):
            return False
        state = change.base.get(STATE)
        if not state or not all(map(change.base.get, change.fields)):
            return False
        for dot in state:
            if not row.of_state(dot):
                return False
        return self._own(change, row) and self._right(change, row)

    def _own(self, change: Change, row: Standing) -> bool:
        """Whether every version that is named is the record's own."""
        for dots in change.base.values():
            for dot in dots:
                if not row.has(dot) and self.past.record(*dot) != change.record:
                    return False
        return True

    def _right(self, change: Change, row: Standing) -> bool:
        """Whether the writer may edit such a record: one answer for many of them."""
        kind, project, own = kinds[change.type].kind, row.project, row.author == self.writer.person
        allowed = self._allowed.get((kind.name, row.state, project, own))
        if allowed is None:
            allowed = self._may_edit(kind, change, row)
            self._allowed[kind.name, row.state, project, own] = allowed
        return allowed

    def _may_edit(self, kind: Kind, change: Change, row: Standing) -> bool:
        if kind.space == "parent" or change.space != identity.space_of(kind, row.project):
            return False
        subject = Subject(kind, change.record, row.number, row.project, row.author, row.state)
        roles = RolesAt(self.membership, self.writer.members)
        return rights.editing(roles, self.writer.person, subject) is None


@cache
def _special(cls: type[Record]) -> frozenset[str]:
    """Registers that are no ordinary fields."""
    return by_move(cls) | at_birth(cls) | {STATE, VOID, ADOPT}
