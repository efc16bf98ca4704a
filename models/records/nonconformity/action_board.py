"""The board of actions: all that are not closed, by the step that is next or by their owner.

However many there are, the database counts them by an index and gives the first of each lane.
Clause: 5.2(3), 5.3.2(3), 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.records.nonconformity.corrective_action import CorrectiveAction
from models.schema.roles import GENERAL_OFFICE, QUALITY
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book

LATE, OPEN = "late", "open"
STEPS = (LATE, "verified", "returned", "done", OPEN)
"""The lanes by step: overdue, to confirm, sent back, to evaluate, being done in time."""
MOST, LEAST, ALTOGETHER = 20, 3, 120
"""Actions of a lane that are listed at first: so many, but fewer where there are many lanes."""
_BEING_DONE = ("proposed", "assigned", "working")
_STATES = tuple(state.name for state in CorrectiveAction.kind.states if not state.ended)
_DUE = {name: CorrectiveAction.kind.due_in(name) for name in _STATES}
_CASES = " ".join(f"WHEN '{name}' THEN {due or 'NULL'}" for name, due in _DUE.items())
_DAY = f"(CASE state {_CASES} END)"


class ActionLane(NamedTuple):
    """The actions of one step or one owner: those overdue first, then by their day."""

    name: str
    """One of `STEPS`, or the owner's id; '' = no owner yet."""
    total: int
    late: int
    """How many of them are overdue."""
    actions: list[CorrectiveAction]
    """The first of them."""


def by_step(
    book: Book, projects: Sequence[str], shown: Mapping[str, int] | None = None
) -> list[ActionLane]:
    """The lanes by step, without empty ones.

    `projects` are the ids of those that are looked at; what belongs to no project is there for the
    company's quality and general manager's office. `shown` says how many of a lane are listed.
    """
    board, sums = _Board(book, projects), dict.fromkeys(STEPS, 0)
    for state, _, total, late in board.counted():
        sums[LATE] += late
        sums[OPEN if state in _BEING_DONE else state] += total - late
    states = {LATE: _STATES, OPEN: _BEING_DONE}
    found = []
    for name, total in sums.items():
        if total:
            most = (shown or {}).get(name, MOST)
            of = states.get(name, (name,))
            late = name == LATE
            found.append(ActionLane(name, total, total * late, board.first(of, most, late=late)))
    return found


def by_owner(
    book: Book, projects: Sequence[str], shown: Mapping[str, int] | None = None
) -> list[ActionLane]:
    """The lanes by owner: those without one, then the owners by how many are overdue."""
    board, sums = _Board(book, projects), dict[str, tuple[int, int]]()
    for _, owner, total, late in board.counted():
        had = sums.get(owner, (0, 0))
        sums[owner] = had[0] + total, had[1] + late
    first = min(MOST, max(LEAST, ALTOGETHER // max(len(sums), 1)))
    found = []
    for owner, (total, late) in sums.items():
        most = (shown or {}).get(owner, first)
        found.append(ActionLane(owner, total, late, board.first(_STATES, most, owner=owner)))
    return sorted(found, key=lambda one: (one.name != "", -one.late, -one.total, one.name))


class _Board:
    """What is looked at: the open actions of some projects."""

    def __init__(self, book: Book, projects: Sequence[str]) -> None:
        company = not book.people.roles(book.me, None).isdisjoint((QUALITY, GENERAL_OFFICE))
        self.store, self.today = book.store, book.today.isoformat()
        # '+': the index of the board is read alone, without looking into the records.
        here = f"+project IN ({places(projects)}) OR (+project IS NULL AND ?)"
        self.where, self.params = f"void IS NULL AND ({here})", (*projects, company)

    def counted(self) -> list[tuple[str, str, int, int]]:
        """State, owner ('' = none), how many, how many overdue."""
        found = []
        for state, due in _DUE.items():
            sql = (
                f"SELECT owner, COUNT(*), TOTAL({due or 'NULL'} < ?) FROM corrective_action"
                f" WHERE state=? AND {self.where} GROUP BY owner"
            )
            for owner, total, late in self.store.rows(sql, (self.today, state, *self.params)):
                found.append((state, owner or "", int(total), int(late)))
        return found

    def first(
        self,
        states: Sequence[str],
        most: int,
        *,
        owner: str | None = None,
        late: bool | None = None,
    ) -> list[CorrectiveAction]:
        """The first of these states, of one owner, overdue or not where that is asked."""
        asked, params = f"state IN ({places(states)}) AND {self.where}", [*states, *self.params]
        if owner is not None:
            asked, params = f"{asked} AND owner IS ?", [*params, owner or None]
        if late is not None:
            asked += f" AND {'' if late else 'NOT '}COALESCE({_DAY} < ?, 0)"
            params.append(self.today)
        sql = (
            f"SELECT rowid FROM corrective_action WHERE {asked}"
            f" ORDER BY {_DAY} IS NULL, {_DAY}, n LIMIT {int(most)}"
        )
        ids = [row[0] for row in self.store.rows(sql, params)]
        where = f"WHERE rowid IN ({places(ids)}) ORDER BY {_DAY} IS NULL, {_DAY}, n"
        return rows.fetch(self.store, CorrectiveAction, where, ids)
