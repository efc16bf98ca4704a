"""Text files: .csv for people and programs, .jsonl for scripts, exact to the last character."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import json_of
from models.queries.record_json import plain
from models.schema.record import Record
from tui.spreadsheets.exporting.cell_text import Outgoing, cleaned
from tui.spreadsheets.exporting.export_columns import layout
from tui.spreadsheets.exporting.exported_file import ExportedFile
from tui.spreadsheets.formula_guard import protect

NUMBERS = ("number", "count")
"""Kinds whose cells are checked numbers: '-5' is no formula."""


def csv_file(
    path: Path, cls: type[Record], records: Iterable[Record], book: Book, zone: str
) -> ExportedFile:
    """Stable names in the first row, UTF-8 with its mark (which Excel needs), no formula."""
    out = Outgoing(book, zone)
    columns, written = layout(cls, out), ExportedFile()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([column.name for column in columns])
        for record in records:
            written.count += 1
            rows.writerow([_cell(column.kind, column.cell(record), out) for column in columns])
    return written


def json_lines(path: Path, records: Iterable[Record], book: Book, zone: str) -> ExportedFile:
    """One object a line, as `list --json` prints it."""
    written, look = ExportedFile(), StateView(book.store)
    with path.open("w", encoding="ascii", newline="\n") as file:
        for record in records:
            written.count += 1
            said = plain(record, zone) | json_of(look, record)
            file.write(json.dumps(said, ensure_ascii=True) + "\n")
    return written


def _cell(kind: str, value: Any, out: Outgoing) -> str:
    if value is None:
        return ""
    if kind == "moment":
        return out.moment(value)
    text = cleaned(str(value))
    return text if kind in NUMBERS else protect(text)
