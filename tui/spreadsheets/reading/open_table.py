"""Open table: a file of any of the forms that lists come in, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.text.os_errors import why
from models.text.words import Refused, W
from tui.spreadsheets.reading import delimited, json_lines, workbook_reader
from tui.spreadsheets.reading.table import LIMITS, Limits, SourceTable
from tui.spreadsheets.reading.workbook_guard import OLD

TEXTS = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx", ".xlsm")
LINES = (".jsonl", ".ndjson")

NO_FILE = W("没有文件 {file}。请核对路径。", "There is no file {file}. Check the path.")
CANNOT_READ = W("不能读取文件 {file}：{reason}。", "The file {file} cannot be read: {reason}.")
FORM = W(
    "不认识文件 {file} 的格式。可导入 .xlsx、.csv 和 .jsonl。",
    "The format of the file {file} is not known. Import .xlsx, .csv or .jsonl.",
)


@contextmanager
def table(
    path: Path, *, sheet: str = "", charset: str = "", limits: Limits = LIMITS
) -> Iterator[SourceTable]:
    """The table in a file, closed when the block ends.

    `sheet` chooses a sheet of a workbook, `charset` the encoding of text. Raises `Refused` with
    a sentence that names the file for whatever cannot be read.
    """
    try:
        found = _open(path, sheet, charset, limits)
    except FileNotFoundError:
        raise Refused(NO_FILE, file=path) from None
    except OSError as error:
        raise Refused(CANNOT_READ, file=path.name, reason=why(error)) from error
    try:
        yield found
    finally:
        found.close()


def _open(path: Path, sheet: str, charset: str, limits: Limits) -> SourceTable:
    form = path.suffix.lower()
    if form in TEXTS:
        return delimited.read(path, charset=charset, limits=limits)
    if form in BOOKS:
        return workbook_reader.read(path, sheet=sheet, limits=limits)
    if form in LINES:
        return json_lines.read(path, limits=limits)
    if form in (".xls", ".et", ".ods"):
        raise Refused(OLD, file=path.name)
    raise Refused(FORM, file=path.name)
