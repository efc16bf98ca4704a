"""Workbooks with charts: text stays text, numbers are numbers, and charts follow the cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.derived.figures import Kept
from models.text.words import W
from tui.spreadsheets.exporting.charted_workbook import ChartedSheet, charted, figure_sheet

COLUMNS = ((W("分组", "Group"), 20), (W("件数", "Cases"), 8), (W("累计 %", "Total %"), 8))
TOLD = ChartedSheet(W("按类别", "By category"), COLUMNS, [("=1+1", 3, 75), ("无", 1, 100)])


def test_what_people_typed_is_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    with charted(path, "题") as made:
        made.table(TOLD)
    sheet = load_workbook(path).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B2"].value) == ("=1+1", "s", 3)


@pytest.mark.parametrize(
    ("drawn", "series"),
    [("columns", ["$B"]), ("stacked_bars", ["$B"]), ("pareto", ["$B", "$C"])],
)
def test_each_chart_reads_the_cells_beside_it(
    tmp_path: Path, drawn: str, series: list[str]
) -> None:
    path = tmp_path / "made.xlsx"
    with charted(path, "题") as made:
        given = (1, 2) if drawn == "pareto" else (1,)
        getattr(made, drawn)(TOLD, *given)
    (chart,) = load_workbook(path).worksheets[0]._charts
    every = [one for part in chart._charts for one in part.series]
    assert [one.val.numRef.f for one in every] == [f"按类别!{at}$2:{at}$3" for at in series]
    assert {(one.cat.strRef or one.cat.numRef).f for one in every} == {"按类别!$A$2:$A$3"}


def test_without_rows_there_is_no_chart(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    with charted(path, "题") as made:
        made.pareto(TOLD._replace(rows=[]), 1, 2)
    assert load_workbook(path).worksheets[0]._charts == []


def test_a_figure_that_is_not_known_here_is_left_out() -> None:
    kept = [Kept("trends.closed", 1, "4", 4), Kept("of.another", 1, "1", 1)]
    found = figure_sheet(W("指标", "Figures"), kept, ["更多", "1", "", 1, "", None])
    assert [row[1] for row in found.rows] == ["4", "1"]
