"""Workbook with charts: sheets of figures, and native charts drawn from their cells.

Text is written as text, so that nothing that people typed is run as a formula; numbers as numbers,
so that a chart follows a cell that is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from models.derived import figures
from models.derived.figures import NOT_ASSESSABLE, Kept
from models.text.words import W
from tui.spreadsheets.exporting.cell_text import fitting
from tui.spreadsheets.exporting.workbook_writer import workbook

Cell = str | int | None
SIZE = {"x_scale": 1.4, "y_scale": 1.2}
A4 = 9
NAME = 31
"""Most characters of a sheet's name."""


class ChartedSheet(NamedTuple):
    """One sheet: what it is called, its columns with their widths, its rows.

    The first column names the rows; a chart takes its series from the columns of numbers.
    """

    name: W
    columns: Sequence[tuple[W, int]]
    rows: Sequence[Sequence[Cell]]


class ChartedWorkbook:
    """A workbook in the making; each method adds one sheet, and a chart if it has rows."""

    def __init__(self, made: Any, title: str) -> None:
        self._made = made
        made.set_properties({"title": fitting(title), "author": "sitebook"})
        self._head = made.add_format({"bold": True, "bg_color": "#DDE7EE", "bottom": 1})
        self._text = made.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})

    def table(self, told: ChartedSheet) -> Any:
        """The sheet alone."""
        sheet = self._made.add_worksheet(str(told.name)[:NAME])
        for at, (word, wide) in enumerate(told.columns):
            sheet.set_column(at, at, wide)
            sheet.write_string(0, at, str(word), self._head)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        for line, row in enumerate(told.rows, 1):
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, at, cell)
                elif cell is not None:
                    sheet.write_string(line, at, fitting(cell), self._text)
        return sheet

    def columns(self, told: ChartedSheet, *columns: int, line: int | None = None) -> None:
        """Columns side by side; `line` is a further column, drawn as a line over them."""
        chart = self._made.add_chart({"type": "column"})
        for at in columns:
            chart.add_series(_series(told, at))
        if line is not None:
            over = self._made.add_chart({"type": "line"})
            over.add_series(_series(told, line))
            chart.combine(over)
        self._put(chart, told)

    def stacked_bars(self, told: ChartedSheet, *columns: int) -> None:
        """A bar for each row, in parts."""
        chart = self._made.add_chart({"type": "bar", "subtype": "stacked"})
        for at in columns:
            chart.add_series(_series(told, at))
        chart.set_y_axis({"reverse": True})
        self._put(chart, told)

    def pareto(self, told: ChartedSheet, counts: int, percent: int) -> None:
        """Columns of counts, and the percent so far as a line with an axis of its own to 100."""
        chart = self._made.add_chart({"type": "column"})
        chart.add_series({**_series(told, counts), "gap": 40})
        line = self._made.add_chart({"type": "line"})
        line.add_series({**_series(told, percent), "y2_axis": True, "marker": {"type": "circle"}})
        chart.combine(line)
        chart.set_y_axis({"min": 0, "num_format": "0"})
        line.set_y2_axis({"min": 0, "max": 100, "num_format": '0"%"'})
        self._put(chart, told)

    def _put(self, chart: Any, told: ChartedSheet) -> None:
        sheet = self.table(told)
        if told.rows:
            chart.set_title({"name": str(told.name)})
            chart.set_legend({"position": "bottom"})
            sheet.insert_chart(1, len(told.columns) + 1, chart, SIZE)


def figure_sheet(name: W, kept: Sequence[Kept], *more: Sequence[Cell]) -> ChartedSheet:
    """A sheet of figures, each with its cases and formula, and `more` rows of the same columns."""
    columns = (
        *((W("指标", "Figure"), 24), (W("值", "Value"), 14), (W("单位", "Unit"), 6)),
        *((W("件数", "Cases"), 8), (W("计算方法", "How this is calculated"), 60)),
        (W("公式版本", "Version"), 10),
    )
    rows: list[Sequence[Cell]] = []
    for one in kept:
        kind = figures.known(one.name)
        if kind is not None:
            value: Cell = str(NOT_ASSESSABLE) if one.value is None else one.value
            rows.append([str(kind.label), value, kind.unit, one.n, str(kind.formula), one.version])
    return ChartedSheet(name, columns, [*rows, *more])


@contextmanager
def charted(path: Path, title: str) -> Iterator[ChartedWorkbook]:
    """A workbook that is written when the block ends."""
    with workbook(path) as made:
        yield ChartedWorkbook(made, title)


def _series(told: ChartedSheet, at: int) -> dict[str, Any]:
    name, last = str(told.name)[:NAME], len(told.rows)
    return {
        "name": [name, 0, at],
        "categories": [name, 1, 0, last, 0],
        "values": [name, 1, at, last, at],
    }
