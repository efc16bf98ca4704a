"""JSON lines: one object a line, its members the cells."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from models.text.strict_json import reader
from models.text.words import Refused, W
from tui.spreadsheets.reading.table import (
    EMPTY,
    LIMITS,
    TOO_LARGE,
    TOO_MANY_ROWS,
    Limits,
    SourceTable,
    TableRow,
)

PEEK = 200
"""Objects looked at to know the columns beforehand."""

NOT_JSON = W("不是一个 JSON 对象", "is not a JSON object")
NESTED = W(
    "“{name}”应为文字、数字、true、false 或若干文字",
    "“{name}” must be text, a number, true, false or a list of texts",
)
REPEATED = W("“{name}”写了两次", "“{name}” is given twice")
NOT_UTF8 = W("含有不是 UTF-8 的字节", "contains bytes that are not UTF-8")
TOO_LONG = W("这一行太长（超过 {most} MB）", "the line is too long (over {most} MB)")
_read = reader(REPEATED)


def read(path: Path, *, limits: Limits = LIMITS) -> SourceTable:
    """Open a file of JSON lines. Raises `Refused` when it is too large or empty."""
    size = path.stat().st_size
    if size > limits.file:
        raise Refused(TOO_LARGE, file=path.name, most=limits.file >> 20)
    file = path.open("rb")
    found = _rows(file, path.name, limits)
    first = list(islice(found, PEEK))
    columns = tuple(dict.fromkeys(name for row in first for name in row.cells))
    if not first:
        file.close()
        raise Refused(EMPTY, file=path.name)
    return SourceTable(
        name=path.name,
        columns=columns,
        rows=chain(first, found),
        share=lambda: 1.0 if file.closed else file.tell() / size,
        close=file.close,
        loose=True,
    )


def _rows(file: BinaryIO, name: str, limits: Limits) -> Iterator[TableRow]:
    number = 0
    while line := file.readline(limits.line):
        number += 1
        if number > limits.rows:
            raise Refused(TOO_MANY_ROWS, file=name, most=limits.rows)
        if len(line) == limits.line and not line.endswith(b"\n"):
            _drop(file, limits)
            yield TableRow(number, {}, Refused(TOO_LONG, most=limits.line >> 20))
        elif line.strip():
            yield _row(number, line)


def _drop(file: BinaryIO, limits: Limits) -> None:
    while (rest := file.readline(limits.line)) and not rest.endswith(b"\n"):
        pass


def _row(number: int, line: bytes) -> TableRow:
    try:
        found = _read(line.decode("utf-8-sig"))
        if not isinstance(found, dict):
            raise Refused(NOT_JSON)
        cells = {name: _text(value) for name, value in found.items()}
    except Refused as refused:
        return TableRow(number, {}, refused)
    except UnicodeDecodeError:
        return TableRow(number, {}, Refused(NOT_UTF8))
    except (ValueError, RecursionError):
        return TableRow(number, {}, Refused(NOT_JSON))
    nested = tuple(name for name, text in cells.items() if text is None)
    fault = Refused(NESTED, name=nested[0]) if nested else None
    filled = {name: text for name, text in cells.items() if text}
    return TableRow(number, filled, fault, nested=nested)


def _text(value: object) -> str | None:
    """A value as a cell; None for what is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return None
