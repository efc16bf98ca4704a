"""List views: where cursor and window go, with headings and without, no list drawn."""

from __future__ import annotations

import pytest

from tui.display.row_source import DisplayLine
from tui.widgets.drawing.list_view import GroupedView, ListView


def view(total: int, height: int) -> ListView:
    """A view of so many rows in so many lines."""
    made = ListView()
    made.fit(total, height)
    return made


def grouped(ids: str, height: int = 4) -> GroupedView:
    """A view of rows named by letters; a dot is a heading."""
    made = GroupedView([DisplayLine("" if id == "." else id, {}) for id in ids])
    made.fit(len(ids), height)
    return made


@pytest.mark.parametrize(
    ("position", "top", "stands", "begins"),
    [
        (0, 0, 0, 0),
        (9, 0, 9, 0),
        (10, 0, 10, 5),  # past the edge by half a page
        (99, 0, 99, 90),
        (500, 0, 99, 90),
        (-3, 0, 0, 0),
        (50, 95, 50, 45),
        (95, 95, 95, 90),
    ],
)
def test_the_window_jumps_only_past_its_edge(
    position: int, top: int, stands: int, begins: int
) -> None:
    made = view(100, 10)
    made.move(position, top)
    assert (made.position, made.top) == (stands, begins)
    assert made.in_sight(made.position)


def test_moving_says_whether_the_cursor_moved() -> None:
    made = view(3, 10)
    assert made.move(2, 0) and not made.move(2, 0) and not made.move(7, 0)
    assert made.place() == (2, 3)


def test_an_empty_list_stands_at_its_beginning() -> None:
    made = view(0, 10)
    assert not made.move(5, 5)
    assert (made.position, made.top, made.place()) == (0, 0, (0, 0))


def test_scrolling_keeps_the_cursor_while_its_row_is_in_sight() -> None:
    made = view(100, 10)
    made.move(5, 0)
    assert made.scrolled(3) == (5, 3)
    assert made.scrolled(8) == (8, 8)
    assert made.scrolled(-3) == (5, 0)
    made.move(99, 90)
    assert made.scrolled(30) == (99, 90) and made.scrolled(-30) == (69, 60)


def test_a_list_that_became_shorter_or_lower_is_clamped() -> None:
    made = view(100, 10)
    made.move(99, 90)
    made.fit(20, 5)
    made.move(made.position, made.top)
    assert (made.position, made.top) == (19, 15)
    made.fit(20, 0)
    assert made.height == 1


def test_a_new_source_begins_at_the_first_row() -> None:
    made = view(100, 10)
    made.move(50, 45)
    made.begin()
    assert (made.position, made.top) == (0, 0)


def test_headings_are_passed_by_in_the_direction_of_travel() -> None:
    made = grouped(".ab.cd.")
    made.move(0, 0)
    assert made.position == 1
    for position in (2, 4, 5):
        made.move(made.position + 1, made.top)
        assert made.position == position
    made.move(made.position + 1, made.top)
    assert made.position == 5  # only a heading lies beyond
    made.move(3, made.top)
    assert made.position == 2
    made.move(0, made.top)
    assert made.position == 1


def test_the_first_row_of_a_section_is_shown_with_its_heading() -> None:
    made = grouped("..abcdefgh", height=4)
    made.move(9, 6)
    made.move(2, made.top)
    assert made.position == 2 and made.top == 0


def test_the_foot_counts_rows_not_headings() -> None:
    made = grouped(".ab.cd", height=10)
    made.move(4, 0)
    assert made.place() == (2, 4)
    assert made.place_of("d") == 5 and made.place_of("x") is None


def test_headings_alone_have_no_row_to_stand_on() -> None:
    made = grouped("...")
    made.move(1, 0)
    assert made.place() == (0, 0)
