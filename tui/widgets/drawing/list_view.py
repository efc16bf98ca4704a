"""List view: which rows of a list are in sight, and on which one the cursor is; no widget."""

from __future__ import annotations

from collections.abc import Sequence

from tui.display.row_source import ListRow


class ListView:
    """The cursor of a list of `total` rows, `height` of them in sight from `top` on."""

    def __init__(self) -> None:
        self.position = 0
        """The cursor's row, from 0."""
        self.top = 0
        self.total = 0
        self.height = 1

    def fit(self, total: int, height: int) -> None:
        """There are so many rows now, and room for so many lines."""
        self.total, self.height = total, max(height, 1)

    def begin(self) -> None:
        """Back to the first row."""
        self.position = self.top = 0

    def in_sight(self, position: int) -> bool:
        """Whether a row is in sight."""
        return self.top <= position < self.top + self.height

    def clamp(self, top: int) -> int:
        """The nearest place at which a window can begin."""
        return max(min(top, self.total - self.height), 0)

    def move(self, position: int, top: int) -> bool:
        """Put cursor and window somewhere; whether the cursor moved.

        Past the edge the window jumps by half a page, so that most steps leave it where it is.
        """
        before = self.position
        self.position = position = max(min(position, self.total - 1), 0)
        self.top = self.clamp(top)
        if not self.in_sight(position):
            self.top = self.clamp(position - self.height // 2)
        return position != before

    def scrolled(self, by: int) -> tuple[int, int]:
        """Cursor and window after scrolling: the cursor stays on its row while it is in sight."""
        top = self.clamp(self.top + by)
        return min(max(self.position, top), top + self.height - 1), top

    def place(self) -> tuple[int, int]:
        """For the foot: the cursor's place from 0, and how many rows there are."""
        return self.position, self.total


class GroupedView(ListView):
    """The cursor of a list with headings (rows without an id), which it passes by."""

    def __init__(self, rows: Sequence[ListRow] = ()) -> None:
        super().__init__()
        self.rows = rows

    def move(self, position: int, top: int) -> bool:
        """Past a heading in the direction of travel, or back where there is no row beyond it."""
        position = self._row_near(max(min(position, len(self.rows) - 1), 0))
        above = position
        while above > 0 and not self.rows[above - 1].id:
            above -= 1  # a section's first row is shown with its heading
        return super().move(position, min(top, above) if position - above < self.height else top)

    def _row_near(self, position: int) -> int:
        last = len(self.rows) - 1
        way = -1 if position < self.position else 1
        for step in (way, -way):
            at = position
            while 0 <= at <= last and not self.rows[at].id:
                at += step
            if 0 <= at <= last:
                return at
        return position

    def place(self) -> tuple[int, int]:
        """The cursor's place among the rows, headings not counted."""
        before = sum(bool(row.id) for row in self.rows[: self.position])
        return before, sum(bool(row.id) for row in self.rows)

    def place_of(self, id: str) -> int | None:
        """The line of a row, headings counted."""
        return next((at for at, row in enumerate(self.rows) if row.id == id), None)
