"""Merged cells: which cells of a sheet stand for several rows.

The library tells it only of sheets that it holds whole, so the part of the file is looked through
for it. The guard has counted its bytes before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

MOST = 100_000
"""Most merged cells that are kept in mind; those further down stay as they are."""
_PIECE, _OVERLAP = 1 << 20, 400
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)


class MergedCells:
    """Cells merged downwards, each (first row, last row, column); rows from 1, columns from 0."""

    def __init__(
        self, spans: list[tuple[int, int, int]], across: frozenset[int] = frozenset()
    ) -> None:
        self._spans = sorted(spans)
        self.across = across
        """Rows with cells that are merged over columns: titles and bands, no names of columns."""
        self._next = 0
        self._open: dict[int, tuple[int, str]] = {}

    def below(self, row: int) -> bool:
        """Whether one stands further down than a row."""
        return bool(self._spans) and bisect_right(self._spans, (row, 1 << 30, 0)) < len(self._spans)

    def filled(self, row: int, texts: list[str]) -> list[str]:
        """The texts of a row, asked for one row after another, with those of cells that reach down
        into it. A row that has nothing of its own stays as it is.
        """
        found = list(texts)
        if any(text.strip() for text in texts):
            for column, (last, text) in self._open.items():
                if row <= last:
                    found += [""] * (column + 1 - len(found))
                    found[column] = found[column] or text
        self._open = {at: span for at, span in self._open.items() if span[0] > row}
        while self._next < len(self._spans) and self._spans[self._next][0] <= row:
            first, last, column = self._spans[self._next]
            self._next += 1
            if first == row and column < len(texts) and texts[column]:
                self._open[column] = (last, texts[column])
        return found


def of(sheet: Any) -> MergedCells:
    """The merged cells of a sheet that is read row by row."""
    spans, across = list[tuple[int, int, int]](), set[int]()
    with sheet.parent._archive.open(sheet._worksheet_path) as part:
        tail = b""
        while (piece := part.read(_PIECE)) and len(spans) < MOST:
            seen = tail + piece
            done = 0
            for found in _MERGED.finditer(seen):
                done = found.end()
                first, last = int(found[2]), int(found[4])
                if found[3] != found[1]:
                    across.add(first)
                if last > first:
                    spans.append((first, last, _column(found[1])))
            tail = seen[max(done, len(seen) - _OVERLAP) :]
    return MergedCells(spans, frozenset(across))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
