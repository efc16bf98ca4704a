"""Week window: the cursor of the grid of people and weeks, and the part of it in sight."""

from __future__ import annotations


class WeekWindow:
    """A cursor on `row` and `column` of a grid, of which a window from `top`, `left` is in sight.

    The window follows the cursor by half its size, so that most steps leave it where it is.
    """

    def __init__(self) -> None:
        self.row = self.column = 0
        self.top = self.left = 0
        self.rows = self.columns = 0
        """How many there are."""
        self.high = self.wide = 1
        """How many rows and columns are in sight."""

    @property
    def last_column(self) -> int:
        """The column behind the last one in sight."""
        return min(self.left + self.wide, self.columns)

    def fit(self, rows: int, columns: int, high: int, wide: int) -> None:
        """The grid has so many rows and columns, and room for so many; one at least."""
        self.rows, self.columns = rows, columns
        self.high, self.wide = max(high, 1), max(wide, 1)
        self.row = max(min(self.row, rows - 1), 0)
        self.column = max(min(self.column, columns - 1), 0)
        self.top = _begin(self.top, self.row, self.high, rows)
        self.left = _begin(self.left, self.column, self.wide, columns)

    def move(self, row: int, column: int, *, scroll: int = 0) -> bool:
        """Put the cursor somewhere, the window first so many rows on; whether the cursor moved."""
        before = self.row, self.column
        self.row, self.column = row, column
        self.top += scroll
        self.fit(self.rows, self.columns, self.high, self.wide)
        return before != (self.row, self.column)

    def show_last(self) -> None:
        """Show as many of the last columns as fit."""
        self.left = self.columns
        self.fit(self.rows, self.columns, self.high, self.wide)


def _begin(begin: int, cursor: int, size: int, total: int) -> int:
    """Where a window of a size begins, so that the cursor is in it and no room is lost."""
    begin = max(min(begin, total - size), 0)
    if begin <= cursor < begin + size:
        return begin
    return max(min(cursor - size // 2, total - size), 0)
