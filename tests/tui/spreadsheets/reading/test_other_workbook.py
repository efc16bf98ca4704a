"""Other workbooks: .xls, .ods and .et, by whatever name, read in a process of their own."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from tests.support.old_workbooks import ods_file, xls_file
from tests.tui.spreadsheets.makers import cells_of, csv_file, rows_of, xlsx_file
from tui.spreadsheets.reading import open_table
from tui.spreadsheets.reading.table import Limits

WHEN = datetime(2026, 3, 5, 8, 30)
ROWS: list[list[Any]] = [
    ["机房巡检记录"],
    ["设备名称", "数量", "上架时间"],
    ["空调-1", 3, WHEN],
    ["UPS-1", 2.5, ""],
]
READ = [
    {"设备名称": "空调-1", "数量": "3", "上架时间": "2026-03-05 08:30:00"},
    {"设备名称": "UPS-1", "数量": "2.5"},
]


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.XLS"])
def test_the_old_form_is_read(tmp_path: Path, name: str) -> None:
    assert cells_of(xls_file(tmp_path / name, {"台账": ROWS})) == READ


def test_an_open_document_is_read(tmp_path: Path) -> None:
    found = cells_of(ods_file(tmp_path / "a.ods", {"台账": ROWS}))
    assert found[0]["设备名称"] == "空调-1" and found[0]["数量"] == "3"
    assert found[0]["上架时间"] == "2026-03-05 08:30:00"


def test_the_content_counts_whatever_the_name_says(tmp_path: Path) -> None:
    plain = [["设备名称", "数量"], ["空调-1", "3"]]
    read = [{"设备名称": "空调-1", "数量": "3"}]
    made = xlsx_file(tmp_path / "new.xlsx", plain)
    assert cells_of(made.rename(tmp_path / "new.et")) == read
    assert cells_of(xls_file(tmp_path / "old.xlsx", {"台账": plain})) == read
    text = "设备名称\t数量\n空调-1\t3\n"
    assert cells_of(csv_file(tmp_path / "text.xls", text, "gb18030")) == read


def test_a_sheet_by_name_and_the_first_visible_one(tmp_path: Path) -> None:
    sheets = {"说明": [["甲", "乙"], ["1", "2"]], "清单": [["丙", "丁"], ["3", "4"]]}
    path = xls_file(tmp_path / "a.xls", sheets, hidden=["说明"])
    assert cells_of(path) == [{"丙": "3", "丁": "4"}]
    assert cells_of(path, sheet="说明") == [{"甲": "1", "乙": "2"}]
    with pytest.raises(Refused, match="没有工作表“无”。有：说明, 清单"):
        rows_of(path, sheet="无")


def test_cells_merged_downwards_count_in_each_row(tmp_path: Path) -> None:
    rows = [["区域", "检查项目"], ["空调间", "温度"], ["", "湿度"]]
    path = xls_file(tmp_path / "a.xls", {"一": rows}, merged=[(1, 2, 0, 0)])
    assert [row["区域"] for row in cells_of(path)] == ["空调间", "空调间"]


def test_a_failed_formula_and_a_cut_number_are_told(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["名称", "序列号"], ["甲", "#N/A"], ["乙", 123456789012345678]]
    faults = [row.fault for row in rows_of(xls_file(tmp_path / "a.xls", {"一": rows}))]
    assert "公式出错" in str(faults[0]) and "15 位" in str(faults[1])


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.ods"])
@pytest.mark.parametrize(
    "content", [b"", b"x", b"\xd0\xcf\x11\xe0" + bytes(5000), b"PK\x03\x04rest"]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=name):
        rows_of(tmp_path / name)


def test_a_web_page_that_is_called_xls_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("<html><table><tr><td>1</td></tr></table></html>")
    with pytest.raises(Refused, match="其实是网页"):
        rows_of(tmp_path / "a.xls")


def test_a_sheet_cut_off_or_claiming_more_than_it_has(tmp_path: Path) -> None:
    """Bytes changed at every hundredth place: read, or refused with the name; never worse."""
    whole = xls_file(tmp_path / "a.xls", {"台账": ROWS * 20}).read_bytes()
    for at in range(512, len(whole), len(whole) // 12):
        (tmp_path / "a.xls").write_bytes(whole[:at] + b"\xff" * 4 + whole[at + 4 :])
        try:
            rows_of(tmp_path / "a.xls")
        except Refused as refused:
            assert "a.xls" in str(refused)


def test_a_cell_far_away_ends_the_reading_and_not_the_program(tmp_path: Path) -> None:
    far: list[list[Any]] = [["甲", "乙"], ["1", "2"]]
    path = xls_file(tmp_path / "a.xls", {"一": far})
    content = path.read_bytes()
    cell = b"\x04\x02\x0b\x00\x01\x00\x01\x00"  # the label in row 1, column 1
    assert cell in content
    path.write_bytes(content.replace(cell, b"\x04\x02\x0b\x00\xff\xff\xff\xff"))
    with pytest.raises(Refused, match=r"a\.xls"):
        rows_of(path)


def test_an_ods_that_swells_is_refused(tmp_path: Path) -> None:
    path = ods_file(tmp_path / "a.ods", {"一": [["甲"], ["x" * 4_000_000]]})
    with pytest.raises(Refused, match="解开后太大"):
        rows_of(path, limits=Limits(inflated=1 << 20))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("settings.xml", "<!DOCTYPE x>")
    with pytest.raises(Refused, match="Excel 不会写的声明"):
        rows_of(path)


def test_rows_repeated_a_million_times_end_the_reading(tmp_path: Path) -> None:
    path = ods_file(tmp_path / "a.ods", {"一": [["甲", "乙"], ["1", "2"]]})
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    repeated = content.replace(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>1<',
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
        ' table:number-columns-repeated="16000" office:value-type="string"><text:p>1<',
    )
    assert repeated != content
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", repeated)
        archive.writestr("META-INF/manifest.xml", "<a/>")
    with pytest.raises(Refused, match=r"a\.ods"):
        for row in rows_of(path):
            assert row.cells


def test_closing_half_way_ends_the_child(tmp_path: Path) -> None:
    path = xls_file(tmp_path / "a.xls", {"一": [["甲", "乙"], *[["1", "2"]] * 30_000]})
    with open_table.table(path) as table:
        assert next(table.rows).cells == {"甲": "1", "乙": "2"}
        assert table.sheets == ("一",) and table.names_at == 1
