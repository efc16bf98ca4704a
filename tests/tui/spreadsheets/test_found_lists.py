"""Lists as people have them come in without editing the file: titles, bands, merged cells, sums."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from models.book.rows.child_rows import rows_of as children
from models.calendar.business_dates import local
from models.schema.record import kinds
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.tui.spreadsheets.makers import count, csv_file, jsonl_file, take, told
from tui.spreadsheets.exporting import exporter
from tui.spreadsheets.exporting.exporter import ExportRequest
from tui.spreadsheets.importing import column_mapping
from tui.spreadsheets.importing.column_mapping import Wishes
from tui.spreadsheets.importing.importer import ImportOptions, load
from tui.spreadsheets.importing.recipe_file import parse
from tui.spreadsheets.importing.row_draft import CellPlace
from tui.spreadsheets.reading import open_table

UPDATE = ImportOptions(update=True)
ITEMS = {
    "巡检区域": "section_zh",
    "巡检项目": "text_zh",
    "正常范围": "expected",
    "序号": "position",
}


def book(path: Path, sheets: dict[str, Any], *spans: str) -> Path:
    """A workbook of several sheets, with merged cells in each."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for span in spans:
            sheet.merge_cells(span)
    made.save(path)
    return path


def held(workspace: Workspace, type: str, *names: str) -> list[tuple[Any, ...]]:
    """Fields of every record of a type, in the order of writing."""
    columns = ",".join(f'"{name}"' for name in names)
    return workspace.store.rows(f'SELECT {columns} FROM "{type}" ORDER BY n')


def test_a_form_for_rounds_becomes_a_checklist(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["示例机房日常巡检表"],
        ["机房名称：示例", None, None, "巡检日期：", None, "巡检人："],
        ["序号", "巡检区域", "巡检项目", "正常范围", "单位", "结果", "备注"],
        [1, "环境", "机房温度", "18~27", "℃"],
        [2, None, "机房湿度", "40%~70%", "%RH"],
        [3, "UPS", "负载率", "≤60", "%"],
        [],
        ["异常情况说明："],
        ["巡检人签字：", None, None, "审核人签字："],
    ]
    path = book(tmp_path / "a.xlsx", {"巡检表": rows}, "A1:G1", "A2:C2", "D2:E2", "B4:B5")
    wishes = Wishes(maps=ITEMS, sets={"template": "机房日检"}, makes=("template",))
    report = take(workspace, path, "template_item", wishes=wishes)
    assert (report.added, report.refused) == ({"template_item": 3}, 0)
    assert (report.empty, report.totals) == (1, [9])
    (template,) = workspace.store.rows("SELECT id FROM template")
    found = children(workspace.store, workspace.book.get(template[0]), kinds["template_item"])
    assert [(one.position, one.section_zh, one.expected) for one in found] == [  # type: ignore[attr-defined]
        (1, "环境", "18~27"), (2, "环境", "40%~70%"), (3, "UPS", "≤60")
    ]  # fmt: skip
    said = [*map(str, report.notes), *report.lines()]
    assert any("第 3 行（序号、巡检区域" in line for line in said)
    assert any("上下合并" in line for line in said)
    assert "1 行没有检查项的内容，已跳过。" in said and any("第 9 行像是" in line for line in said)


def test_each_sheet_is_a_list_of_its_own(workspace: Workspace, tmp_path: Path) -> None:
    """Also where both have the same rows; the same sheet brought again adds nothing."""
    rows: list[list[Any]] = [["序号", "检查内容（中文）"], [1, "CPU 利用率"], [2, "风扇"]]
    path = book(tmp_path / "a.xlsx", {"防火墙": rows, "交换机": rows})

    def bring(sheet: str, template: str, way: ImportOptions) -> Any:
        wishes = Wishes(sets={"template": template}, makes=("template",))
        with open_table.table(path, sheet=sheet) as table:
            cls = kinds["template_item"]
            mapped = column_mapping.plain(cls, table.columns, table.name, wishes)
            project = workspace.store.rows("SELECT id FROM project")[0][0]
            return load(table, mapped.recipe, CellPlace(workspace.book, "UTC", project), way)

    for sheet in ("防火墙", "交换机"):
        assert bring(sheet, f"{sheet}日检", ImportOptions()).added == {"template_item": 2}
        assert bring(sheet, f"{sheet}日检", UPDATE).same == {"template_item": 2}
    counts = "SELECT t.name_zh, count(*) FROM template_item i JOIN template t ON t.id=i.template"
    found = workspace.store.rows(f"{counts} GROUP BY 1 ORDER BY 1")
    assert found == [("交换机日检", 2), ("防火墙日检", 2)]
    assert bring("防火墙", "另一份", ImportOptions()).added == {"template_item": 2}


