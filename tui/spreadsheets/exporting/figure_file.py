"""Figures as a file: the same values as on the screen, each with cases, formula and version."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.derived.figures import NOT_ASSESSABLE, Figure
from models.storage.atomic_file import whole
from models.text.words import Refused, W
from tui.spreadsheets.exporting.cell_text import cleaned, fitting
from tui.spreadsheets.exporting.workbook_writer import workbook
from tui.spreadsheets.formula_guard import protect

HEADS = (
    W("名称", "Name"),
    W("指标", "Figure"),
    W("值", "Value"),
    W("单位", "Unit"),
    W("件数", "Cases"),
    W("算法", "Formula"),
    W("公式版本", "Version"),
    W("所据记录数", "Records"),
)
WIDTHS = (20, 24, 14, 6, 8, 60, 10, 12)
TITLE = W("指标", "Figures")
FORM = W(
    "不认识文件 {file} 的格式。指标可导出为 .xlsx 或 .csv。",
    "The format of the file {file} is not known. Figures are exported to .xlsx or .csv.",
)
Cell = str | int


def write(path: Path, found: Sequence[Figure], *, force: bool = False) -> None:
    """Write figures to a file, in the format of its name."""
    forms = {".xlsx": _workbook, ".csv": _text}
    form = forms.get(path.suffix.lower())
    if form is None:
        raise Refused(FORM, file=path.name)
    with whole(path, force=force) as fresh:
        form(fresh, list(_rows(found)))


def _rows(found: Sequence[Figure]) -> Iterator[list[Cell]]:
    for one in found:
        kind = one.kind
        yield [
            kind.name,
            str(kind.label),
            str(NOT_ASSESSABLE) if one.value is None else one.value,
            kind.unit,
            one.n,
            str(kind.formula),
            one.version,
            len(one.records),
        ]


def _text(path: Path, rows: Sequence[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([str(head) for head in HEADS])
        for row in rows:
            out.writerow(
                [cell if isinstance(cell, int) else protect(cleaned(cell)) for cell in row]
            )


def _workbook(path: Path, rows: Sequence[Sequence[Cell]]) -> None:
    with workbook(path) as made:
        sheet = made.add_worksheet(str(TITLE))
        head = made.add_format({"bold": True, "bg_color": "#DDE7EE", "bottom": 1})
        text = made.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for at, (word, wide) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(at, at, wide)
            sheet.write_string(0, at, str(word), head)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, at, cell)
                else:
                    sheet.write_string(line, at, fitting(cell), text)
