"""Week cells: each block is read once, and a cell is what the team says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from models.book.book import Book
from models.records.weekly import review_grid
from models.records.weekly.review_grid import Cell, Key, ReviewRow, Team
from tests.support.crew import Crew
from tests.tui.areas.weekly.conftest import WEEK
from tui.areas.weekly.review.week_cells import WeekCells
from tui.areas.weekly.review.week_window import WeekWindow

pytestmark = pytest.mark.usefixtures("monday")


class Counted(Team):
    """A team that notes how many people and weeks are asked of it."""

    asked: list[tuple[int, int]]

    def cells(self, rows: Iterable[ReviewRow], weeks: Sequence[str]) -> dict[Key, Cell]:
        """The cells, noted."""
        rows = list(rows)
        self.asked.append((len(rows), len(weeks)))
        return super().cells(rows, weeks)


@pytest.fixture
def counted(book: Book, team: Crew) -> Counted:
    """The lead's team: two entries wait, one is not here, the lead's own is missing."""
    made = Counted(book, review_grid.led(book), {})
    made.asked = []
    return made


def cells_of(team: Team, wide: int) -> WeekCells:
    """The cells of a window on the last weeks."""
    window = WeekWindow()
    window.fit(len(team.rows), len(team.weeks), 10, wide)
    window.show_last()
    window.move(0, len(team.weeks) - 1)
    return WeekCells(team, window)


def test_a_cell_is_the_state_of_an_entry_or_why_there_is_none(counted: Counted) -> None:
    cells = cells_of(counted, 4)
    column = counted.weeks.index(WEEK)
    found = {row.name: cells.at(at, column).state for at, row in enumerate(counted.rows)}
    assert found == {
        "仇小河": "submitted",
        "段青": "submitted",
        "文竹": review_grid.UNSYNCED,
        "测试员": review_grid.MISSING,
    }


def test_a_block_is_read_once(counted: Counted) -> None:
    cells = cells_of(counted, 4)
    for at in range(len(counted.rows)):
        for column in range(len(counted.weeks) - 4, len(counted.weeks)):
            cells.at(at, column)
    assert counted.asked == [(4, 4)]


def test_weeks_before_those_in_sight_are_read_when_they_are_asked_for(counted: Counted) -> None:
    cells = cells_of(counted, 4)
    cells.at(0, len(counted.weeks) - 1)
    cells.at(0, 3)
    cells.at(1, 3)
    assert counted.asked == [(4, 4), (4, 4)]
