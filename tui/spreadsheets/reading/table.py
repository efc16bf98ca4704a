"""A table being read: its columns, then its rows one by one, never all of them at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from models.text.words import Refused, W

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be; a larger one is refused with a sentence, never half read."""

    file: int = 512 * MIB
    """Bytes of a file of text."""
    packed: int = 128 * MIB
    """Bytes of a workbook on the disk."""
    inflated: int = 1024 * MIB
    """Bytes of a workbook's parts together once unpacked, counted while unpacking."""
    part: int = 16 * MIB
    """Bytes of one part that is neither a sheet nor the table of shared texts."""
    texts: int = 256 * MIB
    """Bytes of the table of shared texts, which is held in memory."""
    row: int = 8 * MIB
    """Bytes of one row in a sheet of a workbook, markup included."""
    line: int = 2 * MIB
    """Characters of one row in a file of text."""
    rows: int = 1_048_576
    columns: int = 1_000


LIMITS = Limits()

TOO_LARGE = W(
    "文件 {file} 太大（超过 {most} MB）。请拆成几个文件。",
    "The file {file} is too large (over {most} MB). Split it into several.",
)
TOO_MANY_ROWS = W(
    "文件 {file} 超过 {most} 行。请拆成几个文件。",
    "The file {file} has more than {most} rows. Split it into several.",
)
TOO_MANY_COLUMNS = W(
    "文件 {file} 超过 {most} 列。请删去不需要的列。",
    "The file {file} has more than {most} columns. Delete those not needed.",
)
TWICE = W(
    "文件 {file} 中有两列都叫“{column}”。请改掉其中一个列名。",
    "The file {file} has two columns called “{column}”. Rename one of them.",
)
EMPTY = W(
    "文件 {file} 中没有表格：没有找到列名行。",
    "The file {file} contains no table: no row of column names was found.",
)
SPILLS = W(
    "这一行的格数比列名多，多出的第一格是“{text}”",
    "this row has more cells than there are column names; the first one too many is “{text}”",
)
NAMES_BELOW = W(
    "列名取自文件 {file} 的第 {number} 行，它上面的内容没有读。",
    "The column names were taken from row {number} of {file}; the rows above were not read.",
)
SKIPPED = 20
"""Most rows above the column names: a title, remarks, blank rows."""
UNNAMED = W("（第 {place} 列）", "(column {place})")


class TableRow(NamedTuple):
    """One row: its number as a spreadsheet shows it, and its filled cells by column name.

    A row that could not be read has a `fault`, and perhaps the name of the `column` at fault.
    """

    number: int
    cells: Mapping[str, str]
    fault: Refused | None = None
    column: str = ""


@dataclass(slots=True)
class SourceTable:
    """A table that is being read; close it when done."""

    name: str
    """The file's name, without its folder."""
    columns: tuple[str, ...]
    rows: Iterator[TableRow]
    share: Callable[[], float]
    """How much of the file has been read, 0 to 1."""
    close: Callable[[], None]
    notes: list[Refused] = field(default_factory=list)
    """What a person should know of how it was read (a guessed encoding)."""
    loose: bool = False
    """Columns may turn up later than in the first row (JSON lines)."""


def named(titles: Sequence[str], file: str, limits: Limits = LIMITS) -> tuple[str, ...]:
    """Column names from a header row, blanks trimmed; one without a name is called by its place.

    Raises `Refused` for a name that occurs twice and for too many columns.
    """
    while titles and not titles[-1].strip():
        titles = titles[:-1]
    if len(titles) > limits.columns:
        raise Refused(TOO_MANY_COLUMNS, file=file, most=limits.columns)
    names: list[str] = []
    for place, title in enumerate(titles, 1):
        name = " ".join(title.split()) or str(Refused(UNNAMED, place=place))
        if name in names:
            raise Refused(TWICE, file=file, column=name)
        names.append(name)
    return tuple(names)


def row(number: int, columns: Sequence[str], cells: Sequence[str]) -> TableRow:
    """A row's filled cells by column; cells beyond the last column make it faulty."""
    spilt = next((cell for cell in cells[len(columns) :] if cell.strip()), None)
    found = {name: cell for name, cell in zip(columns, cells, strict=False) if cell}
    if spilt is None:
        return TableRow(number, found)
    return TableRow(number, found, Refused(SPILLS, text=spilt[:40]))


def header(rows: Sequence[Sequence[str]], file: str) -> int:
    """Which of a file's first rows holds the column names: the first that has several cells.

    A title over the table has one cell only. Without any such row it is the first filled one.
    """
    filled = [sum(1 for cell in cells if cell.strip()) for cells in rows]
    for least in (2, 1):
        place = next((at for at, count in enumerate(filled) if count >= least), None)
        if place is not None:
            return place
    raise Refused(EMPTY, file=file)


def folded(name: str) -> str:
    """A name for comparing: full width made narrow, capitals small, blanks and '_' dropped."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(plain.replace("_", " ").split())


def storable(text: str) -> bool:
    """Whether a database takes the text: halves of characters, which stand for bytes that are no
    text, have no form there.
    """
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)
