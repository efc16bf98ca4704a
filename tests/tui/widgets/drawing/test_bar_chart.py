"""Bar chart: bars of their exact width, fine or plain, that hide nothing."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.display.terminal_text import PLAIN, drawing
from tui.widgets.drawing.bar_chart import EIGHTHS, bar, shade, step


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "    "),
        (-3, "    "),
        (1, "▏   "),  # an eighth of a cell, though it is less
        (25, "█   "),
        (50, "██  "),
        (55, "██▎ "),
        (100, "████"),
        (900, "████"),
    ],
)
def test_a_bar_is_drawn_to_an_eighth_of_a_cell(value: float, text: str) -> None:
    assert bar(value, 100, 4) == text


def test_without_fine_glyphs_there_are_whole_cells() -> None:
    drawing.now = PLAIN
    assert bar(1, 100, 4) == PLAIN.full + "   "
    assert bar(55, 100, 4) == PLAIN.full * 2 + "  "
    assert not set(bar(55, 100, 4)) & set(EIGHTHS[1:])


@pytest.mark.parametrize("cells", [0, -1])
def test_no_room_gives_no_bar(cells: int) -> None:
    assert bar(5, 10, cells) == ""


def test_nothing_to_compare_with_gives_an_empty_bar() -> None:
    assert bar(5, 0, 3) == "   "


def test_a_bar_has_its_width_whatever_its_value() -> None:
    for cells in range(1, 9):
        for value in range(41):
            assert cell_len(bar(value, 37, cells)) == cells
            assert (bar(value, 37, cells).strip() == "") == (value == 0)


def test_what_is_more_is_denser_or_higher_and_nothing_is_empty() -> None:
    assert "".join(shade(value, 8) for value in (0, 1, 4, 6, 8, 99)) == " ░▒▓██"
    assert "".join(step(value, 8) for value in range(9)) == " ▁▂▃▄▅▆▇█"
    assert shade(1, 1000) == "░" and shade(3, 0) == " "
    drawing.now = PLAIN
    assert shade(8, 8) == "#" and shade(1, 1000) == "." and shade(0, 8) == " "
    assert step(4, 8) in ".:-=+*#"
