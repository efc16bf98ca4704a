"""Workbooks (.xlsx): one sheet, read row by row through openpyxl after the guard has passed it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.text.words import Refused
from tui.spreadsheets.reading import merged_cells, sheet_table, workbook_guard
from tui.spreadsheets.reading.sheet_table import NO_SHEET, FailedCell, WorkbookSheet, plain
from tui.spreadsheets.reading.table import EMPTY, LIMITS, Limits, SourceTable

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile(r'((?:"[^"]*"|\\.|-)*)(0{2,})')
"""The format of a code: leading zeros, perhaps behind letters of its own ('"SN-"0000')."""
_SHARE = re.compile(r"0(\.0+)?%")
_EAST_ASIAN = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of built-in formats that are dates and times in East Asian Excel."""


def read(path: Path, *, sheet: str = "", limits: Limits = LIMITS, names: int = 0) -> SourceTable:
    """Open a workbook's sheet of that name, or its first visible one; `names` is the row of column
    names, from 1, 0 = to be found.

    Raises `Refused` when it is no workbook, goes beyond the limits or has no such sheet.
    """
    workbook_guard.check(path, limits)
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a handle, since the library looks at the name, too
            file = path.open("rb")
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # the library fails in many ways on damaged files
        file.close()
        raise Refused(workbook_guard.NO_WORKBOOK, file=path.name) from error
    _east_asian_dates(book)

    def close() -> None:
        book.close()
        file.close()

    try:
        found = _sheet(path, book, sheet)
        declared = min(found.max_row or 0, limits.rows)
        found.reset_dimensions()  # a declared size is not trusted
        shown = [one.title for one in book.worksheets if one.sheet_state == "visible"]
        titles = tuple(shown or book.sheetnames)
        given = WorkbookSheet(
            found.title, titles, _rows(path, found), merged_cells.of(found), declared
        )
        return sheet_table.table(path, given, limits, names, close)
    except BaseException:
        close()
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


def _rows(path: Path, sheet: Any) -> Iterator[list[str]]:
    """Every row's cells as text."""
    rows = sheet.iter_rows()
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                cells = next(rows)
        except StopIteration:
            return
        except Exception as error:  # as above: damage shows only while the sheet is read
            raise Refused(workbook_guard.NO_WORKBOOK, file=path.name) from error
        yield [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """A cell as text: what a person sees in it, days and times in ISO form."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            return FailedCell(value)
        return _ESCAPED.sub(_char, value) if "_x" in value else value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _shown(value, cell.number_format)
    return plain(value)


def _shown(value: float, form: str) -> str:
    """A number as its cell shows it: leading zeros, per cent; one of too many digits is marked."""
    text = sheet_table.number(value)
    if (zeros := _ZEROS.fullmatch(form)) and text.isdigit():
        before = zeros[1].replace('"', "").replace("\\", "")
        return before + text.zfill(len(zeros[2]))
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


def _char(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
