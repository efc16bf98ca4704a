"""Makers: small real files for tests of reading and importing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.schema.record import kinds
from sync.workspace.workspace import Workspace
from tui.spreadsheets.importing import column_mapping
from tui.spreadsheets.importing.column_mapping import Wishes
from tui.spreadsheets.importing.importer import ImportOptions, load
from tui.spreadsheets.importing.recipe_file import parse
from tui.spreadsheets.importing.report import ImportReport
from tui.spreadsheets.importing.row_draft import CellPlace
from tui.spreadsheets.reading import open_table
from tui.spreadsheets.reading.table import LIMITS, Limits, TableRow


def csv_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file of delimited text, its bytes exactly those of the text."""
    path.write_bytes(text.encode(encoding))
    return path


def xlsx_file(path: Path, rows: Sequence[Sequence[Any]], title: str = "Sheet1") -> Path:
    """A workbook of one sheet, written by another library than ours."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def jsonl_file(path: Path, items: Sequence[Any]) -> Path:
    """Lines of JSON; a text goes in as it is."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in items]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows_of(
    path: Path, *, limits: Limits = LIMITS, sheet: str = "", charset: str = ""
) -> list[TableRow]:
    """Every row of a file."""
    with open_table.table(path, limits=limits, sheet=sheet, charset=charset) as table:
        return list(table.rows)


def cells_of(path: Path, *, sheet: str = "", charset: str = "") -> list[dict[str, str]]:
    """The filled cells of every row that could be read."""
    rows = rows_of(path, sheet=sheet, charset=charset)
    return [dict(row.cells) for row in rows if row.fault is None and row.cells]


def take(
    workspace: Workspace,
    path: Path,
    type: str = "fix",
    *,
    project: str | None = None,
    wishes: Wishes | None = None,
    way: ImportOptions | None = None,
) -> ImportReport:
    """Import a file as the command would."""
    from models.book.projects import all_projects

    with open_table.table(path) as table:
        mapped = column_mapping.plain(
            kinds[type], table.columns, table.name, wishes or Wishes(), loose=table.loose
        )
        project = project or all_projects(workspace.store)[0].id
        place = CellPlace(workspace.book, workspace.settings.zone, project)
        report = load(table, mapped.recipe, place, way)
        report.left_out = (*mapped.left_out, *report.left_out)
        return report


def cook(
    workspace: Workspace, path: Path, recipe: dict[str, Any], way: ImportOptions | None = None
) -> ImportReport:
    """Import a file by a recipe."""
    from models.book.projects import all_projects

    project = all_projects(workspace.store)[0].id
    place = CellPlace(workspace.book, workspace.settings.zone, project)
    with open_table.table(path) as table:
        return load(table, parse(recipe, "test.toml"), place, way)


def count(workspace: Workspace, type: str) -> int:
    """How many records of a type there are."""
    return int(workspace.store.rows(f'SELECT COUNT(*) FROM "{type}"')[0][0])


def told(report: ImportReport) -> list[str]:
    """The refusals as a person reads them."""
    return [str(refusal) for refusal in report.refusals]
