"""Workbooks (.xlsx): one sheet, read row by row through openpyxl after the guard has passed it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from models.text.words import Refused, W
from tui.spreadsheets.reading import merged_cells, workbook_guard
from tui.spreadsheets.reading.merged_cells import MergedCells
from tui.spreadsheets.reading.table import (
    CUT_NUMBER,
    EMPTY,
    LIMITS,
    SKIPPED,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Limits,
    SourceTable,
    TableRow,
    chosen,
    named,
    row,
)

NO_SHEET = W(
    "文件 {file} 中没有工作表“{sheet}”。有：{known}。",
    "The file {file} has no sheet “{sheet}”. It has: {known}.",
)
FORMULA_ERROR = W("公式出错：{text}", "its formula failed: {text}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
FILLED = W(
    "文件 {file} 有上下合并的单元格，其内容用于合并的每一行。",
    "The file {file} has cells merged downwards; their content counts in each of those rows.",
)
_ZEROS, _SHARE = re.compile("0{2,}"), re.compile(r"0(\.0+)?%")
_EAST_ASIAN = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of built-in formats that are dates and times in East Asian Excel."""
_DIGITS = 15
"""Digits of a number that Excel keeps and shows."""


class _Failed(str):
    """A cell whose formula failed, such as #N/A."""

    __slots__ = ()


class _Cut(_Failed):
    """A number of more digits than a spreadsheet keeps."""

    __slots__ = ()


def read(path: Path, *, sheet: str = "", limits: Limits = LIMITS, names: int = 0) -> SourceTable:
    """Open a workbook's sheet of that name, or its first visible one; `names` is the row of column
    names, from 1, 0 = to be found.

    Raises `Refused` when it is no workbook, goes beyond the limits or has no such sheet.
    """
    workbook_guard.check(path, limits)
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # the library fails in many ways on damaged files
        raise Refused(workbook_guard.NO_WORKBOOK, file=path.name) from error
    _east_asian_dates(book)
    try:
        return _table(path, book, _sheet(path, book, sheet), limits, names)
    except BaseException:
        book.close()
        raise


def _sheet(path: Path, book: Any, name: str) -> Any:
    sheets = [one for one in book.worksheets if hasattr(one, "iter_rows")]
    if name:
        found = [one for one in sheets if one.title == name]
        if not found:
            known = ", ".join(one.title for one in sheets)
            raise Refused(NO_SHEET, file=path.name, sheet=name, known=known)
        return found[0]
    shown = [one for one in sheets if one.sheet_state == "visible"] or sheets
    if not shown:
        raise Refused(EMPTY, file=path.name)
    return shown[0]


def _table(path: Path, book: Any, sheet: Any, limits: Limits, names: int) -> SourceTable:
    declared = min(sheet.max_row or 0, limits.rows)
    sheet.reset_dimensions()  # a declared size is not trusted
    merged = merged_cells.of(sheet)
    found = _cells(path, sheet, limits, merged)
    first, notes = list(islice(found, max(SKIPPED, names))), list[Refused]()
    bands = {row - 1 for row in merged.across}
    at = chosen(first, path.name, names, notes, bands)
    columns = named(list(first[at]), path.name, limits)
    read = [at + 1]
    table = SourceTable(
        name=path.name,
        columns=columns,
        rows=_rows(chain(first[at + 1 :], found), columns, read),
        share=lambda: min(read[0] / declared, 1.0) if declared else 0.0,
        close=book.close,
        notes=notes,
        sheet=sheet.title if len(book.worksheets) > 1 else "",
    )
    if merged.below(at + 1):
        table.notes.append(Refused(FILLED, file=path.name))
    return table


def _cells(
    path: Path, sheet: Any, limits: Limits, merged: MergedCells
) -> Iterator[tuple[str, ...]]:
    """Every row's cells as text, blank rows too; a cell merged downwards is in each of its rows."""
    rows = sheet.iter_rows()
    for number in range(1, limits.rows + 2):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                cells = next(rows)
        except StopIteration:
            return
        except Exception as error:  # as above: damage shows only while the sheet is read
            raise Refused(workbook_guard.NO_WORKBOOK, file=path.name) from error
        if number > limits.rows:
            raise Refused(TOO_MANY_ROWS, file=path.name, most=limits.rows)
        texts = merged.filled(number, [_text(cell) for cell in cells])
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
        failed = next((at for at, cell in enumerate(cells) if isinstance(cell, _Failed)), None)
        if failed is not None and failed < len(columns):
            kept = {n: c for n, c in zip(columns, cells, strict=False) if c}
            word = CUT_NUMBER if isinstance(cells[failed], _Cut) else FORMULA_ERROR
            yield TableRow(read[0], kept, Refused(word, text=cells[failed]), columns[failed])
        else:
            yield row(read[0], columns, cells)


def _text(cell: Any) -> str:
    """A cell as text: what a person sees in it, days and times in ISO form."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            return _Failed(value)
        return _ESCAPED.sub(_char, value) if "_x" in value else value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _shown(value, cell.number_format)
    return plain(value)


def _shown(value: float, form: str) -> str:
    """A number as its cell shows it: leading zeros, per cent; one of too many digits is marked."""
    text = plain(value)
    if isinstance(value, float) and abs(value) >= 10**_DIGITS:
        kept = text.strip("-").rstrip("0")
        return _Cut(text) if len(kept) >= _DIGITS else text
    if _ZEROS.fullmatch(form) and text.isdigit():
        return text.zfill(len(form))
    if share := _SHARE.fullmatch(form):
        places = len(share[1] or ".") - 1
        return f"{Decimal(text) * 100:.{places}f}%"
    return text


def _east_asian_dates(book: Any) -> None:
    """Have the date formats of Chinese, Japanese and Korean Excel read as dates: the library does
    not know their numbers.
    """
    for place, style in enumerate(book._cell_styles):
        if style.numFmtId in _EAST_ASIAN:
            book._date_formats.add(place)


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


def _char(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
