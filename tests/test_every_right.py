"""The rights table says what the door does: every action of every type, by each single role.

For each cell somebody who is nothing but that role tries the action itself on a record of another
person. The table says yes exactly where the door names no lack of a role. Nothing here names a
type: a type that is declared tomorrow is tried too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pytest

from models.book import permissions
from models.book.approval import acknowledgements
from models.book.book import Book
from models.queries import rights_table
from models.queries.rights_table import COLUMNS, CREATE, EDIT, READ, VOID, Right
from models.schema.natural_keys import space_of
from models.schema.record import kinds
from models.schema.roles import AUTHOR, OWNER, ROLES
from models.text.words import Refused, W
from sync.organisation import administration
from sync.trust import space_access
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support import hostile_book, team

EVERY = [*rights_table.rights()]
EACH = pytest.mark.parametrize(
    "right", [pytest.param(one, id=f"{one.kind.name}-{one.act}") for one in EVERY]
)
LACKS: tuple[W, ...] = (
    permissions.NO_ROLE,
    permissions.NO_WRITE,
    permissions.NOT_YOURS,
    acknowledgements.NOT_YOURS,
)
"""The sentences with which the door says that a role is missing."""


class Door(NamedTuple):
    """A book with a record of each type, and somebody for each column of the table."""

    workspace: Workspace
    author: Book
    hands: Mapping[str, Book]
    """Column -> the book in the hands of somebody who is that and nothing else."""
    ids: Mapping[str, str]

    def record(self, right: Right, column: str) -> str:
        """The record that the action is tried on, in a state from which it may be taken."""
        kind, id = right.kind, self.ids[right.kind.name]
        me = self.hands[column].me
        values = {
            "state": _state(right),
            "author": me if column == AUTHOR else self.author.me,
            "void": None,
        }
        if kind.owner:
            whose = OWNER if not kind.own_only else AUTHOR
            values[kind.owner] = me if column == whose else self.author.me
        names = ", ".join(f'"{name}"=?' for name in values)
        with self.workspace.store.write():
            self.workspace.store.db.execute_sql(
                f'UPDATE "{kind.name}" SET {names} WHERE id=?', (*values.values(), id)
            )
        return id


def _state(right: Right) -> str:
    kind = right.kind
    if right.move is not None:
        return right.move.from_[0]
    if right.act == acknowledgements.ACKNOWLEDGE and kind.acknowledge is not None:
        return kind.acknowledge.states[0]
    editable = (one.name for one in kind.states if not one.frozen and not one.reopen)
    return next(editable, kind.states[0].name)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    workspace = begin(
        tmp_path_factory.mktemp("rights") / "book", name="旁人", lang="zh", project="项目"
    )
    person = team.admit(workspace, "同事", tuple(ROLES))
    people = {role: team.admit(workspace, f"只是{role}", (role,)) for role in ROLES}
    people |= {part: team.admit(workspace, part, ()) for part in (AUTHOR, OWNER)}
    author = team.acting(workspace, person)
    made = hostile_book.fill(author, [person])
    for role in ROLES:
        administration.set_role(workspace, workspace.book.me, role, "*", grant=False)
    ids = {type: _last(author, some) for type, some in made.items() if type in kinds}
    hands = {column: team.acting(workspace, people[column]) for column in COLUMNS}
    yield Door(workspace, author, hands, ids)
    workspace.close()


def _last(book: Book, some: list[str]) -> str:
    found = [id for id in some if book.get(id).void is None]
    return found[-1] if found else some[-1]


@EACH
def test_the_table_says_yes_where_the_door_does(door: Door, right: Right) -> None:
    for column in COLUMNS:
        if right.act == CREATE and column in (AUTHOR, OWNER):
            assert column not in right.by  # there is no record yet
            continue
        assert _is_let(door, right, column) == (column in right.by), (right.act, column)


def _is_let(door: Door, right: Right, column: str) -> bool:
    """Whether the action is refused for no lack of a role."""
    kind, book, id = right.kind, door.hands[column], door.record(right, column)
    if right.act == READ:
        space = space_of(kind, door.author.get(id).project, id)
        by_author = column == AUTHOR and AUTHOR in (kind.readers.people if kind.readers else ())
        return by_author or space_access.reads(space, {column} & set(ROLES))
    if right.act == CREATE:
        record = door.author.get(id)
        values = {
            name: record.values()[name]
            for name, spec in type(record).specs().items()
            if not (spec.computed or spec.by_move) and (spec.kind == "link" or spec.at_birth)
        }
        needed = door.ids["project"] if kind.project == "required" and not kind.parent else None
        return _lets(lambda: book.add(kind.name, values, project=record.project or needed))
    if right.act == EDIT:
        return _lets(lambda: book.edit(id, {}))
    if right.act == VOID:
        return _lets(lambda: book.void(id, "试试"))
    return _lets(lambda: book.move(id, right.act))


def _lets(act: Callable[[], object]) -> bool:
    try:
        act()
    except Refused as refused:
        return refused.word not in LACKS
    return True


def test_every_action_that_is_offered_is_in_the_table() -> None:
    found = {(one.kind.name, one.act) for one in EVERY}
    for cls in kinds.values():
        kind = cls.kind
        offered = {(kind.name, move.id) for move in kind.moves if not move.hidden}
        assert offered | {(kind.name, CREATE)} <= found
