"""Workbook: a document as sheets; nothing that people typed is run."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.text.words import W
from tui.documents.formats import workbook
from tui.documents.layout import (
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)

COLUMNS = (DocumentColumn(W("任务", "Task"), "what", 6), DocumentColumn(W("人", "Who"), "who", 2))
LAYOUT = DocumentLayout(
    W("计划", "Plan"),
    (
        Facts(W("基本情况", "Basics"), ((W("项目", "Project"), "project"),)),
        DocumentProse(W("依据", "Basis"), "basis"),
        DocumentTable(W("任务: [1/2]", "Tasks"), "tasks", COLUMNS),
        DocumentTable(W("任务: [1/2]", "Tasks"), "others", COLUMNS),
        DocumentTable(W("空", "None"), "empty_table", COLUMNS),
    ),
)
DATA: dict[str, Any] = {
    **{"title": "计划", "mark": "草稿", "number": "SP-1", "version": "V1.0", "date": "2026-03-10"},
    **{"project": "轨道", "basis": "合同\n附件", "empty": "无", "changes": [], "empty_table": []},
    "tasks": [{"what": "=1+1", "who": "小林"}, {"what": "x" * 40_000, "who": "小周"}],
    "others": [{"what": "甲"}],
}


def test_each_table_is_a_sheet_of_text() -> None:
    book = load_workbook(BytesIO(workbook.content(LAYOUT, DATA)))
    assert book.sheetnames == ["概况", "任务   1 2", "任务   1 2 2"]
    first = [[cell.value for cell in row] for row in book["概况"].iter_rows()]
    assert ["", "计划"] in first and ["项目", "轨道"] in first and ["依据", "合同\n附件"] in first
    sheet = book.worksheets[1]
    assert [cell.value for cell in sheet[1]] == ["任务", "人"]
    assert sheet["A2"].value == "=1+1" and sheet["A2"].data_type == "s"
    assert len(sheet["A3"].value) == workbook.CELL
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:B3"
