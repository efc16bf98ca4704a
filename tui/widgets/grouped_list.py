"""Grouped list: a list whose rows stand under headings; the cursor passes the headings by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.strip import Strip

from models.text.words import W
from tui.display.row_layout import ListColumn, RowLayout
from tui.display.row_source import Fixed, ListRow
from tui.display.terminal_text import cut, drawing, width
from tui.widgets.plain_content import text_of
from tui.widgets.windowed_list import FOOT, NOTHING, WindowedList


@dataclass(frozen=True, slots=True)
class GroupHead:
    """The heading of a section; a `hint` is a line of advice instead."""

    text: str
    hint: bool = False
    id: str = ""

    def segments(self, columns: RowLayout) -> tuple[str, str]:
        """The text, and a rule to the edge."""
        text = cut(self.text, columns.width)
        rule = "" if self.hint else " " + drawing.now.rule * (columns.width - width(text) - 1)
        line = text + rule if width(text) < columns.width else text
        return cut(line, columns.width, padded=True), "muted" if self.hint else "head"


class GroupedList(WindowedList):
    """A list over rows in memory, headings among them; places and counts are those of rows."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*WindowedList.COMPONENT_CLASSES, "lines--head"}
    DEFAULT_CSS = """
    GroupedList > .lines--head { color: $text-primary; text-style: bold; }
    """

    def __init__(
        self, columns: Sequence[ListColumn], *, empty: W = NOTHING, id: str | None = None
    ) -> None:
        super().__init__(columns, Fixed(), empty=empty, id=id)
        self.rows: Sequence[ListRow] = ()
        self._laid_out = False

    def show(self, rows: Sequence[ListRow]) -> None:
        """Show these; the cursor stays on its row, or near where it was."""
        keep, first = self.current, not self.rows
        self.rows = rows
        self._window.source = Fixed(rows)
        if first:
            self.position = 0
        self.reload(keep)

    def redraw(self, rows: Sequence[ListRow], *ids: str) -> None:
        """The same rows, but for these: only their lines are painted again."""
        same = [row.id for row in rows] == [row.id for row in self.rows]
        self.rows = rows
        self._window.source = Fixed(rows)
        self._window.forget()
        self._strips.forget()
        if not same:
            self.reload(self.current)
            return
        for at, row in enumerate(rows):
            if row.id in ids and self._top <= at < self._top + self._height:
                self._paint(1 + at - self._top)

    @property
    def current(self) -> str | None:
        """The id of the row under the cursor; None on a heading."""
        return super().current or None

    def go_to(self, id: str) -> None:
        """Put the cursor on a row."""
        at = next((at for at, row in enumerate(self.rows) if row.id == id), None)
        if at is not None:
            self.go(at)

    def on_resize(self) -> None:
        """Before the first layout nothing is known of what is in sight: begin at the top."""
        self._move(self.position, self._top if self._laid_out else 0)
        self._laid_out = True

    def _move(self, position: int, top: int) -> bool:
        """Past a heading in the direction of travel, or back where there is no row beyond it."""
        last = len(self.rows) - 1
        position = max(min(position, last), 0)
        way = -1 if position < self.position else 1
        for step in (way, -way):
            at = position
            while 0 <= at <= last and not self.rows[at].id:
                at += step
            if 0 <= at <= last:
                position = at
                break
        above = position
        while above > 0 and not self.rows[above - 1].id:
            above -= 1  # a section's first row is shown with its heading
        return super()._move(position, min(top, above) if position - above < self._height else top)

    def _line(self, y: int, height: int) -> Strip:
        if y < height - FOOT:
            return super()._line(y, height)
        ids = [row.id for row in self.rows[: self.position]]
        total = sum(bool(row.id) for row in self.rows)
        place = sum(map(bool, ids))
        return self._strips.foot(place, total, text_of(self.note))
