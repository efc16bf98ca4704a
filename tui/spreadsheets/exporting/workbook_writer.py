"""Workbooks out: labels for people, stable names in a hidden row for reading it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.book.book import Book
from models.calendar import business_dates
from models.records.checks.limits import number
from models.schema.record import Record
from tui.display.terminal_text import width
from tui.spreadsheets.exporting import totals
from tui.spreadsheets.exporting.cell_text import Outgoing, cleaned, fitting
from tui.spreadsheets.exporting.export_columns import ExportColumn, layout
from tui.spreadsheets.exporting.exported_file import ExportedFile
from tui.spreadsheets.exporting.totals import Tally
from tui.spreadsheets.reading.workbook_reader import plain

MOST = 1_048_576 - 2
"""Rows of a sheet that records can take."""
FIRST = 2
"""The first row of records, counted from 0: above it stable names (hidden) and labels."""
_FORMATS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bg_color": "#DDE7EE", "bottom": 1, "valign": "top", "text_wrap": True},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top", "align": "left"},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    "prose": {"text_wrap": True, "valign": "top"},
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "plain": {"valign": "top"},
}
_EARLIEST, _LATEST = date(1900, 3, 1), date(9999, 12, 30)
_ACROSS = 200
"""Characters across a printed page (A4, on its side) that can still be read."""
_HIGH, _MOST_LINES = 16.5, 8
"""A line's height in points (Chinese needs more than Excel's 15), and the most lines of a row."""
_CHOICES = 255
"""Most characters of the words offered for a cell."""
_EXTRA = 1_000
"""Rows below the records in which choices are offered too."""


@dataclass(slots=True)
class _Sheet:
    """A sheet being written, with what its cells need."""

    sheet: Any
    formats: dict[str, Any]
    zone: str
    out: Outgoing
    tally: Tally


def write(
    path: Path, cls: type[Record], records: Iterable[Record], book: Book, zone: str
) -> ExportedFile:
    """One sheet: frozen header, filters, real dates, all text as text."""
    out = Outgoing(book, zone)
    columns = layout(cls, out)
    with workbook(path) as made:
        made.set_properties({"title": cleaned(str(cls.kind.label)), "author": "sitebook"})
        formats = {name: made.add_format(look) for name, look in _FORMATS.items()}
        title = _title(str(cls.kind.label))
        to = _Sheet(made.add_worksheet(title), formats, zone, out, Tally())
        _head(to, columns)
        written = _rows(to, columns, records)
        _foot(to, columns, written.count)
        if written.count:
            rows = FIRST, FIRST + written.count - 1
            totals.write(made, formats, title, columns, rows, to.tally)
    return written


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """A workbook that is written when the block ends; its scratch files never outlive it."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.exceptions import XlsxWriterException  # type: ignore[import-untyped]

    with TemporaryDirectory(prefix="sitebook-", ignore_cleanup_errors=True) as folder:
        # Into memory first: a zip file that meets a full disk complains when it is collected.
        content = BytesIO()
        made = Workbook(content, {"constant_memory": True, "tmpdir": folder})
        try:
            yield made
            made.close()
            path.write_bytes(content.getbuffer())
        except XlsxWriterException as error:
            raise error.args[0] if isinstance(error.args[0], OSError) else OSError(error) from error
        finally:
            made.fileclosed = True  # else it would try again when it is collected
            for sheet in made.worksheets():
                sheet.row_data_fh.close()


def _head(to: _Sheet, columns: Sequence[ExportColumn]) -> None:
    for at, column in enumerate(columns):
        look = to.formats[_look(column.kind)]
        to.sheet.set_column(at, at, column.width, look, {"hidden": column.hidden})
    to.sheet.set_row(0, None, None, {"hidden": True})
    for at, column in enumerate(columns):
        to.sheet.write_string(0, at, column.name)
    for at, column in enumerate(columns):
        to.sheet.write_string(1, at, str(column.label), to.formats["head"])
    to.sheet.freeze_panes(FIRST, 1)
    _paged(to.sheet, sum(column.width for column in columns if not column.hidden))


