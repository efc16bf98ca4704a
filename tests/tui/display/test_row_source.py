"""Row sources: only the blocks that are in sight are read, and a row is found wherever it went."""

from __future__ import annotations

from collections.abc import Sequence

from tui.display.row_source import BLOCK, KEPT, DisplayLine, Fixed, ListRow, Window


class Counted:
    """A source of numbered rows that notes what it was asked for."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[int] = []

    def count(self) -> int:
        return self.total

    def window(self, top: int, size: int) -> Sequence[ListRow]:
        self.asked.append(top)
        return [DisplayLine(f"r{at}", {}) for at in range(top, min(top + size, self.total))]


def opened(total: int) -> tuple[Window, Counted]:
    """A window over so many rows, counted."""
    source = Counted(total)
    window = Window(source)
    window.count()
    return window, source


def test_rows_of_one_block_are_read_at_once() -> None:
    window, source = opened(1000)
    assert [row.id for at in (5, 0, 63) if (row := window.row(at))] == ["r5", "r0", "r63"]
    assert source.asked == [0]
    assert window.row(64) is not None and source.asked == [0, BLOCK]


def test_only_a_few_blocks_are_kept() -> None:
    window, source = opened(BLOCK * (KEPT + 2))
    for block in range(KEPT + 1):
        window.row(block * BLOCK)
    window.row(BLOCK)
    assert len(source.asked) == KEPT + 1
    window.row(0)
    assert len(source.asked) == KEPT + 2


def test_what_is_forgotten_is_read_again() -> None:
    window, source = opened(10)
    window.row(0)
    window.forget()
    source.total = 1
    assert window.row(0) is not None and window.row(5) is None
    assert window.total == 10  # until it is counted again
    window.count()
    assert window.total == 1


def test_a_row_outside_is_none() -> None:
    window, _ = opened(3)
    assert window.row(3) is None and window.row(5000) is None


def test_a_row_is_found_near_where_it_was() -> None:
    window, _ = opened(1000)
    assert window.place("r500", 490) == 500
    assert window.place("r500", 0) is None


def test_a_source_that_knows_places_is_asked() -> None:
    window = Window(Fixed([DisplayLine(f"r{at}", {}) for at in range(500)]))
    window.count()
    assert window.place("r499", 0) == 499 and window.place("x", 0) is None
