"""The escalation desk: open escalations by state, each with its age, its time used and its group.

Clause: 5.3.1(1), 5.3.1(2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.book.derived_state import StateView
from models.calendar import working_hours
from models.calendar.working_calendar import BUNDLED, Calendar
from models.queries.waiting import urgency
from models.queries.waiting.inbox import open_records
from models.records.problems.escalation import Escalation
from models.schema.lifecycle import State
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

DAY_MS = 24 * 3_600_000
AGES = (1, 3, 7, 30)
"""Upper bounds of the age classes, in days; the last class has none."""


class Card(NamedTuple):
    """One escalation on the board."""

    record: Escalation
    days: int
    """Whole days since it occurred."""
    used: int | None
    """Percent of the working time to its due day."""
    worked: int
    """Working time in its present state, ms."""
    group: tuple[str, ...]
    """The people of its working group."""

    @property
    def mark(self) -> int:
        """0, 75 or 100: the mark that its used time has reached."""
        return urgency.mark(self.used)


class Lane(NamedTuple):
    """The escalations of one state, those that ran out furthest first."""

    state: State
    cards: list[Card]

    @property
    def ages(self) -> list[int]:
        """How many are how old, by `AGES`."""
        found = [0] * (len(AGES) + 1)
        for card in self.cards:
            found[sum(card.days > bound for bound in AGES)] += 1
        return found

    @property
    def overdue(self) -> int:
        """How many are overdue."""
        return sum(card.mark == 100 for card in self.cards)


def board(book: Book, projects: Sequence[str], calendar: Calendar = BUNDLED) -> list[Lane]:
    """The lanes that have escalations, in the order of a life."""
    found = open_records(book, Escalation, projects)
    groups, came = _groups(book.store, projects), _came(book.store, projects)
    now = book.change_log.now()
    shown = StateView(book.store)
    lanes: dict[str, list[Card]] = {}
    for record in found:
        since = came.get((record.id, record.state), record.recorded)
        card = Card(
            record,
            max(now - record.occurred, 0) // DAY_MS,
            urgency.used(book, record, calendar),
            working_hours.worked(since, now, calendar),
            tuple(groups.get(record.id, ())),
        )
        lanes.setdefault(shown.state(record).name, []).append(card)
    states = [state for state in Escalation.kind.states if state.name in lanes]
    return [Lane(state, sorted(lanes[state.name], key=_order)) for state in states]


def _order(card: Card) -> tuple[int, int, int]:
    used = card.used or 0
    return (-card.mark, -used if card.mark else 0, card.record.occurred)


def _groups(store: Store, projects: Sequence[str]) -> dict[str, list[str]]:
    """Escalation -> the members of its working group."""
    sql = (
        "SELECT escalation, person FROM group_member WHERE void IS NULL AND project IN"
        f" ({places(projects)}) ORDER BY n"
    )
    found: dict[str, list[str]] = {}
    for escalation, person in store.rows(sql, projects):
        found.setdefault(escalation, []).append(person)
    return found


def _came(store: Store, projects: Sequence[str]) -> dict[tuple[str, str], int]:
    """(Escalation, state) -> when it last came into that state."""
    sql = (
        "SELECT record, state, max(at) FROM transition WHERE type='escalation' AND project IN"
        f" ({places(projects)}) GROUP BY record, state"
    )
    return {(record, state): at for record, state, at in store.rows(sql, projects)}
