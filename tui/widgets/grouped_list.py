"""Grouped list: a list whose rows are under headings, on which the cursor does not stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from models.frozen import Frozen
from models.text.words import W
from tui.display.row_layout import ListColumn, RowLayout
from tui.display.row_source import DisplayLine, Fixed, ListRow
from tui.display.terminal_text import cut, drawing, width
from tui.widgets.drawing.list_painter import HEAD
from tui.widgets.drawing.list_view import GroupedView
from tui.widgets.plain_content import text_of
from tui.widgets.windowed_list import NOTHING, WindowedList


class GroupHead(Frozen):
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
        self._grouped = GroupedView()
        super().__init__(columns, Fixed(), empty=empty, view=self._grouped, id=id)
        self._columns = columns
        self._laid_out = False

    @property
    def rows(self) -> Sequence[ListRow]:
        """All lines, headings among them."""
        return self._grouped.rows

    def show(self, rows: Sequence[ListRow]) -> None:
        """Show these; the cursor stays on its row, or near where it was."""
        keep, first = self.current, not self.rows
        self._take(rows)
        if first:
            self._view.position = 0
        self.reload(keep)

    def redraw(self, rows: Sequence[ListRow], *ids: str) -> None:
        """The same rows, but for these: only their lines are painted again."""
        same, keep = [row.id for row in rows] == [row.id for row in self.rows], self.current
        self._take(rows)
        self._window.forget()
        self._strips.forget()
        if not same:
            self.reload(keep)
            return
        for at, row in enumerate(rows):
            if row.id in ids and self._view.in_sight(at):
                self._paint(HEAD + at - self._view.top)

    def _take(self, rows: Sequence[ListRow]) -> None:
        self._grouped.rows = rows
        self._window.source = Fixed(rows)
        self._strips.take([_saying(column, rows) for column in self._columns])

    def go_to(self, id: str) -> None:
        """Put the cursor on a row."""
        at = self._grouped.place_of(id)
        if at is not None:
            self.go(at)

    def on_resize(self) -> None:
        """Before the first layout nothing is known of what is in sight: begin at the top."""
        self._move(self.position, self._view.top if self._laid_out else 0)
        self._laid_out = True

    def _foot_note(self) -> str:
        """The note, asked anew: rows are redrawn one by one here, and the note may count them."""
        return text_of(self.note)


def _saying(column: ListColumn, rows: Sequence[ListRow]) -> ListColumn:
    """A column that grows, with what these rows say in it."""
    if column.words is None:
        return column
    lines = [row for row in rows if isinstance(row, DisplayLine)]
    said = dict.fromkeys(line.values.get(column.name, "") for line in lines)
    return column._replace(words=tuple(said))
