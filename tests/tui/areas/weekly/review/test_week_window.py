"""Week window: the cursor stays within the grid, and the window around the cursor."""

from __future__ import annotations

import random

import pytest

from tui.areas.weekly.review.week_window import WeekWindow


def window(rows: int = 100, columns: int = 52, high: int = 10, wide: int = 8) -> WeekWindow:
    """A window on a grid, its cursor on the first cell."""
    made = WeekWindow()
    made.fit(rows, columns, high, wide)
    return made


def state(made: WeekWindow) -> tuple[int, int, int, int]:
    """Cursor and corner."""
    return made.row, made.column, made.top, made.left


@pytest.mark.parametrize(
    ("to", "after"),
    [
        ((9, 7), (9, 7, 0, 0)),  # the edge of what is in sight
        ((10, 0), (10, 0, 5, 0)),  # past it, by half a window
        ((0, 8), (0, 8, 0, 4)),
        ((99, 51), (99, 51, 90, 44)),
        ((500, 500), (99, 51, 90, 44)),
        ((-4, -1), (0, 0, 0, 0)),
    ],
)
def test_a_window_follows_its_cursor(to: tuple[int, int], after: tuple[int, int, int, int]) -> None:
    made = window()
    assert made.move(*to) == (after[:2] != (0, 0))
    assert state(made) == after


def test_a_page_scrolls_the_window_with_its_cursor() -> None:
    made = window()
    made.move(3, 0)
    assert made.move(3 + 9, 0, scroll=9)
    assert state(made) == (12, 0, 9, 0)
    made.move(12 - 9, 0, scroll=-9)
    assert state(made) == (3, 0, 0, 0)


def test_another_size_shows_the_last_columns_with_the_cursor() -> None:
    made = window()
    made.move(0, 50)
    made.show_last()
    assert (made.left, made.last_column) == (44, 52)
    made.move(0, 2)
    made.show_last()
    assert made.left <= made.column < made.last_column


def test_less_than_a_window_is_shown_whole() -> None:
    made = window(rows=3, columns=2)
    made.move(2, 1)
    assert state(made) == (2, 1, 0, 0) and made.last_column == 2


def test_an_empty_grid_has_its_cursor_at_the_beginning() -> None:
    made = window(rows=0, columns=0)
    assert not made.move(5, 5) and state(made) == (0, 0, 0, 0)
    made.fit(0, 0, -2, -3)  # before the first layout there is no room at all
    assert (made.high, made.wide) == (1, 1)


def test_fewer_rows_pull_the_cursor_back() -> None:
    made = window()
    made.move(99, 51)
    made.fit(5, 52, 10, 8)
    assert (made.row, made.top) == (4, 0)


def test_the_cursor_is_always_in_sight_and_no_room_is_lost() -> None:
    dice = random.Random(7)
    made = WeekWindow()
    for _ in range(2000):
        rows, columns = dice.randrange(40), dice.randrange(60)
        made.fit(rows, columns, dice.randrange(-2, 20), dice.randrange(-2, 20))
        made.move(dice.randrange(-5, 60), dice.randrange(-5, 60), scroll=dice.randrange(-9, 9))
        assert 0 <= made.row <= max(rows - 1, 0) and 0 <= made.column <= max(columns - 1, 0)
        assert made.top <= made.row < made.top + made.high
        assert made.left <= made.column < made.left + made.wide
        assert made.top == 0 or made.top + made.high <= rows
        assert made.left == 0 or made.left + made.wide <= columns
