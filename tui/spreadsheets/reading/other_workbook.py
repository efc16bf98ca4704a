"""Other workbooks (.xls, .ods, .et): one sheet, read by python-calamine in a process of its own.

The library knows the old binary form and OpenDocument, which openpyxl does not; it tells no number
formats, so that numbers come as they are stored.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from models.text.words import Refused, W
from tui.spreadsheets.reading import sheet_table, workbook_guard
from tui.spreadsheets.reading.merged_cells import MergedCells, of_ranges
from tui.spreadsheets.reading.sheet_table import NO_SHEET, WorkbookSheet, plain
from tui.spreadsheets.reading.table import EMPTY, LIMITS, Limits, SourceTable

CHILD = Path(__file__).with_name("workbook_process.py")
FORMS: dict[str, Callable[[str], object]] = {
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "time": time.fromisoformat,
    "span": lambda text: timedelta(seconds=float(text)),
}
PASSWORD = W(
    "文件 {file} 加了打开密码。请去掉密码另存后再导入。",
    "The file {file} has a password. Save it without one and import that.",
)


def read(path: Path, *, sheet: str = "", limits: Limits = LIMITS, names: int = 0) -> SourceTable:
    """Open a sheet by its name, or the first visible one; `names` is the row of column names, from
    1, 0 = to be found.

    Raises `Refused` when it cannot be read, goes beyond the limits or has no such sheet.
    """
    workbook_guard.check_other(path, limits)
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD), str(path), sheet],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    assert child.stdout is not None
    try:
        head = _head(path, child, limits)
        if "merged" not in head:
            known = ", ".join(head["every"])
            raise Refused(NO_SHEET if sheet else EMPTY, file=path.name, sheet=sheet, known=known)
        found = WorkbookSheet(
            title=head["sheet"],
            sheets=tuple(head["sheets"]),
            rows=_rows(path, child.stdout, child, limits),
            merged=_merged(head["merged"]),
            declared=min(int(head["rows"]), limits.rows),
        )
        return sheet_table.table(path, found, limits, names, lambda: _end(child))
    except BaseException:
        _end(child)
        raise


def _merged(ranges: list[Any]) -> MergedCells:
    return of_ranges((r1 + 1, c1, r2 + 1, c2) for (r1, c1), (r2, c2) in ranges)


def _head(path: Path, child: subprocess.Popen[str], limits: Limits) -> dict[str, Any]:
    assert child.stdout is not None
    found = _line(path, child.stdout, limits)
    if isinstance(found, dict) and "error" not in found:
        return found
    locked = found == {"error": "password"} or workbook_guard.is_locked(path)
    word = PASSWORD if locked else workbook_guard.NO_SHEETS
    raise Refused(word, file=path.name)


def _rows(
    path: Path, lines: IO[str], child: subprocess.Popen[str], limits: Limits
) -> Iterator[list[str]]:
    while (cells := _line(path, lines, limits)) is not None:
        if not isinstance(cells, list):
            raise Refused(workbook_guard.NO_SHEETS, file=path.name)
        yield [_text(cell) for cell in cells]
    if child.wait():  # ended by the system, half way
        raise Refused(workbook_guard.NO_SHEETS, file=path.name)


def _line(path: Path, lines: IO[str], limits: Limits) -> Any:
    line = lines.readline(limits.row)
    if not line:
        return None
    if not line.endswith("\n"):
        raise Refused(workbook_guard.NO_SHEETS, file=path.name)
    return json.loads(line)


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return sheet_table.failing(cell)
    if isinstance(cell, list):
        form, text = cell
        return plain(FORMS[form](text))
    return sheet_table.number(cell) if isinstance(cell, float) else plain(cell)


def _end(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        child.kill()
    if child.stdout is not None:
        child.stdout.close()
    child.wait()
