"""Delimited text (.csv, .tsv): rows of cells, though some of them are broken."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from models.text.words import Refused, W
from tui.spreadsheets.reading import encoding
from tui.spreadsheets.reading.table import (
    LIMITS,
    SKIPPED,
    TOO_LARGE,
    TOO_MANY_ROWS,
    Limits,
    SourceTable,
    TableRow,
    chosen,
    named,
    row,
)

DELIMITERS = (",", ";", "\t", "|", "，")
SAMPLE = 200
"""Lines looked at to find the delimiter."""
SAMPLE_LINE = 4_096
"""Characters looked at of each."""

UNCLOSED = W(
    "引号没有闭合或位置不对，这一行没有读",
    "a quotation mark is not closed or misplaced; the row was not read",
)
TOO_LONG = W("这一行太长（超过 {most} MB）", "the row is too long (over {most} MB)")
_CUT = "".join(("(too long)", "\n"))
"""In place of a line; known by identity, so that no text of a file is taken for it."""


class _Lines:
    """The lines of a file; those of a broken row can be given back, but for its first.

    A quotation mark that is never closed would otherwise swallow all the rows below it.
    """

    def __init__(self, file: TextIO, most: int) -> None:
        self._file = file
        self._most = most
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._size > self._most:
            raise csv.Error("too long")
        line = self._again.popleft() if self._again else self._next()
        if not line:
            raise StopIteration
        self._taken.append(line)
        self._size += len(line)
        if line is _CUT:
            raise csv.Error("too long")
        return line

    def _next(self) -> str:
        """The next line; `_CUT` in place of one that is too long."""
        line = self._file.readline(self._most)
        if len(line) < self._most or line[-1] in "\r\n":
            return line
        while (rest := self._file.readline(self._most)) and rest[-1] not in "\r\n":
            pass
        return _CUT

    def begin(self) -> None:
        """A row begins: what was taken before is done with."""
        self._taken.clear()
        self._size = 0

    def back(self) -> None:
        """The row was broken: read on behind its first line."""
        self._again.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
        self._size = len(self._taken[0]) if self._taken else 0


def read(path: Path, *, charset: str = "", limits: Limits = LIMITS, names: int = 0) -> SourceTable:
    """Open a file of delimited text. Raises `Refused` when it is too large, empty or no text."""
    if path.stat().st_size > limits.file:
        raise Refused(TOO_LARGE, file=path.name, most=limits.file >> 20)
    name = encoding.known(charset) if charset else encoding.of(path)
    file = path.open(encoding=name, errors="surrogateescape", newline="")
    try:
        return _table(path, file, limits, names, guessed=not charset and name == "gb18030")
    except BaseException:
        file.close()
        raise


def _table(path: Path, file: TextIO, limits: Limits, names: int, *, guessed: bool) -> SourceTable:
    csv.field_size_limit(limits.line)
    sample = iter(lambda: file.readline(SAMPLE_LINE), "")
    delimiter = _delimiter(list(islice(sample, SAMPLE)))
    file.seek(0)
    found = _records(_Lines(file, limits.line), delimiter)
    first = list(islice(found, max(SKIPPED, names)))
    notes = list[Refused]()
    texts = [[] if isinstance(c, csv.Error) or _is_mark(c) else c for c in first]
    at = chosen(texts, path.name, names, notes)
    titles = first[at]
    assert isinstance(titles, list)
    columns = named(titles, path.name, limits)
    size = max(path.stat().st_size, 1)
    table = SourceTable(
        name=path.name,
        columns=columns,
        rows=_rows(chain(first[at + 1 :], found), at + 2, columns, path.name, limits),
        share=lambda: 1.0 if file.closed else min(file.buffer.tell() / size, 1.0),
        close=file.close,
    )
    table.notes += notes
    if guessed:
        table.notes.append(Refused(encoding.GUESSED, file=path.name))
    return table


def _is_mark(cells: list[str] | csv.Error) -> bool:
    """Whether a row is the line `sep=;` that gives Excel the delimiter."""
    return not isinstance(cells, csv.Error) and cells[:1] != [] and cells[0].startswith("sep=")


def _records(lines: _Lines, delimiter: str) -> Iterator[list[str] | csv.Error]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.back()
            yield error
        else:
            yield cells


def _rows(
    found: Iterable[list[str] | csv.Error],
    start: int,
    columns: tuple[str, ...],
    file: str,
    limits: Limits,
) -> Iterator[TableRow]:
    for number, cells in enumerate(found, start):
        if number > limits.rows:
            raise Refused(TOO_MANY_ROWS, file=file, most=limits.rows)
        if isinstance(cells, csv.Error):
            yield TableRow(number, {}, _fault(cells, limits))
        elif any(encoding.broken(cell) for cell in cells):
            yield _unread(number, columns, cells)
        else:
            yield row(number, columns, cells)


def _fault(error: csv.Error, limits: Limits) -> Refused:
    long = "long" in str(error) or "limit" in str(error)
    return Refused(TOO_LONG, most=limits.line >> 20) if long else Refused(UNCLOSED)


def _unread(number: int, columns: tuple[str, ...], cells: list[str]) -> TableRow:
    pairs = [(n, c) for n, c in zip(columns, cells, strict=False) if encoding.broken(c)]
    whole = {n: c for n, c in zip(columns, cells, strict=False) if c and not encoding.broken(c)}
    return TableRow(number, whole, Refused(encoding.BROKEN), pairs[0][0] if pairs else "")


def _delimiter(lines: list[str]) -> str:
    """The delimiter with which most of the first rows have the same number of cells."""
    if lines and lines[0].lstrip("\ufeff").startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[-1]
    best, score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        cells = list(_widths(lines, delimiter))
        if not cells:
            continue
        width, times = Counter(cells).most_common(1)[0]
        if width > 1 and (times / len(cells), width) > score:
            best, score = delimiter, (times / len(cells), width)
    return best


def _widths(lines: list[str], delimiter: str) -> Iterator[int]:
    with suppress(csv.Error):
        yield from (len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells)
