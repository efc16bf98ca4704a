"""`import` of lists as people keep them: headings, ranges in one cell, their own words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.old_workbooks import xls_file
from tests.tui.cli.conftest import Shell
from tests.tui.spreadsheets.makers import csv_file, xlsx_file
from tests.tui.spreadsheets.mapping.inspection_lists import BANDS, room_list


def done(shell: Shell, *args: object) -> str:
    """Run a command that succeeds; all that it says."""
    said = shell(*args)
    assert said.code == 0, said
    return said.out + said.err


def items(shell: Shell) -> list[tuple[Any, ...]]:
    """Section, text, limits and kind of every checklist item, in their order."""
    lines = shell.ok("list", "template_item", "--json").lines
    names = ("section_zh", "text_zh", "low", "high", "unit", "answer_kind")
    ordered = sorted(lines, key=lambda one: int(one["position"]))
    return [tuple(one[name] for name in names) for one in ordered]


TO_ITEMS = ("--as", "template_item", "--make", "template", "--set", "template=机房日检")


def test_an_inspection_list_comes_in_as_it_is(shell: Shell, tmp_path: Path) -> None:
    path = room_list(tmp_path / "巡检.xlsx")
    dry = done(shell, "import", path, *TO_ITEMS, "--dry-run")
    assert "第 3 行是列名。" in dry and "正常范围 → 上下限（一格）（例：18~27）" in dry
    assert items(shell) == []
    said = done(shell, "import", path, *TO_ITEMS)
    assert "新增 8 条检查项" in said and "第 10 行的标准中有数字" in said
    assert items(shell) == [
        ("环境1", "机房温度", "18", "27", "℃", "reading"),
        ("环境1", "机房湿度", "40", "70", "%RH", "reading"),
        ("环境1", "地面清洁、无杂物", None, None, None, "ok"),
        ("环境1", "门禁工作正常", None, None, None, "ok"),
        ("UPS1", "输入电压", "198", "242", "V", "reading"),
        ("UPS1", "负载率", None, "70", "%", "reading"),
        ("UPS1", "备用机组", None, None, None, "ok"),
        ("UPS1", "运行无异响", None, None, None, "ok"),
    ]


def test_headings_and_gaps_give_the_rows_below_a_section(shell: Shell, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [[cell or None for cell in row] for row in BANDS])
    said = done(shell, "import", path, *TO_ITEMS, "--bands", "section_zh")
    assert "第 3, 6 行作为分组标题" in said and "1 行没有检查项的内容" in said
    found = [(section, low, high) for section, _, low, high, _, _ in items(shell)]
    assert found == [
        ("A. Pumps", "3.5", "4.5"),
        ("A. Pumps", None, "70"),
        ("B. Panels", None, None),
    ]
    text = "区域,检查项目\n一层,甲\n,乙\n二层,丙\n"
    other = csv_file(tmp_path / "b.csv", text)
    done(shell, "import", other, *TO_ITEMS[:4], "--set", "template=楼层", "--fill", "区域")
    assert [one[0] for one in items(shell) if one[1] in "甲乙丙"] == ["一层", "一层", "二层"]


def test_words_of_the_list_are_choices(shell: Shell, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "故障现象,状态\n甲,搞定\n")
    words = ("--words", "state:搞定=fixed")
    done(shell, "import", path, "--as", "fix", *words)
    assert shell.ok("list", "fix", "--json").json["state"] == "fixed"


def test_every_sheet_is_a_template_and_one_import(shell: Shell, tmp_path: Path) -> None:
    path = xls_file(
        tmp_path / "a.xls",
        {
            "防火墙": [["检查项目", "标准"], ["CPU", "≤70%"]],
            "交换机": [["检查项目", "标准"], ["CPU", "<80"]],
        },
    )
    said = done(shell, "import", path, "--as", "template_item", "--each-sheet")
    assert "工作表“交换机”" in said
    names = {one["name_zh"] for one in shell.ok("list", "template", "--json").lines}
    assert names == {"防火墙", "交换机"} and len(items(shell)) == 2
    assert "作废 4 条" in done(shell, "import", "--undo")


def test_a_list_of_the_same_columns_needs_no_word(shell: Shell, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "故障现象,状态\n甲,搞定\n")
    assert "看来是 fix" in shell("import", path).err
    done(shell, "import", path, "--as", "fix", "--words", "state:搞定=fixed")
    later = csv_file(tmp_path / "b.csv", "故障现象,状态\n乙,搞定\n")
    assert "导入为现场处置" in done(shell, "import", later)
    assert [one["state"] for one in shell.ok("list", "fix", "--json").lines] == ["fixed"] * 2


def test_a_mapping_file_says_what_the_options_say(shell: Shell, tmp_path: Path) -> None:
    text = 'as = "fix"\nwords = { state = { "搞定" = "fixed" } }\n'
    mapping = csv_file(tmp_path / "m.toml", text)
    path = csv_file(tmp_path / "a.csv", "故障现象,状态\n甲,搞定\n")
    done(shell, "import", path, "--mapping", mapping)
    assert shell.ok("list", "fix", "--json").json["state"] == "fixed"
