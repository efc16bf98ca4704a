"""Merged cells: their content counts in each row that they reach down to, and in no other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]

from tests.tui.spreadsheets.makers import cells_of
from tui.spreadsheets.reading.merged_cells import MergedCells


def merged(path: Path, rows: Sequence[Any], *spans: str) -> Path:
    """A workbook with merged cells."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for span in spans:
        book.active.merge_cells(span)
    book.save(path)
    return path


def test_a_cell_merged_downwards_is_in_each_of_its_rows(tmp_path: Path) -> None:
    rows = [["区域", "项目"], ["环境", "温度"], [None, "湿度"], [None, None], ["UPS", "电压"]]
    rows += [[None, "电流"], [None, "频率"]]
    path = merged(tmp_path / "a.xlsx", rows, "A2:A4", "A5:A6")
    assert [cells.get("区域") for cells in cells_of(path)] == ["环境", "环境", "UPS", "UPS", None]


def test_a_row_without_anything_of_its_own_stays_blank(tmp_path: Path) -> None:
    path = merged(tmp_path / "a.xlsx", [["区域", "项目"], ["环境", "温度"], [], []], "A2:A4")
    assert cells_of(path) == [{"区域": "环境", "项目": "温度"}]


def test_names_in_two_rows_are_those_of_the_lower_one(tmp_path: Path) -> None:
    rows = [["序号", "处理", None], [None, "措施", "日期"], ["1", "复位", "2026-03-05"]]
    path = merged(tmp_path / "a.xlsx", rows, "A1:A2", "B1:C1")
    assert cells_of(path) == [{"序号": "1", "措施": "复位", "日期": "2026-03-05"}]


def test_one_merged_over_columns_fills_its_first_column_only() -> None:
    cells = MergedCells([(1, 3, 1)])
    assert cells.filled(1, ["a", "b"]) == ["a", "b"]
    assert cells.filled(2, ["c"]) == ["c", "b"]
    assert cells.filled(3, ["", "own"]) == ["", "own"]
    assert cells.filled(4, ["d"]) == ["d"]
    assert cells.below(0) and not cells.below(1)
