"""Stages: how long work of each kind is in each state, in working time: where it is stuck.

Measured are the stages that ended in the span: the median of each, with the number of cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from models.calendar import working_hours
from models.calendar.working_calendar import BUNDLED, Calendar
from models.schema.kind import Kind
from models.schema.lifecycle import State
from models.schema.record import kinds
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book

MOST = 4000
"""Stages that are measured, the newest ones."""


class StageTime(NamedTuple):
    """The median working time in one state of a type, with the number of cases."""

    kind: Kind
    state: State
    worked: int
    """Median, ms of working time."""
    n: int


def stages(
    book: Book, projects: Sequence[str], since: int, calendar: Calendar = BUNDLED
) -> list[StageTime]:
    """The stages that ended since then (ms UTC), the slowest first."""
    found: dict[tuple[str, str], list[int]] = {}
    for type, state, begun, ended in _ended(book, projects, since):
        took = working_hours.worked(begun, ended, calendar)
        found.setdefault((type, state), []).append(took)
    every = [
        StageTime(kinds[type].kind, kinds[type].kind.state(state), int(median(times)), len(times))
        for (type, state), times in found.items()
    ]
    return sorted(every, key=lambda stage: -stage.worked)


def _ended(book: Book, projects: Sequence[str], since: int) -> list[tuple[str, str, int, int]]:
    """(Type, state, begun, ended) of stages in which a person had to act; first ones, whose
    beginning is no move, are left out."""
    types = [name for name, cls in kinds.items() if _decided(cls.kind)]
    sql = (
        "SELECT type, origin, begun, at FROM (SELECT n, type, origin, at, lag(at) OVER (PARTITION"
        f" BY record ORDER BY n) AS begun FROM transition WHERE type IN ({places(types)})"
        f" AND project IN ({places(projects)})) WHERE begun IS NOT NULL AND at>=?"
        f" ORDER BY n DESC LIMIT {MOST}"
    )
    rows = book.store.rows(sql, (*types, *projects, since))
    return [row for row in rows if _waits(kinds[row[0]].kind, row[1])]


def _decided(kind: Kind) -> bool:
    """Whether work of this kind waits for a person at some stage."""
    return any(_waits(kind, state.name) for state in kind.states)


def _waits(kind: Kind, state: str) -> bool:
    return bool(kind.state(state).waits)
