"""Long lines: of a line that is thousands of rows long, only the row that is drawn is cut out.

Textual cuts the whole line into all of its rows for each row of a frame and for each question
where the cursor stands: a key in a line of 80,000 characters took a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from rich.containers import Lines
from rich.text import Text
from textual.document._wrapped_document import WrappedDocument

_ELSEWHERE = Text()


class LongLine(Text):
    """A line of which one row, counted from 0, will be drawn. It has no tabs: they are shown as
    other signs, so the rows before it need not be there to be counted."""

    def __init__(self, text: str, row: int) -> None:
        super().__init__("", end="", no_wrap=True)
        self._row = row
        self._hold(text)

    def _hold(self, text: str) -> None:
        """Have this text; Rich would look through all of it for what is harmless already."""
        self._text, self._length = [text], len(text)

    def set_length(self, new_length: int) -> None:
        """Room for the cursor behind the last character."""
        self._hold(self.plain[:new_length].ljust(new_length))

    def divide(self, offsets: Iterable[int]) -> Lines:
        """The rows that begin at these offsets; all but the one to be drawn are empty."""
        starts = [0, *offsets, len(self)]
        rows = [_ELSEWHERE] * (len(starts) - 1)
        start, end = starts[self._row], starts[self._row + 1]
        drawn = rows[self._row] = Text(self.plain[start:end], end="", no_wrap=True)
        for first, last, style in self.spans:
            if first < end and last > start:
                drawn.stylize(style, max(first - start, 0), min(last, end) - start)
        return Lines(rows)


class LongDocument(WrappedDocument):
    """A wrapped document that gives the rows of a line as plain slices."""

    def get_sections(self, line_index: int) -> list[str]:
        """The rows of a line."""
        line = self.document[line_index]
        return [line[a:b] for a, b in pairwise([0, *self.get_offsets(line_index), len(line)])]
