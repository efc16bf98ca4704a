"""The grid of people and weeks: only what is in sight is read, and every glyph stays whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pytest
from textual.app import App, ComposeResult

from models.book.projects import all_projects
from models.records.weekly.review_grid import Cell, Key, ReviewRow, Team
from models.schema.roles import ENGINEER
from sync.workspace.workspace import Workspace
from tests.support.crew import Crew
from tui.areas.weekly.review.week_cells import BLOCK
from tui.areas.weekly.review.week_grid import WeekGrid


class Counted(Team):
    """A team that notes what is asked of it."""

    asked: list[tuple[int, int]]

    def cells(self, rows: Iterable[ReviewRow], weeks: Sequence[str]) -> dict[Key, Cell]:
        """The cells, noted."""
        rows = list(rows)
        self.asked.append((len(rows), len(weeks)))
        return super().cells(rows, weeks)


class Bare(App[None]):
    """An app with nothing but the grid."""

    def compose(self) -> ComposeResult:
        """The grid."""
        yield WeekGrid()


@pytest.fixture
def team(workspace: Workspace) -> Iterator[Counted]:
    """A hundred engineers."""
    crew = Crew(workspace, workspace.book.change_log.now())
    crew.admit([f"工程师{n:03}" for n in range(100)], ENGINEER, "*")
    made = Counted(workspace.book, all_projects(workspace.store), {})
    made.asked = []
    yield made


async def test_only_what_is_in_sight_is_read(team: Counted) -> None:
    async with Bare().run_test(size=(80, 24)) as pilot:
        grid = pilot.app.query_one(WeekGrid)
        grid.show(team)
        await pilot.pause()
        assert team.asked and all(rows <= BLOCK and weeks <= 13 for rows, weeks in team.asked)
        before = len(team.asked)
        for _ in range(10):
            await pilot.press("down")
        assert len(team.asked) == before  # known already
        await pilot.press("end")
        assert grid.here is not None and grid.here.name == "测试员"
        assert len(team.asked) > before
        for _ in range(51):
            await pilot.press("left")
        assert grid.week == team.weeks[0]
        await pilot.press("left", "home", "pagedown", "pageup")
        assert grid.window.row == 0 and grid.week == team.weeks[0]
        assert all(rows <= BLOCK and weeks <= 13 for rows, weeks in team.asked)


async def test_a_click_chooses_the_cell(team: Counted) -> None:
    async with Bare().run_test(size=(80, 24)) as pilot:
        grid = pilot.app.query_one(WeekGrid)
        grid.show(team)
        await pilot.pause()
        await pilot.click(WeekGrid, offset=(16 + 5 * 2 + 1, 4))
        assert grid.here is not None and grid.here.name == "工程师003"
        assert grid.week == team.weeks[-12 + 2]
        await pilot.click(WeekGrid, offset=(3, 6))
        assert grid.here.name == "工程师005" and grid.week == team.weeks[-12 + 2]
        lines = [grid.render_line(y) for y in range(grid.size.height)]
        assert {strip.cell_length for strip in lines} == {80}
