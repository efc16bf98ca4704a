"""A table being read: its columns, then its rows one by one, never all of them at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from models.text.words import Refused, W, several

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
    '文件 {file} 中有两列都叫“{column}”。请改掉其中一个列名，或用 --map "{column}=" 不采用。',
    "The file {file} has two columns called “{column}”. Rename one of them, or leave it out with"
    ' --map "{column}=".',
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
    "列名取自文件 {file} 的第 {number} 行（{names}），它上面的内容没有读。"
    "不对时请用 --header 指明行号。",
    "The column names were taken from row {number} of {file} ({names}); the rows above were not"
    " read. If another row has them, give its number with --header.",
)
NO_HEADER = W(
    "文件 {file} 的第 {number} 行没有列名。请核对 --header。",
    "Row {number} of {file} has no column names. Check --header.",
)
CUT_NUMBER = W(
    "“{text}”不是完整的数字：表格软件只保存 15 位。请把这一列设为文本，重新填写后再导入",
    "“{text}” is not the whole number: spreadsheets keep 15 digits. Make the column text, enter it"
    " again and import",
)
CUT_CELL = W(
    "“{text}”是列太窄时的显示，不是内容。请加宽这一列，重新导出后再导入",
    "“{text}” is what a narrow column shows, not the content. Widen the column, export and import",
)
MISREAD = (CUT_NUMBER, CUT_CELL)
"""What a cell shows in place of its content: no fault of a row that does not need the column."""
SKIPPED = 20
"""Most rows above the column names: a title, remarks, blank rows."""
UNNAMED = W("（第 {place} 列）", "(column {place})")
SHOWN = 8
"""Column names that a note tells."""
_PLACED = re.compile(
    "(?:" + "|".join(re.escape(half).replace(r"\{place\}", r"\d+") for half in UNNAMED) + ")$"
)
_LABELLED = re.compile(r"[^：:]{1,20}[：:].*")
_NARROW = re.compile(r"#{3,}")
_POWER = re.compile(r"-?\d(?:\.\d+)?E\+(?:1[2-9]|[2-9]\d)")


class TableRow(NamedTuple):
    """One row: its number as a spreadsheet shows it, and its filled cells by column name.

    A row that could not be read has a `fault`, and perhaps the name of the `column` at fault.
    """

    number: int
    cells: Mapping[str, str]
    fault: Refused | None = None
    column: str = ""
    nested: tuple[str, ...] = ()
    """Names whose values are no cells, where these are all that is wrong with the row."""


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
    sheet: str = ""
    """The sheet it is, where the file has others; rows of two sheets are not the same rows."""
    loose: bool = False
    """Columns may turn up later than in the first row (JSON lines)."""


def named(titles: Sequence[str], file: str, limits: Limits = LIMITS) -> tuple[str, ...]:
    """Column names from a header row, blanks trimmed; one without a name is called by its place,
    and so is one whose name another has already (see `repeated`).

    Raises `Refused` for too many columns.
    """
    while titles and not titles[-1].strip():
        titles = titles[:-1]
    if len(titles) > limits.columns:
        raise Refused(TOO_MANY_COLUMNS, file=file, most=limits.columns)
    names: list[str] = []
    for place, title in enumerate(titles, 1):
        name = " ".join(title.split()) or str(Refused(UNNAMED, place=place))
        names.append(name if name not in names else f"{name}{Refused(UNNAMED, place=place)}")
    return tuple(names)


def repeated(columns: Sequence[str]) -> set[str]:
    """The names that several columns of a file have."""
    plain = {column: _PLACED.sub("", column) for column in columns}
    return {name for column, name in plain.items() if name and name != column and name in plain}


def row(number: int, columns: Sequence[str], cells: Sequence[str]) -> TableRow:
    """A row's filled cells by column; cells beyond the last column make it faulty."""
    spilt = next((cell for cell in cells[len(columns) :] if cell.strip()), None)
    found = {name: cell for name, cell in zip(columns, cells, strict=False) if cell}
    if spilt is None:
        cut = next(((name, word) for name, cell in found.items() if (word := misread(cell))), None)
        if cut is None:
            return TableRow(number, found)
        return TableRow(number, found, Refused(cut[1], text=found[cut[0]][:40]), cut[0])
    return TableRow(number, found, Refused(SPILLS, text=spilt[:40]))


def header(rows: Sequence[Sequence[str]], file: str, bands: Collection[int] = ()) -> int:
    """Which of a file's first rows holds the column names: the first that is as wide as a table.

    A title has one text only, though perhaps in every cell. The lines below it (`机房：… 日期：…`)
    and bands over several columns fill no more than half of the widest row; `bands` are rows that
    are known to have such. Without any other row it is the first that has several cells, else the
    first filled one.
    """
    texts = [[" ".join(cell.split()) for cell in cells if cell.strip()] for cells in rows]
    widths = [len(set(found)) for found in texts]
    widest = max(widths, default=0)
    for at, found in enumerate(texts):
        wide = widths[at] > 1 and widths[at] * 2 > widest
        if wide and at not in bands and not _is_form(found):
            return at
    for least in (2, 1):
        place = next((at for at, found in enumerate(texts) if len(found) >= least), None)
        if place is not None:
            return place
    raise Refused(EMPTY, file=file)


def _is_form(texts: Sequence[str]) -> bool:
    """Whether a row is a line of a form, such as 'name: …', and no row of names."""
    return sum(1 for text in texts if _LABELLED.fullmatch(text)) * 2 > len(texts)


def chosen(
    rows: Sequence[Sequence[str]],
    file: str,
    wanted: int = 0,
    note: list[Refused] | None = None,
    bands: Collection[int] = (),
) -> int:
    """The place of the row of names: the `wanted` one (from 1), else what `header` finds.

    Rows above it are not read; a note says so. Raises `Refused` for a row without names.
    """
    if wanted and not any(cell.strip() for cell in (rows[wanted - 1 : wanted] or [[]])[0]):
        raise Refused(NO_HEADER, file=file, number=wanted)
    at = wanted - 1 if wanted else header(rows, file, bands)
    if note is not None and any(cell.strip() for cells in rows[:at] for cell in cells):
        names = [" ".join(cell.split()) for cell in rows[at] if cell.strip()]
        told = several(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
        note.append(Refused(NAMES_BELOW, file=file, number=at + 1, names=told))
    return at


def misread(cell: str) -> W | None:
    """What is wrong with a cell that shows something else than its content; None for most."""
    if cell[:1] == "#" and _NARROW.fullmatch(cell):
        return CUT_CELL
    return CUT_NUMBER if "E+" in cell and _POWER.fullmatch(cell) else None


def folded(name: str) -> str:
    """A name for comparing: full width made narrow, capitals small, blanks and '_' dropped."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(plain.replace("_", " ").split())


def storable(text: str) -> bool:
    """Whether a database takes the text: halves of characters, which stand for bytes that are no
    text, have no form there.
    """
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)
