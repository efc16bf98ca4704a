"""Contacts: when a customer was last spoken to, and what was planned and held. Clause: 5.5.

The matrix has a cell for each channel and form; what is planned without a form, or held without a
channel, is counted in a row or column of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.calendar.business_dates import day_of
from models.frozen import NamedTuple
from models.storage.store import places

if TYPE_CHECKING:
    from models.storage.store import Store

SILENT_DAYS = 30
"""Days without a contact after which the project manager is told."""
NOT_SAID = ""
"""The place of what says no channel, or no form."""


class ContactCell(NamedTuple):
    """The contacts of one channel and form."""

    planned: int = 0
    done: int = 0
    """Of the planned ones, those that were held."""
    extra: int = 0
    """Held without having been planned for these days."""

    @property
    def held(self) -> int:
        """All that were held."""
        return self.done + self.extra

    def plus(self, other: ContactCell) -> ContactCell:
        """Both together."""
        return ContactCell(*(a + b for a, b in zip(self, other, strict=True)))


class ContactMatrix(NamedTuple):
    """What was planned and held of some projects and days: (channel, form) -> its cell."""

    cells: dict[tuple[str, str], ContactCell]
    late: list[str]
    """The ids of those planned for a day that is over, and not held."""

    def cell(self, channel: str, form: str) -> ContactCell:
        """One cell."""
        return self.cells.get((channel, form), ContactCell())

    def row(self, channel: str) -> ContactCell:
        """A channel, in every form."""
        return _sum(cell for (name, _), cell in self.cells.items() if name == channel)

    def column(self, form: str) -> ContactCell:
        """A form, over every channel."""
        return _sum(cell for (_, name), cell in self.cells.items() if name == form)

    @property
    def whole(self) -> ContactCell:
        """All of them."""
        return _sum(self.cells.values())


def matrix(
    store: Store, projects: Sequence[str], first: date, last: date, today: date
) -> ContactMatrix:
    """What was planned for and held in some days, both included."""
    sql = (
        "SELECT id, channel, form, due, held_on, state FROM communication"
        f" WHERE project IN ({places(projects)}) AND void IS NULL AND state<>'cancelled'"
        " AND (due BETWEEN ? AND ? OR held_on BETWEEN ? AND ?) ORDER BY due, n"
    )
    days = first.isoformat(), last.isoformat()
    cells: dict[tuple[str, str], ContactCell] = {}
    late = []
    for id, channel, form, due, held_on, state in store.rows(sql, (*projects, *days, *days)):
        planned = due is not None and days[0] <= due <= days[1]
        held = state == "held"
        here = held and held_on is not None and days[0] <= held_on <= days[1]
        if planned and not held and due < today.isoformat():
            late.append(str(id))
        found = ContactCell(int(planned), int(planned and held), int(here and not planned))
        key = channel or NOT_SAID, form or NOT_SAID
        cells[key] = cells.get(key, ContactCell()).plus(found)
    return ContactMatrix(cells, late)


def last_contacts(store: Store, projects: Sequence[str]) -> dict[str, date]:
    """Project -> the day of the last contact that was held."""
    sql = (
        "SELECT project, max(held_on) FROM communication WHERE state='held' AND void IS NULL"
        f" AND project IN ({places(projects)}) GROUP BY project"
    )
    found = {str(id): day_of(day) for id, day in store.rows(sql, tuple(projects))}
    return {id: day for id, day in found.items() if day is not None}


def _sum(cells: Iterable[ContactCell]) -> ContactCell:
    total = ContactCell()
    for one in cells:
        total = total.plus(one)
    return total
