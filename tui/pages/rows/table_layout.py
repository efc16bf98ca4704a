"""Table layout: which columns of a table are in sight, and where; one line of cells a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from models.schema.fields import Spec
from models.text.words import W
from tui.display.list_columns import LEAST
from tui.display.terminal_text import width

GUTTER: Final = 6
"""Cells on the left for the mark and the number of the row."""
GAP: Final = 1
TITLE, TEXT, SHORT, LINK, MOMENT, COUNT = 26, 18, 8, 14, 16, 6
MONEY: Final = 15
"""Cells of an amount with its currency in words, below a million."""
MOST_LABEL, MOST_CHOICE = 12, 14
PINNED: Final = 16
"""Cells of the column that names a row, while it stays in sight left of those scrolled to."""


class CellSlot(NamedTuple):
    """A column in sight: its number, where it begins, and its cells."""

    column: int
    x: int
    cells: int


class TableLayout:
    """The columns of a table in a width; `left` is the first one in sight."""

    def __init__(self, specs: Sequence[Spec], naming: int) -> None:
        self.specs, self.naming = specs, naming
        self.left = 0
        self.width = 80

    @property
    def room(self) -> int:
        """Cells for columns."""
        return max(self.width - GUTTER, 8)

    def wanted(self, column: int) -> int:
        """The cells that a column should have."""
        spec = self.specs[column]
        label = min(_cells(spec.label), MOST_LABEL)
        if column == self.naming:
            return max(TITLE, label)
        if spec.kind == "choice":
            words = max((_cells(choice.label) for choice in spec.choices), default=0)
            return max(label, min(words, MOST_CHOICE))
        if spec.kind == "moment":
            return max(label, MOMENT)
        if spec.kind == "money":
            return max(label, MONEY)
        if spec.kind == "count":
            return min(max(label, LEAST["count"]), COUNT)
        if spec.kind == "link":
            return max(label, LINK)
        short = min(TEXT, max(spec.max // 2, SHORT)) if spec.max else TEXT
        return max(label, LEAST.get(spec.kind, short))

    def follow(self, column: int) -> None:
        """Scroll as little as brings a column into sight, whole."""
        if self._fits_all():
            self.left = 0
        elif column < self.left:
            self.left = column
        while self.left < column and self._ends(column) > self.room:
            self.left += 1

    def slots(self) -> list[CellSlot]:
        """The columns in sight, from the left; the last one may be cut at the edge."""
        found, x = list[CellSlot](), GUTTER
        if self._is_pinned():
            found.append(CellSlot(self.naming, x, PINNED))
            x += PINNED + GAP
        for column in range(self.left, len(self.specs)):
            cells = min(self.wanted(column), self.width - x)
            if cells < min(4, self.wanted(column)):
                break
            found.append(CellSlot(column, x, cells))
            x += cells + GAP
        return _widened(found, self.width - x + GAP, self._weight)

    def slot(self, column: int) -> CellSlot | None:
        """Where a column is; None where it is not in sight."""
        return next((one for one in reversed(self.slots()) if one.column == column), None)

    @property
    def more(self) -> bool:
        """Whether columns go on beyond the right edge."""
        slots = self.slots()
        return bool(slots) and slots[-1].column < len(self.specs) - 1

    def _is_pinned(self) -> bool:
        return self.left > self.naming and self.room > 3 * PINNED

    def _fits_all(self) -> bool:
        every = sum(self.wanted(at) + GAP for at in range(len(self.specs))) - GAP
        return every <= self.room

    def _ends(self, column: int) -> int:
        pinned = PINNED + GAP if self._is_pinned() else 0
        return pinned + sum(self.wanted(at) + GAP for at in range(self.left, column + 1)) - GAP

    def _weight(self, column: int) -> int:
        if column == self.naming:
            return 3
        return 0 if self.specs[column].kind in LEAST else 1


def _widened(slots: list[CellSlot], spare: int, weight: Callable[[int], int]) -> list[CellSlot]:
    """Give the room left over to the columns of text."""
    weights = [weight(slot.column) for slot in slots]
    left, found, moved = sum(weights), list[CellSlot](), 0
    for slot, share in zip(slots, weights, strict=True):
        more = max(spare, 0) * share // left if left else 0
        spare, left = spare - more, left - share
        found.append(CellSlot(slot.column, slot.x + moved, slot.cells + more))
        moved += more
    return found


def _cells(word: W) -> int:
    """The wider of a word's two forms."""
    return max(width(word.zh), width(word.en))