def test_no_advice_moves_a_row_to_another_record(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "外部编号,检查内容（中文）\nX1,风扇\n")
    for template, way in (("甲", ImportOptions()), ("乙", ImportOptions()), ("乙", UPDATE)):
        wishes = Wishes(sets={"template": template}, makes=("template",))
        report = take(workspace, path, "template_item", wishes=wishes, way=way)
        if template == "乙":
            assert "属于另一条记录" in told(report)[0] and "--update" not in told(report)[0]
    sql = "SELECT t.name_zh FROM template_item i JOIN template t ON t.id=i.template"
    assert workspace.store.rows(sql) == [("甲",)]


def test_a_cell_merged_over_faults_is_that_of_each(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["发生时间", "现场", "问题现象"], ["2026/3/5 8:30", "示例机房", "一"]]
    rows += [[None, None, "二"], [None, None, "三"]]  # type: ignore[list-item]
    path = book(tmp_path / "a.xlsx", {"记录": rows}, "A2:A4", "B2:B4")
    assert take(workspace, path, wishes=Wishes(makes=("site",))).added == {"fix": 3}
    found = held(workspace, "fix", "phenomenon", "occurred", "site")
    assert [one[0] for one in found] == ["一", "二", "三"]
    assert len({one[1:] for one in found}) == 1
    assert f"{local(found[0][1]):%Y-%m-%d %H:%M}" == "2026-03-05 08:30"


def test_rows_that_say_nothing_are_no_records(workspace: Workspace, tmp_path: Path) -> None:
    text = "序号,问题现象,处置\n1,空调告警,换滤网\n2,,\n3,,\n合 计,1 件,\n总计：,1 件,\n"
    path = csv_file(tmp_path / "a.csv", text)
    report = take(workspace, path)
    assert (report.added, report.refused) == ({"fix": 1}, 0)
    assert (report.empty, report.totals) == (2, [5, 6])
    assert report.plain()["empty"] == 2 and report.plain()["totals"] == [5, 6]


