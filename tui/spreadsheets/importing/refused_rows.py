"""Refused rows, written to a file of their own as they were, with the reason, to be corrected."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from models.storage.atomic_file import whole
from models.text.words import Refused, W
from tui.display.terminal_text import show
from tui.spreadsheets.formula_guard import protect
from tui.spreadsheets.reading.table import TableRow

HEADS = (W("行", "Row"), W("列", "Column"), W("原因", "Reason"))
EXISTS = W(
    "文件 {file} 已存在。请给没有导入的行另起一个文件名。",
    "The file {file} exists. Give another file name for the rows that were not imported.",
)


@contextmanager
def keeping(
    path: Path, columns: Sequence[str]
) -> Iterator[Callable[[TableRow, str, Refused], None]]:
    """Takes refused rows; when the block ends they are in a .csv, if there were any.

    Raises `Refused` when there is a file of that name already.
    """
    if path.exists():
        raise Refused(EXISTS, file=path.name)
    with ExitStack() as stack:
        opened: list[Any] = []

        def keep(row: TableRow, column: str, why: Refused) -> None:
            if not opened:
                opened.append(_begin(stack, path, columns))
            cells = [row.cells.get(name, "") for name in columns]
            told = [row.number, column, str(why), *cells]
            opened[0].writerow([protect(show(str(cell))) for cell in told])

        yield keep


def _begin(stack: ExitStack, path: Path, columns: Sequence[str]) -> Any:
    fresh = stack.enter_context(whole(path, force=False))
    file = stack.enter_context(fresh.open("w", encoding="utf-8-sig", newline=""))
    rows = csv.writer(file)
    rows.writerow([protect(show(name)) for name in (*map(str, HEADS), *columns)])
    return rows
