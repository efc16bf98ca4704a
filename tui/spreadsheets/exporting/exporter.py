"""Exporter: records out to a file, whole or not at all, never over another one unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.book.book import Book
from models.book.derived_state import StateView
from models.book.rows.child_rows import PAGE, listed, order_by
from models.schema.record import Record
from models.storage import rows
from models.storage.atomic_file import whole
from models.text.words import Refused, W
from tui.spreadsheets.exporting import text_writer, workbook_writer
from tui.spreadsheets.exporting.exported_file import ExportedFile

FORM = W(
    "不认识文件 {file} 的格式。可导出为 .xlsx、.csv 或 .jsonl。",
    "The format of the file {file} is not known. Export to .xlsx, .csv or .jsonl.",
)
TOO_MANY = W(
    "{count} 条超过了 .xlsx 的行数。请导出为 .csv，或用 --state、--project 缩小范围。",
    "{count} records are more than an .xlsx file can hold. Export to .csv, or narrow the"
    " list with --state or --project.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """Which records of a type go out."""

    states: Sequence[str] = ()
    project: str | None = None
    void: bool = False
    """Records out of use as well."""
    blank: bool = False
    """None at all: column names only, a form to be filled in."""
    of: str = ""
    """The id of a record: only its rows, in their order."""


Progress = Callable[[int, int], None]


def write(
    book: Book,
    zone: str,
    cls: type[Record],
    path: Path,
    wanted: ExportRequest,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> ExportedFile:
    """Write the wanted records of a type to a file, in the format of its name.

    `progress` is called with the number done and the total. Raises `Refused` when the file is there
    already or cannot be written.
    """
    form = path.suffix.lower()
    if form not in (".xlsx", ".csv", ".jsonl"):
        raise Refused(FORM, file=path.name)
    records = _counted(book, cls, wanted, progress)
    with whole(path, force=force) as fresh:
        if form == ".xlsx":
            if (total := count(book, cls, wanted)) > workbook_writer.MOST:
                raise Refused(TOO_MANY, count=total)
            return workbook_writer.write(fresh, cls, records, book, zone)
        if form == ".csv":
            return text_writer.csv_file(fresh, cls, records, book, zone)
        return text_writer.json_lines(fresh, records, book, zone)


def count(book: Book, cls: type[Record], wanted: ExportRequest) -> int:
    """How many records are wanted."""
    where, params = _where(book, cls, wanted)
    found = book.store.row(f'SELECT COUNT(*) FROM "{cls.kind.name}" WHERE {where}', params)
    return int(found[0]) if found and not wanted.blank else 0


def _counted(
    book: Book, cls: type[Record], wanted: ExportRequest, progress: Progress | None
) -> Iterator[Record]:
    total = count(book, cls, wanted)
    for done, record in enumerate(_records(book, cls, wanted), 1):
        yield record
        if progress is not None and (done % PAGE == 0 or done == total):
            progress(done, total)


def _records(book: Book, cls: type[Record], wanted: ExportRequest) -> Iterator[Record]:
    """Those of one record in their order; of a type as a list has them."""
    if wanted.blank:
        return
    where, params = _where(book, cls, wanted)
    if wanted.of:  # those of one record: as many as its page lists, and in that order
        yield from rows.fetch(
            book.store, cls, f"WHERE {where} ORDER BY {order_by(cls.kind)}", params
        )
        return
    yield from listed(book.store, cls, where, params)


def _where(book: Book, cls: type[Record], wanted: ExportRequest) -> tuple[str, tuple[Any, ...]]:
    parts, params = ["1"], list[Any]()
    if not wanted.void:
        parts.append("void IS NULL")
    if wanted.states:
        shown, more = StateView(book.store).narrowed(cls.kind.name, wanted.states)
        parts.append(shown)
        params += more
    if wanted.project is not None:
        parts.append("project=?")
        params.append(wanted.project)
    if wanted.of:
        parts.append(f'"{cls.kind.parent}"=?')
        params.append(wanted.of)
    return " AND ".join(parts), tuple(params)