def test_an_id_that_others_gave_counts_in_its_own_list(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name, device in (("A", "空调"), ("B", "UPS")):
        path = csv_file(tmp_path / f"site{name}.csv", f"ID,名称\n1,{device}-1\n2,{device}-2\n")
        assert take(workspace, path, "equipment").added == {"equipment": 2}
        assert take(workspace, path, "equipment", way=UPDATE).same == {"equipment": 2}
    changed = csv_file(tmp_path / "siteB.csv", "ID,名称\n1,UPS-1,\n2,UPS-3\n")
    assert take(workspace, changed, "equipment", way=UPDATE).updated == {"equipment": 1}
    names = [name for (name,) in held(workspace, "equipment", "name")]
    assert names == ["空调-1", "空调-2", "UPS-1", "UPS-3"]


@pytest.mark.parametrize(
    ("order", "days"),
    [("d/m/y", ["2026-03-05", "2026-03-13"]), ("m/d/y", ["2026-05-03"])],
)
def test_the_order_of_days_is_told_and_proposed(
    workspace: Workspace, tmp_path: Path, order: str, days: list[str]
) -> None:
    path = csv_file(tmp_path / "a.csv", "问题现象,发生时间\n甲,05/03/2026\n乙,13/03/26 8:30\n")
    first = take(workspace, path)
    assert first.refused == 2 and "看不出日和月" in told(first)[0]
    assert ["--dates d/m/y" in str(note) for note in first.notes] == [True]
    recipe = {"type": "fix", "dates": order, "fields": {"phenomenon": "问题现象"}}
    with open_table.table(path) as table:
        place = CellPlace(workspace.book, "Asia/Shanghai", None, order)
        project = workspace.store.rows("SELECT id FROM project")[0][0]
        made = parse({**recipe, "occurred": "发生时间"}, "a.toml")
        assert made.dates == order
        load(table, made, place._replace(project=project))
    found = [f"{local(at):%Y-%m-%d}" for (at,) in held(workspace, "fix", "occurred")]
    assert found == days


def test_an_order_that_is_none_is_refused_in_a_recipe() -> None:
    with pytest.raises(Refused, match="d/m/y"):
        parse({"type": "fix", "dates": "d.m.y", "fields": {"cause": "x"}}, "a.toml")


def test_a_cut_number_refuses_its_row_only_where_it_is_used(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = csv_file(
        tmp_path / "a.csv", "名称,型号,资产\n甲,A,1.23457E+17\n乙,1.23457E+17,\n丙,####,\n"
    )
    report = take(workspace, path, "equipment")
    assert report.added == {"equipment": 1}
    assert ["不是完整的数字" in told(report)[0], "列太窄" in told(report)[1]] == [True, True]


def test_a_list_of_ours_keeps_its_zone(workspace: Workspace, tmp_path: Path) -> None:
    """Written in Shanghai, read back in Tokyo: no time moves."""
    workspace.book.zone = "Asia/Shanghai"
    project = workspace.store.rows("SELECT id FROM project")[0][0]
    made = workspace.book.add(
        "fix", {"phenomenon": "x", "fixed_at": 1_772_670_600_000}, project=project
    )
    path = tmp_path / "a.csv"
    exporter.write(workspace.book, "Asia/Shanghai", kinds["fix"], path, ExportRequest())
    assert "2026-03-05 08:30" in path.read_text(encoding="utf-8-sig")
    with open_table.table(path) as table:
        mapped = column_mapping.plain(kinds["fix"], table.columns, table.name, Wishes())
        place = CellPlace(workspace.book, "Asia/Tokyo", project)
        assert load(table, mapped.recipe, place, UPDATE).same == {"fix": 1}
    assert workspace.book.get(made.id).values()["fixed_at"] == 1_772_670_600_000


def test_a_row_copied_in_a_list_of_ours_overwrites_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    project = workspace.store.rows("SELECT id FROM project")[0][0]
    made = workspace.book.add("fix", {"phenomenon": "原来"}, project=project)
    rows = [{"id": made.id, "phenomenon": text} for text in ("原来", "抄来")]
    report = take(workspace, jsonl_file(tmp_path / "a.jsonl", rows), way=UPDATE)
    assert "与第 1 行是同一条记录" in told(report)[0]
    assert held(workspace, "fix", "phenomenon") == [("原来",)]


def test_a_state_in_a_list_of_ours_decides_nothing_that_was_written_here(
    workspace: Workspace, tmp_path: Path
) -> None:
    project = workspace.store.rows("SELECT id FROM project")[0][0]
    made = workspace.book.add("fix", {"phenomenon": "x"}, project=project)
    row = {"id": made.id, "phenomenon": "x", "state": "closed"}
    report = take(workspace, jsonl_file(tmp_path / "a.jsonl", [row]), way=UPDATE)
    assert "它的状态不由文件修改" in told(report)[0]
    assert workspace.book.get(made.id).state == "open"
    assert count(workspace, "fix") == 1


def test_a_name_that_is_missing_says_how_it_is_made(workspace: Workspace, tmp_path: Path) -> None:
    """Only of what a name is enough for: an item needs its checklist as well."""
    path = csv_file(tmp_path / "a.csv", "问题现象,现场\n甲,某处\n")
    assert "--make site" in told(take(workspace, path))[0]
    assert take(workspace, path, wishes=Wishes(makes=("site",))).added == {"fix": 1}
    path = csv_file(tmp_path / "b.csv", "问题现象,answer,处理人\n甲,某处,\n乙,,无名\n")
    said = told(take(workspace, path))
    assert len(said) == 2 and not any("--make" in one for one in said)


def test_a_row_like_a_record_that_is_here_is_told(workspace: Workspace, tmp_path: Path) -> None:
    """A corrected row, and a device of that name in another list; another site's is another."""
    head = "名称,型号,现场\n"
    first = csv_file(tmp_path / "a.csv", f"{head}空调-9,A,\n空调-1,B,甲\n空调-1,B,甲\n")
    wishes = Wishes(makes=("site",))
    assert take(workspace, first, "equipment", wishes=wishes).alike == []
    numbers = [number for (number,) in held(workspace, "equipment", "number")]
    changed = csv_file(tmp_path / "a.csv", f"{head}空调-9,C,\n空调-1,B,甲\n")
    report = take(workspace, changed, "equipment", wishes=wishes)
    assert (report.added, report.same) == ({"equipment": 1}, {"equipment": 1})
    assert report.alike == [(2, numbers[0])] and report.plain()["alike"] == [[2, numbers[0]]]
    said = [line for line in report.lines() if numbers[0] in line]
    assert len(said) == 1 and "第 2 行" in said[0] and "--undo" in said[0] and "--ref" in said[0]
    second = csv_file(tmp_path / "b.csv", f"{head}空调-1,X,乙\n 空调-1 ,Y,\n空调-8,Y,\n")
    rows = take(workspace, second, "equipment", wishes=wishes).alike
    assert [row for row, _ in rows] == [3]


def test_a_renamed_copy_of_a_file_is_told_row_by_row(workspace: Workspace, tmp_path: Path) -> None:
    """Events may be alike: only a row that says nothing else of another time is told."""
    text = (
        "问题现象,发生时间,地点\n空调告警,2026-03-05 08:30,一楼\n空调告警,2026-03-06 08:30,一楼\n"
    )
    assert take(workspace, csv_file(tmp_path / "big.csv", text)).added == {"fix": 2}
    report = take(workspace, csv_file(tmp_path / "big (1).csv", text))
    assert report.added == {"fix": 2} and [row for row, _ in report.alike] == [2, 3]
    other = text.replace("05 08", "07 08").replace("06 08:30,一楼", "06 08:30,二楼")
    report = take(
        workspace, csv_file(tmp_path / "c.csv", other), wishes=Wishes(maps={"地点": "place"})
    )
    assert report.added == {"fix": 2} and report.alike == []
    dry = take(workspace, csv_file(tmp_path / "d.csv", text), way=ImportOptions(dry=True))
    assert [row for row, _ in dry.alike] == [2, 3]
