"""The import page: an ordinary list comes in by a few keys, and is taken back by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from models.records.checks.template import Template
from models.records.checks.template_item import TemplateItem
from models.schema.record import kinds
from models.storage import rows
from sync.workspace.workspace import Workspace
from tests.support.old_workbooks import xls_file
from tests.tui.seen import SIZES, at, opened, press, quiet, text, whole
from tests.tui.spreadsheets.makers import csv_file, xlsx_file
from tests.tui.spreadsheets.mapping.inspection_lists import room_list
from tui.pages.dialogs.choose_dialog import ChooseDialog
from tui.pages.imports.import_page import ImportPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage
from tui.spreadsheets.mapping import proposal


async def file_chosen(pilot: Pilot[Any], path: Path) -> None:
    """Answer the question for the file; what is typed counts as content."""
    await press(pilot, *str(path))
    await press(pilot, "enter")


def living(workspace: Workspace, type: str) -> list[Any]:
    """The records of a type that are not void."""
    return rows.fetch(workspace.store, kinds[type], "WHERE void IS NULL ORDER BY n", ())


@pytest.mark.parametrize("size", SIZES)
async def test_forty_items_become_a_checklist_and_go_again(
    workspace: Workspace, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = room_list(tmp_path / "a.xlsx", times=5)
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "alt+i")
        await file_chosen(pilot, path)
        at(app, ImportPage)
        whole(app)
        assert "将新增 40 条" in text(app) and "── 环境1" in text(app)
        assert "18–27 ℃" in text(app) and "示例公司机房日常巡检表" in text(app)
        assert living(workspace, "template_item") == []
        await press(pilot, "ctrl+s")
        assert "新增 40 条检查项" in text(app)
        (template,) = living(workspace, "template")
        assert isinstance(template, Template)
        assert (template.frequency, template.on_days) == ("daily", "every_day")
        items = living(workspace, "template_item")
        assert [one.position for one in items] == list(range(1, 41))
        assert {one.section_zh for one in items} == {
            f"{area}{turn}" for area in ("环境", "UPS") for turn in range(1, 6)
        }
        assert isinstance(items[0], TemplateItem)
        assert (items[0].low, items[0].high, items[0].answer_kind) == ("18", "27", "reading")
        await press(pilot, "u")
        assert living(workspace, "template_item") == living(workspace, "template") == []
        assert "将新增 40 条" in text(app)
        await press(pilot, "ctrl+s", "enter")
        at(app, RecordPage)
        assert len(living(workspace, "template_item")) == 40


async def test_another_row_of_names_other_fields_and_words(
    workspace: Workspace, tmp_path: Path
) -> None:
    lines = [["甲", "乙", "丙"], ["故障现象", "其他", "状态"], ["漏水", "更换阀门", "搞定"]]
    path = xlsx_file(tmp_path / "a.xlsx", lines)
    async with opened(workspace) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        await press(pilot, "alt+i")
        await file_chosen(pilot, path)
        at(app, ImportPage)
        await press(pilot, "left", "down", "enter")  # the row of names is the second one
        assert "更换阀门" in text(app) and "问题现象" in text(app)
        await press(pilot, "down", "enter")
        at(app, ChooseDialog)
        whole(app)
        names = ["", *proposal.fields(kinds["fix"])]
        await press(pilot, *["down"] * names.index("correction"), "enter")
        await press(pilot, "right", "enter", "down", "down", "enter")
        await press(pilot, "right", "ctrl+s", "enter")
        at(app, ListPage)
        (fix,) = living(workspace, "fix")
        assert (fix.phenomenon, fix.correction) == ("漏水", "更换阀门")
        assert fix.state != "open"


async def test_next_months_list_comes_in_as_the_last_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = "设备名称,规格型号,安装位置\n"
    async with opened(workspace) as (app, pilot):
        for number in (1, 2):
            path = csv_file(tmp_path / f"{number}.csv", f"{head}空调-{number},A,一层\n")
            await press(pilot, "alt+i")
            await file_chosen(pilot, path)
            assert ("与上次相同" in text(app)) is (number == 2)
            await press(pilot, "ctrl+s", "enter")
            at(app, ListPage)
        assert [one.name for one in living(workspace, "equipment")] == ["空调-1", "空调-2"]


async def test_cells_are_pasted_and_rows_go_to_the_open_template(
    workspace: Workspace, tmp_path: Path
) -> None:
    template = workspace.book.add("template", {"name_zh": "日检"})
    async with opened(workspace) as (app, pilot):
        app.open_record(template.id)
        await quiet(pilot)
        await press(pilot, "alt+i", "escape")
        app.screen.post_message(events.Paste("检查项目\t标准\n温度\t18~27℃\n湿度\t<70%\n"))
        await quiet(pilot)
        assert "将新增 2 条" in text(app)
        await press(pilot, "ctrl+s", "enter")
        items = living(workspace, "template_item")
        assert [one.template for one in items] == [template.id] * 2
        assert len(living(workspace, "template")) == 1


async def test_each_sheet_is_a_template(workspace: Workspace, tmp_path: Path) -> None:
    sheets = {name: [["检查项目", "标准"], ["CPU", "≤70%"]] for name in ("防火墙", "交换机")}
    path = xls_file(tmp_path / "a.xls", sheets)
    async with opened(workspace) as (_app, pilot):
        await press(pilot, "alt+i")
        await file_chosen(pilot, path)
        await press(pilot, "left", "left", "left", "home", "enter")
        await press(pilot, "ctrl+s")
        assert {one.name_zh for one in living(workspace, "template")} == {"防火墙", "交换机"}
        await press(pilot, "u")
        assert living(workspace, "template") == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", "x", "不认识文件"),
        ("a.csv", "甲,乙\n1,2\n", "看不出这些列"),
        ("b.xls", "x", "b.xls"),
    ],
)
async def test_what_cannot_come_in_is_one_sentence(
    workspace: Workspace, tmp_path: Path, name: str, content: str, says: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "alt+i")
        await file_chosen(pilot, csv_file(tmp_path / name, content))
        assert says in app.notices[-1].text
        assert name in text(app)  # the path is there to be corrected
        await press(pilot, "escape", "ctrl+s")
        at(app, ImportPage)
