"""Row layout: how the values of a row share a line of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.frozen import NamedTuple
from models.text.words import W
from tui.display.terminal_text import cut, width

GAP = 1
"""Cells between two columns; one more between numbers and the words after them."""


class ListColumn(NamedTuple):
    """One column of a list, widths in cells.

    `least` is its smallest width and `weight` its share of the room left over (0: none). Where
    the line is too narrow the columns with the highest `priority` number go first. `words` is what
    a column of few words may say: it grows to the longest of them, before the rest is shared, by
    as much as a quarter of the room left over. A list that knows its rows puts theirs there.
    """

    name: str
    title: W
    least: int
    weight: int = 0
    priority: int = 0
    right: bool = False
    words: tuple[str | W, ...] | None = None


class ColumnSlot(NamedTuple):
    """A column that is shown: where it begins and how wide it is, in cells."""

    column: ListColumn
    start: int
    cells: int


class RowLayout:
    """The columns that fit a width; `line` sets values into them."""

    def __init__(self, columns: Sequence[ListColumn], width: int) -> None:
        self.width = width
        self.slots = _share(_fitting(list(columns), width), width)
        ends = [slot.start + slot.cells for slot in self.slots]
        begins = [slot.start for slot in self.slots[1:]]
        self._spaces = [begin - end for end, begin in zip(ends, [*begins, width], strict=False)]

    def line(self, values: Mapping[str, str | W]) -> str:
        """The values, cleaned and cut, in one line of exactly `width` cells."""
        get = values.get
        parts = [
            cut(str(get(column.name, "")), cells, padded=True, right=column.right) + " " * space
            for (column, _, cells), space in zip(self.slots, self._spaces, strict=True)
        ]
        return "".join(parts) or " " * self.width

    def titles(self) -> str:
        """The header line, in the language of now."""
        return self.line({slot.column.name: slot.column.title for slot in self.slots})

    def at(self, x: int) -> ListColumn | None:
        """The column at a cell, the gap behind it included."""
        slots = self.slots
        return next((s.column for s in slots if s.start <= x < s.start + s.cells + GAP), None)


def _gap(column: ListColumn, after: ListColumn) -> int:
    """Cells between two columns: a number at its right edge needs more room before words."""
    return GAP + (column.right and not after.right)


def _least(columns: Sequence[ListColumn]) -> int:
    """Cells that columns need at least."""
    return sum(c.least for c in columns) + sum(map(_gap, columns, columns[1:]))


def _fitting(columns: list[ListColumn], width: int) -> list[ListColumn]:
    """The columns whose least widths fit; the last one stays whatever its width."""
    while len(columns) > 1 and _least(columns) > width:
        # Of equals the rightmost is dropped: what names a record is on the left.
        columns.remove(max(reversed(columns), key=lambda c: c.priority))
    return columns


def _grown(columns: Sequence[ListColumn], room: int) -> list[int]:
    """By how many cells each column grows to what it says, together by no more than `room`."""
    found = []
    for column in columns:
        longest = max((width(str(word)) for word in column.words or ()), default=0)
        found.append(min(max(longest - column.least, 0), room))
        room -= found[-1]
    return found


def _share(columns: list[ListColumn], cells: int) -> list[ColumnSlot]:
    """Widths for the columns: the least for each, the rest by weight, no cell lost."""
    spare = max(cells - _least(columns), 0)
    grown = _grown(columns, spare // 4)
    spare -= sum(grown)
    weights = sum(c.weight for c in columns)
    slots: list[ColumnSlot] = []
    start = 0
    for column, after, more in zip(columns, [*columns[1:], None], grown, strict=True):
        extra = spare * column.weight // weights if weights else 0
        spare, weights = spare - extra, weights - column.weight
        wide = min(column.least + more + extra, cells)
        slots.append(ColumnSlot(column, start, wide))
        start += wide + (_gap(column, after) if after is not None else 0)
    return slots
