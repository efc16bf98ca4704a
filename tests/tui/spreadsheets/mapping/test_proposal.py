"""Proposals: how a list is meant, guessed from its first rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from models.schema.record import kinds
from tests.tui.spreadsheets.makers import csv_file, xlsx_file
from tests.tui.spreadsheets.mapping.inspection_lists import BANDS, room_list
from tui.spreadsheets.mapping import proposal
from tui.spreadsheets.mapping.list_mapping import LIMITS, ListMapping
from tui.spreadsheets.mapping.proposal import ListSample
from tui.spreadsheets.reading import open_table


def sampled(path: Path) -> ListSample:
    """The sample of a file."""
    with open_table.table(path) as table:
        return proposal.sample(table)


def proposed(path: Path, type: str = "") -> ListMapping:
    """The proposal for a file, as the type that it looks like."""
    found = sampled(path)
    return proposal.propose(kinds[type or proposal.likely_type(found.table.columns)], found)


def test_an_inspection_of_a_room_is_a_checklist(tmp_path: Path) -> None:
    mapping = proposed(room_list(tmp_path / "a.xlsx"))
    assert mapping.type == "template_item"
    assert {n: c for c, n in mapping.maps.items() if n} == {
        "position": "序号",
        "section_zh": "巡检区域",
        "text_zh": "巡检项目",
        LIMITS: "正常范围",
        "unit": "单位",
    }
    assert mapping.sets["template"] == "示例公司机房日常巡检表"
    assert mapping.sets["template.frequency"] == "daily" and mapping.makes == ("template",)


@pytest.mark.parametrize(
    ("columns", "type"),
    [
        (["资产编号", "设备名称", "规格型号", "序列号", "安装位置", "客户"], "equipment"),
        (["Asset tag", "Asset name", "Model", "Serial number", "Location"], "equipment"),
        (["工单号", "报修时间", "故障现象", "故障原因", "处理措施", "状态"], "fix"),
        (["Opened", "Problem description", "Root cause", "Resolution"], "fix"),
        (["点检部位", "点检项目", "点检标准", "点检方法"], "template_item"),
        (["序号", "维保项目", "维保基本要求", "结果"], "template_item"),
        (["Area", "Check item", "Acceptance criteria"], "template_item"),
        (["甲", "乙", "丙"], ""),
    ],
)
def test_the_type_that_a_list_looks_like(columns: Sequence[str], type: str) -> None:
    assert proposal.likely_type(columns) == type


def test_marks_of_what_must_be_filled_in_do_not_matter(tmp_path: Path) -> None:
    text = "名称*,*型号,序列号（必填）,位置（楼层）\n甲,A,S1,1F\n"
    found = proposed(csv_file(tmp_path / "a.csv", text))
    assert [*found.maps.values()] == ["name", "model", "serial_no", "location"]


def test_of_two_columns_that_may_be_the_item_the_fuller_one_is_it(tmp_path: Path) -> None:
    head = ["检查项目", "检查内容", "检查标准"]
    rows = [
        ["UPS", "指示灯", "绿色"],
        ["", "负载", "≤70%"],
        ["空调", "滤网", "清洁"],
        ["", "风机", "无异响"],
    ]
    found = proposed(xlsx_file(tmp_path / "a.xlsx", [head, *rows]), "template_item")
    assert found.maps == {"检查项目": "section_zh", "检查内容": "text_zh", "检查标准": LIMITS}
    assert found.fills == ("检查项目",)


def test_words_are_matched_with_choices_and_states(tmp_path: Path) -> None:
    text = "故障现象,状态,级别\n甲,已完成,高\n乙,处理中,一般\n丙,怪,怪\n"
    found = proposed(csv_file(tmp_path / "a.csv", text), "fix")
    assert "severity" not in found.words
    assert found.words["state"] == {"已完成": "fixed", "处理中": "open", "怪": ""}


def test_a_parent_that_is_there_is_not_made(tmp_path: Path) -> None:
    found = sampled(room_list(tmp_path / "a.xlsx"))
    mapping = proposal.propose(kinds["template_item"], found, "TP-2026-A-0001")
    assert mapping.sets == {"template": "TP-2026-A-0001"} and mapping.makes == ()


def test_headings_are_in_the_sample(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[cell or None for cell in row] for row in BANDS]
    mapping = proposed(xlsx_file(tmp_path / "a.xlsx", rows))
    assert mapping.type == "template_item" and mapping.bands == "section_zh"
    assert mapping.sets["template"] == "Pump house weekly check"
