"""Columns: how the values of a row share a line of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.words import W
from tui.cells import cut

GAP = 1  # cells between two columns


class Column(NamedTuple):
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


class Slot(NamedTuple):
    """A column that is shown: where it begins and how wide it is, in cells."""

    column: Column
    start: int
    cells: int


class Layout:
    """The columns that fit a width; `line` sets values into them."""

    def __init__(self, columns: Sequence[Column], width: int) -> None:
        self.width = width
        self.slots = _share(_fitting(list(columns), width), width)

    def line(self, values: Mapping[str, str | W]) -> str:
        """The values, cleaned and cut, in one line of exactly `width` cells."""
        get = values.get
        parts = [
            cut(str(get(column.name, "")), cells, padded=True, right=column.right)
            for column, _, cells in self.slots
        ]
        used = self.slots[-1].start + self.slots[-1].cells if self.slots else 0
        return (" " * GAP).join(parts) + " " * (self.width - used)

    def titles(self) -> str:
        """The header line, in the language of now."""
        return self.line({slot.column.name: slot.column.title for slot in self.slots})

    def at(self, x: int) -> Column | None:
        """The column at a cell, the gap behind it included."""
        slots = self.slots
        return next((s.column for s in slots if s.start <= x < s.start + s.cells + GAP), None)


def _fitting(columns: list[Column], width: int) -> list[Column]:
    """The columns whose least widths fit; the last one left is kept whatever its width."""
    while len(columns) > 1 and sum(c.least + GAP for c in columns) - GAP > width:
        # Of equals the rightmost goes: what names a record stands on the left.
        columns.remove(max(reversed(columns), key=lambda c: c.priority))
    return columns


def _share(columns: list[Column], width: int) -> list[Slot]:
    """Widths for the columns: the least for each, the rest by weight, no cell lost."""
    spare = max(width - sum(c.least + GAP for c in columns) + GAP, 0)
    weights = sum(c.weight for c in columns)
    slots: list[Slot] = []
    start = 0
    for column in columns:
        extra = spare * column.weight // weights if weights else 0
        spare, weights = spare - extra, weights - column.weight
        cells = min(column.least + extra, width)
        slots.append(Slot(column, start, cells))
        start += cells + GAP
    return slots
