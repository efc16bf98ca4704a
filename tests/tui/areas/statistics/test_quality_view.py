"""The quality overview laid out: no line is wider than its room, the cursor stands in brackets."""

from __future__ import annotations

from typing import Any

import pytest

from models.derived.figures import Scope
from models.records.statistics.quality import open_items, quality_overview
from models.text.words import Lang, language
from sync.workspace.workspace import Workspace
from tests.support.open_items import TODAY
from tui.areas.statistics import quality_view
from tui.areas.statistics.quality_view import FigureCell, QualityView
from tui.display.parts import lines_of
from tui.display.terminal_text import width


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("room", [40, 76, 116])
def test_each_row_is_one_line_of_its_room(
    workspace: Workspace, made: dict[str, Any], project: str, lang: Lang, room: int
) -> None:
    language.now = lang
    book = workspace.book
    found = quality_overview.overview(book, open_items.everywhere(book))
    rounds = quality_overview.rounds(book, open_items.everywhere(book))
    view = QualityView(found, rounds, {project: "[red]很长很长很长很长很长很长的名称" * 2}, room)
    for row in view.rows:
        for part in view.parts(row, 11):
            lines = lines_of(part, room, 0)
            assert len(lines) == 1 and sum(width(text) for text, _ in lines[0]) <= room
        marked = [part for part in view.parts(row, 0) if "[" in str(part.body).replace("[red", "")]
        assert room < 76 or any(part.id == row for part in marked)


def test_a_column_beyond_the_row_is_its_last(workspace: Workspace, made: dict[str, Any]) -> None:
    book = workspace.book
    found = quality_overview.overview(book, open_items.everywhere(book))
    view = QualityView(found, None, {}, 76)
    cell = view.cell("kind:all", 99)
    assert cell is not None and cell.figure == "backlog.all.late"
    assert view.cell("rounds:", 0) is None and view.cell("no such row", 0) is None
    assert quality_view.foot(None, "x") == "" and "x" in quality_view.foot(cell, "x")


@pytest.mark.parametrize(
    ("number", "plain", "chosen"),
    [("12", "▅ 12 ", "▅[12]"), ("123", "▅123 ", "[123]"), ("3456", "3456 ", "[3456")],
)
def test_large_numbers_keep_their_digits(number: str, plain: str, chosen: str) -> None:
    cell = FigureCell(number, "backlog.all", Scope((), TODAY, TODAY), "", number, mark="▅")
    assert quality_view.drawn(cell, 5, chosen=False) == plain
    assert quality_view.drawn(cell, 5, chosen=True) == chosen