def _paged(sheet: Any, wide: float) -> None:
    """Readable when printed: no more columns side by side than a page has room for, the
    labels on top of every page and the numbers at its left."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(max(round(wide / _ACROSS), 1), 0)
    sheet.repeat_rows(FIRST - 1)
    sheet.repeat_columns(0)
    sheet.set_footer("&L&A&R&P / &N")


def _rows(to: _Sheet, columns: Sequence[ExportColumn], records: Iterable[Record]) -> ExportedFile:
    written = ExportedFile()
    for record in records:
        row = FIRST + written.count
        whole = True
        values = [column.cell(record) for column in columns]
        lines = _lines(columns, values)
        if lines > 1:  # not every program measures wrapped text by itself
            to.sheet.set_row(row, _HIGH * lines)
        for at, (column, value) in enumerate(zip(columns, values, strict=True)):
            if value is not None:
                whole &= _cell(to, row, at, column.kind, value)
                to.tally.add(at, column, str(value))
        if not whole:
            written.cut.append(record.number)
        written.count += 1
    return written


def _lines(columns: Sequence[ExportColumn], values: Sequence[Any]) -> int:
    """Lines that the longest text of a row takes in its column, up to `_MOST_LINES`."""
    most = 1
    for column, value in zip(columns, values, strict=True):
        wraps = _look(column.kind) in ("prose", "text")
        if wraps and isinstance(value, str) and not column.hidden:
            room = max(int(column.width) - 1, 1)
            most = max(most, sum(-(-width(line) // room) or 1 for line in value.splitlines()))
            if most >= _MOST_LINES:
                return _MOST_LINES
    return most


def _foot(to: _Sheet, columns: Sequence[ExportColumn], count: int) -> None:
    last = FIRST + count - 1
    to.sheet.autofilter(FIRST - 1, 0, max(last, FIRST - 1), len(columns) - 1)
    for at, column in enumerate(columns):
        words = [str(word) for word in column.choices]
        if words and len(",".join(words)) <= _CHOICES and not any("," in word for word in words):
            offered = {"validate": "list", "source": words, "error_type": "warning"}
            to.sheet.data_validation(FIRST, at, last + _EXTRA, at, offered)


def _cell(to: _Sheet, row: int, at: int, kind: str, value: Any) -> bool:
    """Write one cell; False when its text had to be cut."""
    if kind == "moment":
        return _moment(to, row, at, int(value))
    if kind == "day":
        return _day(to, row, at, str(value))
    counts = kind in ("number", "count") and number(str(value)) is not None
    if counts and plain(float(value)) == str(value):
        to.sheet.write_number(row, at, float(value), to.formats["plain"])
        return True
    return _text(to, row, at, kind, str(value))


def _text(to: _Sheet, row: int, at: int, kind: str, value: str) -> bool:
    text = fitting(value)
    marked = text
    if text.startswith("<r>") and text.endswith("</r>"):  # which the library takes for its own
        marked = f'<r><t xml:space="preserve">{escape(text, quote=False)}</t></r>'
    to.sheet.write_string(row, at, marked, to.formats[_look(kind)])
    return text == cleaned(value)


def _moment(to: _Sheet, row: int, at: int, ms: int) -> bool:
    there = business_dates.local(ms, to.zone)
    if not _EARLIEST <= there.date() <= _LATEST or to.out.twice(there):
        return _text(to, row, at, "line", to.out.moment(ms))
    to.sheet.write_datetime(row, at, there.replace(tzinfo=None), to.formats["moment"])
    return True


def _day(to: _Sheet, row: int, at: int, text: str) -> bool:
    there = business_dates.day_of(text)
    if there is None or not _EARLIEST <= there <= _LATEST:
        return _text(to, row, at, "line", text)
    when = datetime(there.year, there.month, there.day)
    to.sheet.write_datetime(row, at, when, to.formats["day"])
    return True


def _look(kind: str) -> str:
    if kind in ("moment", "day", "prose"):
        return kind
    return "plain" if kind in ("number", "count") else "text"


def _title(label: str) -> str:
    """A sheet's name: Excel allows 31 characters and none of these."""
    return "".join("-" if char in "[]:*?/\\'" else char for char in label)[:31] or "sitebook"
