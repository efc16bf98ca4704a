"""Totals: a second sheet of a workbook, which counts and adds up the first by formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.records.checks.limits import number
from models.text.words import W
from tui.spreadsheets.exporting.export_columns import ExportColumn

NAME = W("汇总", "Totals")
HEADS = (W("栏目", "Column"), W("值", "Value"), W("数量或合计", "Count or sum"))
EVERY = W("记录数", "Records")
SHOWN = W("筛选后显示的记录数", "Records shown by the filter")
SUM = W("合计", "sum")


@dataclass(slots=True)
class Tally:
    """What the formulas will say, so that programs which do not calculate show it as well."""

    counts: dict[int, Counter[str]] = field(default_factory=dict)
    sums: dict[int, Decimal] = field(default_factory=dict)

    def add(self, at: int, column: ExportColumn, value: str) -> None:
        """One more cell of a column."""
        if column.kind == "choice":
            self.counts.setdefault(at, Counter())[value] += 1
        elif column.sums:
            found = number(value)  # None: merged data may hold anything
            if found is not None:
                self.sums[at] = self.sums.get(at, Decimal(0)) + found


def write(
    made: Any,
    formats: Any,
    first: str,
    columns: Sequence[ExportColumn],
    rows: tuple[int, int],
    tally: Tally,
) -> None:
    """The sheet after the one called `first`, whose records are in those rows (from 0)."""
    sheet = made.add_worksheet(str(NAME))
    for at, wide in enumerate((24, 28, 16)):
        sheet.set_column(at, at, wide)
        sheet.write_string(0, at, str(HEADS[at]), formats["head"])
    sheet.freeze_panes(1, 0)
    count = rows[1] - rows[0] + 1
    where = _range(first, 0, rows)
    lines: list[tuple[str, str, str, Any]] = [
        (str(EVERY), "", f"=COUNTA({where})", count),
        (str(SHOWN), "", f"=SUBTOTAL(103,{where})", count),
    ]
    row = len(lines) + 1
    for at, found in sorted(tally.counts.items()):
        for value, times in sorted(found.items(), key=lambda one: (-one[1], one[0])):
            formula = f"=COUNTIF({_range(first, at, rows)},B{row + 1})"
            lines.append((str(columns[at].label), value, formula, times))
            row += 1
    for at, total in tally.sums.items():
        formula = f"=SUM({_range(first, at, rows)})"
        lines.append((str(columns[at].label), str(SUM), formula, float(total)))
    for at, (label, value, formula, result) in enumerate(lines, 1):
        sheet.write_string(at, 0, label, formats["text"])
        if value:
            sheet.write_string(at, 1, value, formats["text"])
        sheet.write_formula(at, 2, formula, formats["plain"], result)


def _range(sheet: str, column: int, rows: tuple[int, int]) -> str:
    """The cells of a column in the first sheet, as a formula names them."""
    letters = ""
    at = column + 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    name = sheet.replace("'", "''")
    return f"'{name}'!${letters}${rows[0] + 1}:${letters}${rows[1] + 1}"
