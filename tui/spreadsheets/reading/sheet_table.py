"""Sheet table: the rows of a workbook's sheet, as a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

from models.text.words import Refused, W
from tui.spreadsheets.reading.merged_cells import MergedCells
from tui.spreadsheets.reading.table import (
    CUT_NUMBER,
    SKIPPED,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Limits,
    SourceTable,
    TableRow,
    chosen,
    header,
    named,
    row,
)

NO_SHEET = W(
    "文件 {file} 中没有工作表“{sheet}”。有：{known}。",
    "The file {file} has no sheet “{sheet}”. It has: {known}.",
)
FORMULA_ERROR = W("公式出错：{text}", "its formula failed: {text}")
FILLED = W(
    "文件 {file} 有上下合并的单元格，其内容用于合并的每一行。",
    "The file {file} has cells merged downwards; their content counts in each of those rows.",
)
_DIGITS = 15
"""Digits of a number that Excel keeps and shows."""
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")


class FailedCell(str):
    """A cell whose formula failed, such as #N/A."""

    __slots__ = ()


class CutNumber(FailedCell):
    """A number of more digits than a spreadsheet keeps."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet that is being read: its cells as text, row by row, blank rows too."""

    title: str
    sheets: tuple[str, ...]
    """The visible sheets of its workbook."""
    rows: Iterator[list[str]]
    merged: MergedCells
    declared: int
    """Rows that it says it has, for telling how far one is."""


def table(
    path: Path, sheet: WorkbookSheet, limits: Limits, names: int, close: Callable[[], None]
) -> SourceTable:
    """The sheet as a table; `names` is the row of column names, from 1, 0 = to be found."""
    found = _cells(path, sheet, limits)
    first, notes = list(islice(found, max(SKIPPED, names))), list[Refused]()
    bands = {at - 1 for at in sheet.merged.across}
    names = names or _names_below(first, header(first, path.name, bands), sheet.merged)
    at = chosen(first, path.name, names, notes, bands)
    columns = named(list(first[at]), path.name, limits)
    read = [at + 1]
    made = SourceTable(
        name=path.name,
        columns=columns,
        rows=_rows(chain(first[at + 1 :], found), columns, read),
        share=lambda: min(read[0] / sheet.declared, 1.0) if sheet.declared else 0.0,
        close=close,
        notes=notes,
        sheet=sheet.title if len(sheet.sheets) > 1 else "",
        sheets=sheet.sheets,
        first=tuple(map(tuple, first)),
        names_at=at + 1,
        across=sheet.merged.across,
    )
    if sheet.merged.below(at + 1):
        made.notes.append(Refused(FILLED, file=path.name))
    return made


def _names_below(first: list[tuple[str, ...]], at: int, merged: MergedCells) -> int:
    """The number of the last row of names that fill two rows or more, merged where one is enough;
    0 for one row."""
    last = merged.reach(at + 1)
    below = first[last - 1 : last] if last > at + 1 else []
    return last if below and len(set(below[0])) >= len(set(first[at])) else 0


def _cells(path: Path, sheet: WorkbookSheet, limits: Limits) -> Iterator[tuple[str, ...]]:
    """Every row's cells; a cell merged downwards is in each of its rows."""
    for number, cells in enumerate(sheet.rows, 1):
        if number > limits.rows:
            raise Refused(TOO_MANY_ROWS, file=path.name, most=limits.rows)
        texts = sheet.merged.filled(number, cells)
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > limits.columns:
            raise Refused(TOO_MANY_COLUMNS, file=path.name, most=limits.columns)
        yield tuple(texts)


def _rows(
    found: Iterable[Sequence[str]], columns: tuple[str, ...], read: list[int]
) -> Iterator[TableRow]:
    for cells in found:
        read[0] += 1
        failed = next((at for at, cell in enumerate(cells) if isinstance(cell, FailedCell)), None)
        if failed is not None and failed < len(columns):
            kept = {n: c for n, c in zip(columns, cells, strict=False) if c}
            word = CUT_NUMBER if isinstance(cells[failed], CutNumber) else FORMULA_ERROR
            yield TableRow(read[0], kept, Refused(word, text=cells[failed]), columns[failed])
        else:
            yield row(read[0], columns, cells)


def number(value: float) -> str:
    """A number as text; one of more digits than are kept is marked."""
    text = plain(value)
    if isinstance(value, float) and abs(value) >= 10**_DIGITS:
        return CutNumber(text) if len(text.strip("-").rstrip("0")) >= _DIGITS else text
    return text


def failing(text: str) -> str:
    """A text that is the error of a formula, marked as one; any other as it is."""
    return FailedCell(text) if text[:1] == "#" and _ERROR.fullmatch(text) else text


def plain(value: object) -> str:
    """A typed value as text; numbers with the fifteen digits that Excel keeps."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(format(value, f".{_DIGITS}g")), "f")
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(value)


def _moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    form = "milliseconds" if value.microsecond else "seconds"
    return value.isoformat(" ", timespec=form)
