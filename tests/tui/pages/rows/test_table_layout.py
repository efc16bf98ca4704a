"""Table layout: the cursor's column is in sight and whole, the column that names a row stays."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.schema.fields import Spec
from models.text.words import W
from tui.pages.rows.table_layout import GUTTER, PINNED, TableLayout

KINDS = ("line", "prose", "count", "number", "day", "flag", "link", "moment")


def layout(kinds: list[str], naming: int, width: int) -> TableLayout:
    """Columns of these kinds in a width."""
    found = TableLayout([Spec(kind=kind, label=W("列", "Column")) for kind in kinds], naming)
    found.width = width
    return found


@given(
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=12),
    st.lists(st.integers(0, 11), min_size=1, max_size=8),
    st.integers(40, 160),
)
def test_columns_never_overlap_and_the_cursors_is_in_sight(
    kinds: list[str], path: list[int], width: int
) -> None:
    found = layout(kinds, min(1, len(kinds) - 1), width)
    for step in path:
        column = min(step, len(kinds) - 1)
        found.follow(column)
        slots = found.slots()
        assert slots[0].x == GUTTER
        assert all(one.x + one.cells < other.x for one, other in itertools.pairwise(slots))
        assert slots[-1].x + slots[-1].cells <= width
        slot = found.slot(column)
        assert slot is not None and slot.cells >= min(found.wanted(column), found.room) - 1


def test_what_fits_is_not_scrolled_and_fills_the_width() -> None:
    found = layout(["count", "line", "day"], 1, 100)
    found.follow(2)
    slots = found.slots()
    assert [slot.column for slot in slots] == [0, 1, 2] and not found.more
    assert slots[-1].x + slots[-1].cells == 100


def test_the_naming_column_stays_while_others_are_scrolled_to() -> None:
    found = layout(["count", "line", *["prose"] * 8], 1, 80)
    found.follow(9)
    slots = found.slots()
    assert (slots[0].column, slots[0].cells >= PINNED) == (1, True) and slots[-1].column == 9
    found.follow(0)
    assert found.slots()[0].column == 0 and found.more


@pytest.mark.parametrize("width", [10, 20, 30])
def test_a_very_narrow_window_has_the_cursors_column(width: int) -> None:
    found = layout(["prose"] * 5, 0, width)
    for column in range(5):
        found.follow(column)
        assert all(slot.x + slot.cells <= width for slot in found.slots())
