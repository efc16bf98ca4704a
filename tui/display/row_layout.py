"""Row layout: how the values of a row share a line of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.text.words import W
from tui.display.terminal_text import cut

GAP = 1
"""Cells between two columns; one more between numbers and the words after them."""


class ListColumn(NamedTuple):
    """One column of a list, widths in cells.

    `least` is its smallest width and `weight` its share of the room left over (0: none). Where
    the line is too narrow the columns with the highest `priority` number go first.
    """

    name: str
    title: W
    least: int
    weight: int = 0
    priority: int = 0
    right: bool = False


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


def _share(columns: list[ListColumn], width: int) -> list[ColumnSlot]:
    """Widths for the columns: the least for each, the rest by weight, no cell lost."""
    spare = max(width - _least(columns), 0)
    weights = sum(c.weight for c in columns)
    slots: list[ColumnSlot] = []
    start = 0
    for column, after in zip(columns, [*columns[1:], None], strict=True):
        extra = spare * column.weight // weights if weights else 0
        spare, weights = spare - extra, weights - column.weight
        cells = min(column.least + extra, width)
        slots.append(ColumnSlot(column, start, cells))
        start += cells + (_gap(column, after) if after is not None else 0)
    return slots
