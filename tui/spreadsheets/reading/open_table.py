"""Open table: a file of any of the forms that lists come in, as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.text.os_errors import why
from models.text.words import Refused, W
from tui.spreadsheets.reading import (
    delimited,
    json_lines,
    other_workbook,
    workbook_guard,
    workbook_reader,
)
from tui.spreadsheets.reading.table import LIMITS, Limits, SourceTable

TEXTS = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx", ".xlsm")
OTHERS = (".xls", ".ods", ".et")
LINES = (".jsonl", ".ndjson")

HEAD = 4_096
"""Bytes that tell a text named as a workbook."""
ALL = (*BOOKS, *OTHERS, *TEXTS, *LINES)
"""How the names of files end that can be read."""

NO_FILE = W("没有文件 {file}。请核对路径。", "There is no file {file}. Check the path.")
CANNOT_READ = W("不能读取文件 {file}：{reason}。", "The file {file} cannot be read: {reason}.")
FORM = W(
    "不认识文件 {file} 的格式。可导入 .xlsx、.xls、.ods、.et、.csv 和 .jsonl。",
    "The format of the file {file} is not known. Import .xlsx, .xls, .ods, .et, .csv or .jsonl.",
)
WEB_PAGE = W(
    "文件 {file} 其实是网页，只是名为 {form}。请用 Excel 或 WPS 打开并另存为 .xlsx。",
    "The file {file} is a web page that is only named {form}. Open it and save it as .xlsx.",
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
    if form in TEXTS and not workbook_guard.is_workbook(path):
        return delimited.read(path, charset=charset, limits=limits, names=names)
    if form in (*BOOKS, *OTHERS, *TEXTS):
        return _workbook(path, form)(path, sheet=sheet, limits=limits, names=names)
    if form in LINES:
        return json_lines.read(path, limits=limits)
    raise Refused(FORM, file=path.name)


def _workbook(path: Path, form: str) -> Callable[..., SourceTable]:
    """What reads a workbook, by its content: names tell less (an .et may be either, and a system
    may write a text or a web page and call it .xls).
    """
    if workbook_guard.is_old(path):
        return other_workbook.read
    if form in BOOKS or workbook_guard.is_workbook(path):
        return workbook_reader.read
    with path.open("rb") as file:
        head = file.read(HEAD)
    if form != ".ods" and head and b"\0" not in head and not head.startswith(b"PK"):
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise Refused(WEB_PAGE, file=path.name, form=form)
        if b"\t" in head or b"," in head:
            return _text
    return other_workbook.read


def _text(path: Path, *, sheet: str, limits: Limits, names: int) -> SourceTable:  # noqa: ARG001
    return delimited.read(path, limits=limits, names=names)
