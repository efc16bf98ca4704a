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

OTHER = W(
    "文件 {file} 是 {form} 格式。请用 WPS 或 LibreOffice 另存为 .xlsx。",
    "The file {file} is of the form {form}. Save it as .xlsx in WPS or LibreOffice.",
)


@contextmanager
def table(
    path: Path, *, sheet: str = "", charset: str = "", limits: Limits = LIMITS, names: int = 0
) -> Iterator[SourceTable]:
    """The table in a file, closed when the block ends.

    `sheet` chooses a sheet of a workbook, `charset` the encoding of text, `names` the number of the
    row with the column names, from 1; 0 finds it. Raises `Refused` with
    a sentence that names the file for whatever cannot be read.
    """
    try:
        found = _open(path, sheet, charset, limits, names)
    except FileNotFoundError:
        raise Refused(NO_FILE, file=path) from None
    except OSError as error:
        raise Refused(CANNOT_READ, file=path.name, reason=why(error)) from error
    try:
        yield found
    finally:
        found.close()


def _open(path: Path, sheet: str, charset: str, limits: Limits, names: int) -> SourceTable:
    form = path.suffix.lower()
    if form in TEXTS:
        return delimited.read(path, charset=charset, limits=limits, names=names)
    if form in BOOKS:
        return workbook_reader.read(path, sheet=sheet, limits=limits, names=names)
    if form in LINES:
        return json_lines.read(path, limits=limits)
    if form == ".xls":
        raise Refused(OLD, file=path.name)
    if form in (".et", ".ods"):
        raise Refused(OTHER, file=path.name, form=form)
    raise Refused(FORM, file=path.name)
