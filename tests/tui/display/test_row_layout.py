"""Row layout: which columns fit a width, how they share it, and what stands where."""

from __future__ import annotations

import pytest

from models.text.words import W, language
from tui.display.row_layout import ListColumn, RowLayout
from tui.display.terminal_text import width

COLUMNS = (
    ListColumn("number", W("编号", "Number"), 8, priority=2),
    ListColumn("title", W("标题", "Title"), 10, weight=3),
    ListColumn("place", W("地点", "Place"), 6, weight=1, priority=3),
    ListColumn("age", W("时长", "Age"), 4, priority=1, right=True),
)


def names(layout: RowLayout) -> list[str]:
    """The columns that are shown."""
    return [slot.column.name for slot in layout.slots]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (80, ["number", "title", "place", "age"]),
        (31, ["number", "title", "place", "age"]),
        (30, ["number", "title", "age"]),
        (23, ["title", "age"]),
        (14, ["title"]),
        (3, ["title"]),
    ],
)
def test_what_has_no_room_goes_by_priority(cells: int, shown: list[str]) -> None:
    assert names(RowLayout(COLUMNS, cells)) == shown


def test_of_equals_the_rightmost_goes_first() -> None:
    same = [ListColumn(name, W(name, name), 5) for name in "abc"]
    assert names(RowLayout(same, 11)) == ["a", "b"]
    assert names(RowLayout(same, 10)) == ["a"]


@pytest.mark.parametrize("cells", [3, 14, 23, 31, 32, 33, 80, 200])
def test_a_line_fills_the_width_exactly(cells: int) -> None:
    layout = RowLayout(COLUMNS, cells)
    values = {"number": "FX-0001", "title": "机房温度超限" * 20, "age": "3天"}
    assert width(layout.line(values)) == cells
    assert width(layout.titles()) == cells
    assert width(layout.line({})) == cells


def test_what_is_left_over_goes_by_weight_and_no_cell_is_lost() -> None:
    layout = RowLayout(COLUMNS, 39)
    assert [slot.cells for slot in layout.slots] == [8, 16, 8, 4]
    last = layout.slots[-1]
    assert last.start + last.cells == 39


def test_numbers_stand_at_the_right_with_more_room_before_words() -> None:
    columns = [
        ListColumn("n", W("数", "N"), 4, right=True),
        ListColumn("what", W("内容", "What"), 6, weight=1),
    ]
    layout = RowLayout(columns, 14)
    assert layout.line({"n": "7", "what": "泵"}) == "   7  泵      "
    assert layout.slots[1].start == 6


def test_titles_are_said_in_the_language_of_now() -> None:
    layout = RowLayout(COLUMNS, 80)
    assert "标题" in layout.titles()
    language.now = "en"
    assert "Title" in layout.titles()


def test_a_cell_names_its_column_and_the_gap_behind_it() -> None:
    layout = RowLayout(COLUMNS, 80)
    found = [layout.at(x) for x in (0, 8, 9, 79)]
    assert [one.name if one else "" for one in found] == ["number", "number", "title", "age"]
    assert layout.at(200) is None


def test_hostile_text_is_cleaned_and_cut() -> None:
    line = RowLayout(COLUMNS, 40).line({"title": "a\x1b[31m\n\u202eb", "number": "x" * 99})
    assert line.isprintable() and width(line) == 40


@pytest.mark.parametrize(
    ("cells", "words", "shown"),
    [
        (31, ("x" * 20,), 8),
        (40, ("x" * 20,), 10),
        (52, ("x" * 20,), 13),
        (120, ("x", "x" * 20), 20),
        (120, ("x" * 5,), 8),
        (120, (), 8),
        (120, None, 8),
        (120, (W("一" * 6, "x" * 20),), 12),
    ],
)
def test_a_column_grows_to_what_it_says_by_a_quarter_of_the_room(
    cells: int, words: tuple[str | W, ...] | None, shown: int
) -> None:
    state = COLUMNS[0]._replace(words=words)
    layout = RowLayout((state, *COLUMNS[1:]), cells)
    assert layout.slots[0].cells == shown
    assert layout.slots[-1].start + layout.slots[-1].cells == cells
