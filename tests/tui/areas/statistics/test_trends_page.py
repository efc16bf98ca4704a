"""Trends on the screen: bars with their numbers, formulas below, plain glyphs where needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.areas.statistics.trends_page import TrendsPage
from tui.widgets import themes
from tui.widgets.drawing.bar_chart import bar


@pytest.fixture(autouse=True)
def fine() -> Iterator[None]:
    """Fine glyphs, before and after."""
    themes.draw(False)
    yield
    themes.draw(False)


def test_a_bar_has_its_cells_and_shows_whatever_is_there() -> None:
    assert bar(8, 8, 4) == "████" and bar(0, 8, 4) == "    "
    assert bar(4, 8, 4) == "██  " and bar(1, 1000, 4) == "▏   "
    assert bar(9, 8, 4) == "████" and bar(1, 0, 4) == "    " and bar(1, 1, 0) == ""
    themes.draw(True)
    assert bar(4, 8, 4) == "##  " and bar(1, 1000, 4) == "#   "


@pytest.mark.parametrize("size", SIZES)
async def test_numbers_stand_beside_the_bars(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int]
) -> None:
    for _ in range(3):
        made = book.add("fix", {"phenomenon": "风扇异响"}, project=project)
    book.move(made.id, "fix", {"cause": "积尘", "correction": "清洗"})
    book.move(made.id, "verify")
    book.move(made.id, "close")
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "f4", "v")
        page = at(app, TrendsPage)
        seen = " ".join(text(app).split())
        assert "合计：新发 3，关闭 1，一次解决率 100% n=1，检查合格率 无" in seen
        assert "现在未结问题的时长 共 2 件" in seen and "█" in seen
        await press(pilot, "end")
        assert "一次解决率：这段时间关闭" in text(app)
        whole(app)
        await press(pilot, "p", "s", "home")
        assert "近 26 周" in text(app) and page.span == 26
        whole(app)
        await press(pilot, "f9")
        assert "opened 3, closed 1" in text(app)


async def test_without_fine_glyphs_they_are_drawn_in_ascii(
    workspace: Workspace, book: Book, project: str
) -> None:
    book.add("fix", {"phenomenon": "风扇异响"}, project=project)
    workspace.change(replace(workspace.settings, ascii=True))
    async with opened(workspace) as (app, pilot):
        await press(pilot, "f4", "ctrl+b")
        at(app, TrendsPage)
        assert "####" in text(app) and "█" not in text(app)
