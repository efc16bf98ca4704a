"""Inspection lists as people keep them: titles, merged areas, ranges, places to sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOM: list[tuple[str, str, str, str]] = [
    ("环境", "机房温度", "18~27", "℃"),
    ("", "机房湿度", "40%~70%", "%RH"),
    ("", "地面清洁、无杂物", "无积灰", ""),
    ("", "门禁工作正常", "正常", ""),
    ("UPS", "输入电压", "220±10%", "V"),
    ("", "负载率", "≤70%", "%"),
    ("", "备用机组", "2 台运行 1 台备用", ""),
    ("", "运行无异响", "无", ""),
]
"""Area, item, standard, unit; a blank area is merged with the one above."""


def room_list(path: Path, times: int = 1) -> Path:
    """A daily inspection of a room: 8 items, `times` over, under a title and a line of a form."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    sheet = book.active
    sheet.title = "巡检"
    sheet.append(["示例公司机房日常巡检表"])
    sheet.merge_cells("A1:G1")
    sheet.append(["机房名称：示例机房", None, None, "巡检日期：", None, "巡检人：", None])
    sheet.append(["序号", "巡检区域", "巡检项目", "正常范围", "单位", "巡检结果（√/×）", "备注"])
    number = 0
    for turn in range(times):
        for area, item, standard, unit in ROOM:
            number += 1
            name = item if turn == 0 else f"{item} {turn + 1}"
            sheet.append([number, area and f"{area}{turn + 1}", name, standard, unit, None, None])
        first = 4 + turn * len(ROOM)
        sheet.merge_cells(f"B{first}:B{first + 3}")
        sheet.merge_cells(f"B{first + 4}:B{first + 7}")
    sheet.append([None])
    sheet.append(["异常情况说明："])
    sheet.append(["巡检人签字：", None, None, "审核人签字："])
    book.save(path)
    return path


BANDS: list[list[Any]] = [
    ["Pump house weekly check", "", "", ""],
    ["No.", "Check item", "Acceptance criteria", "Remarks"],
    ["A. Pumps", "", "", ""],
    ["1", "Discharge pressure", "3.5 - 4.5 bar", ""],
    ["2", "Bearing temperature", "< 70 °C", ""],
    ["B. Panels", "", "", ""],
    ["3", "Lamps work", "all", ""],
    ["Checked by: ", "", "", ""],
]
"""A list in English whose headings stand in rows of their own."""
