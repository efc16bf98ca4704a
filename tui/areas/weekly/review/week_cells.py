"""Week cells: the entries of a team in the weeks in sight, read block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from models.records.weekly.review_grid import NONE, Cell

if TYPE_CHECKING:
    from models.records.weekly.review_grid import Key, Team
    from tui.areas.weekly.review.week_window import WeekWindow

BLOCK: Final = 32
"""People whose cells are read together."""


class WeekCells:
    """The cells of one team as it is now; each block of a window is read once."""

    def __init__(self, team: Team, window: WeekWindow) -> None:
        self._team, self._window = team, window
        self._cells: dict[Key, Cell] = {}
        self._read: set[tuple[int, int, int]] = set()

    def at(self, row: int, column: int) -> Cell:
        """A cell, read with the block of those in sight around it."""
        team, window = self._team, self._window
        left = min(window.left, column)
        block = (row // BLOCK, left, window.wide)
        if block not in self._read:
            self._read.add(block)
            first = block[0] * BLOCK
            people, weeks = team.rows[first : first + BLOCK], team.weeks[left : left + window.wide]
            self._cells.update(team.cells(people, weeks))
        person = team.rows[row]
        key = (person.project, person.person, team.weeks[column])
        return self._cells.get(key, Cell(NONE))
