"""Workbooks: real ones of another library, and files that lie about what they are."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from models.text.words import Refused
from tests.tui.spreadsheets.makers import cells_of, rows_of, xlsx_file
from tui.spreadsheets.reading import open_table
from tui.spreadsheets.reading.table import Limits

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    """A workbook with some of its parts replaced."""
    xlsx_file(path, [["a", "b"], [1, 2]])
    with zipfile.ZipFile(path) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**whole, **parts}.items():
            archive.writestr(name, data)
    return path


def test_values_are_what_a_person_sees(tmp_path: Path) -> None:
    row = ["电池", 12, 23.5, 0.1 + 0.2, True, date(2026, 11, 22), datetime(2026, 11, 22, 8, 30)]
    row += [datetime(2026, 11, 22, 8, 30, 15, 250_000), time(8, 30), "  x\ny ", 1e20]
    names = [f"c{n}" for n in range(len(row))]
    path = xlsx_file(tmp_path / "a.xlsx", [names, row])
    assert list(cells_of(path)[0].values()) == [
        *("电池", "12", "23.5", "0.3", "true", "2026-11-22", "2026-11-22 08:30:00"),
        *("2026-11-22 08:30:15.250", "08:30:00", "  x\ny ", "100000000000000000000"),
    ]


def test_blank_rows_keep_the_numbers_of_the_others(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [["台账"], [], ["a", "b"], [1, 2], [], [None, 3]])
    rows = [row for row in rows_of(path) if row.cells]
    assert [(row.number, dict(row.cells)) for row in rows] == [
        (4, {"a": "1", "b": "2"}),
        (6, {"b": "3"}),
    ]


def test_a_sheet_is_chosen_by_name_else_the_first_that_shows(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "hidden"
    book.active.sheet_state = "hidden"
    book.active.append(["x", "y"])
    for name in ("first", "second"):
        sheet = book.create_sheet(name)
        sheet.append(["a", "b"])
        sheet.append([name, "1"])
    book.save(tmp_path / "a.xlsx")
    assert cells_of(tmp_path / "a.xlsx")[0]["a"] == "first"
    assert cells_of(tmp_path / "a.xlsx", sheet="second")[0]["a"] == "second"
    with pytest.raises(Refused, match="hidden, first, second"):
        cells_of(tmp_path / "a.xlsx", sheet="third")


def test_a_formula_that_failed_refuses_its_row(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c>'
        '<c r="B1" t="str"><v>b</v></c></row><row r="2"><c r="A2"><v>1</v></c>'
        '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row><row r="3"><c r="A3"><f>1+1</f>'
        '<v>2</v></c><c r="B3" t="str"><v>#N/A</v></c></row></sheetData></worksheet>'
    )
    path = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": sheet.encode()})
    failed, fine = rows_of(path)
    assert (failed.column, "#DIV/0!" in str(failed.fault)) == ("b", True)
    assert dict(fine.cells) == {"a": "2", "b": "#N/A"}


def test_escaped_characters_of_excel_are_read(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c>'
        '<c r="B1" t="str"><v>b</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>'
        "x_x000D_\ny</t></is></c>"
        '<c r="B2" t="inlineStr"><is><t>_x005F_x0041_</t></is></c></row></sheetData></worksheet>'
    )
    path = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": sheet.encode()})
    assert cells_of(path) == [{"a": "x\r\ny", "b": "_x0041_"}]


def test_a_declared_size_is_not_believed(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData><row r="1">'
        '<c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'
        '<row r="2"><c r="A2"><v>7</v></c></row></sheetData></worksheet>'
    )
    path = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": sheet.encode()})
    assert cells_of(path) == [{"a": "7"}]


def test_a_row_far_below_does_not_run_for_ever(tmp_path: Path) -> None:
    sheet = (
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c>'
        '<c r="B1" t="str"><v>b</v></c></row><row r="999999999999"><c r="A999999999999">'
        "<v>7</v></c></row></sheetData></worksheet>"
    )
    path = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": sheet.encode()})
    with pytest.raises(Refused, match="超过 1000 行"):
        rows_of(path, limits=Limits(rows=1_000))


def test_cells_beyond_the_last_column_are_refused(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [["a", "b"], [1, 2, 3], [1, 2]])
    spilt, fine = rows_of(path)
    assert "“3”" in str(spilt.fault)
    assert fine.fault is None
    with pytest.raises(Refused, match="超过 2 列"):
        rows_of(path, limits=Limits(columns=2))


def test_a_bomb_is_counted_while_it_is_unpacked(tmp_path: Path) -> None:
    bomb = b"<worksheet>" + b" " * (40 << 20)
    path = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": bomb})
    assert path.stat().st_size < 1 << 20
    with pytest.raises(Refused, match="太大"):
        rows_of(path)


def test_sizes_that_a_zip_declares_are_not_believed(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": b" " * (4 << 20)})
    data = bytearray(path.read_bytes())
    small = (100).to_bytes(4, "little")
    at = data.find((4 << 20).to_bytes(4, "little"))
    while at >= 0:
        data[at : at + 4] = small
        at = data.find((4 << 20).to_bytes(4, "little"))
    path.write_bytes(bytes(data))
    with pytest.raises(Refused, match="不是 Excel 工作簿"):
        rows_of(path)


def test_parts_and_rows_beyond_the_limits_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="styles"):
        rows_of(packed(tmp_path / "a.xlsx", {"xl/styles.xml": b"<x/>" + b" " * (17 << 20)}))
    text = f"<sst {MAIN}>".encode() + b"<si/>" * 1_000
    path = packed(tmp_path / "b.xlsx", {"xl/sharedStrings.xml": text})
    with pytest.raises(Refused, match="sharedStrings"):
        rows_of(path, limits=Limits(texts=1_000))
    sheet = f'<worksheet {MAIN}><sheetData><row r="1">'.encode() + b"<c/>" * (3 << 20)
    with pytest.raises(Refused, match="sheet1"):
        rows_of(packed(tmp_path / "c.xlsx", {"xl/worksheets/sheet1.xml": sheet}))
    with pytest.raises(Refused, match="太大"):
        rows_of(tmp_path / "b.xlsx", limits=Limits(packed=100))


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_entities_are_refused_before_a_parser_meets_them(tmp_path: Path, code: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    path = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": text.encode(code)})
    with pytest.raises(Refused, match="声明"):
        rows_of(path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是 Excel 工作簿"),
        (b"PK\x03\x04 and then nothing", "不是 Excel 工作簿"),
        (b"a,b\n1,2\n", "不是 Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "密码"),
    ],
)
def test_what_is_no_workbook_is_said(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(Refused, match=says):
        rows_of(path)


def test_old_forms_are_told_the_way_on(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"x")
    with pytest.raises(Refused, match=r"另存为没有密码的 \.xlsx"):
        rows_of(path)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(Refused, match="不是 Excel 工作簿"):
        rows_of(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("cut", [0, 40, -20])
def test_damage_anywhere_is_one_sentence(tmp_path: Path, part: str, cut: int) -> None:
    xlsx_file(tmp_path / "whole.xlsx", [["a", "b"], [1, 2]])
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as archive:
        data = archive.read(part)
    path = packed(tmp_path / "a.xlsx", {part: data[:cut] if cut else b""})
    with pytest.raises(Refused, match=r"a\.xlsx"):
        rows_of(path)


def test_flipped_bytes_never_end_in_anything_but_rows_or_a_sentence(tmp_path: Path) -> None:
    xlsx_file(tmp_path / "a.xlsx", [["a", "b"], *([n, f"text {n}"] for n in range(40))])
    whole = (tmp_path / "a.xlsx").read_bytes()
    outcomes = set()
    for at in range(0, len(whole), 61):
        data = bytearray(whole)
        data[at] ^= 0xFF
        (tmp_path / "b.xlsx").write_bytes(bytes(data))
        try:
            outcomes.add(len(rows_of(tmp_path / "b.xlsx")) == 40)
        except Refused:
            outcomes.add(False)
    assert outcomes == {True, False}


def test_nothing_stays_open(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [["a", "b"], [1, 2]])
    with open_table.table(path) as table:
        next(table.rows)
    path.write_bytes(b"other")
    buffer = io.BytesIO(path.read_bytes())
    assert buffer.getvalue() == b"other"


def test_a_number_is_read_as_its_cell_shows_it(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a", "b", "c", "d", "e", "f"])
    book.active.append([1234, 0.35, 0.1234, 46328, 46328.354166666664, 1234567890])
    forms = ("000000", "0%", "0.0%", "General", "General", "General")
    for cell, form in zip(book.active[2], forms, strict=True):
        cell.number_format = form
    path = tmp_path / "a.xlsx"
    book.save(path)
    read = list(cells_of(path)[0].values())
    assert read == ["001234", "35%", "12.3%", "46328", "46328.3541666667", "1234567890"]


@pytest.mark.parametrize(
    ("number", "shown"), [(31, "2026-11-02"), (14, "2026-11-02"), (1, "46328")]
)
def test_the_date_formats_of_east_asian_excel_are_dates(
    tmp_path: Path, number: int, shown: str
) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [["a", "b"], ["x", 46328]])
    with zipfile.ZipFile(path) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    styles = whole["xl/styles.xml"].decode()
    xf = f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
    styles = re.sub(
        r'<cellXfs count="1">(.*?)</cellXfs>',
        rf'<cellXfs count="2">\1{xf}</cellXfs>',
        styles,
        flags=re.S,
    )
    sheet = whole["xl/worksheets/sheet1.xml"].decode().replace('<c r="B2"', '<c r="B2" s="1"')
    parts = {"xl/styles.xml": styles.encode(), "xl/worksheets/sheet1.xml": sheet.encode()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**whole, **parts}.items():
            archive.writestr(name, data)
    assert cells_of(path) == [{"a": "x", "b": shown}]


def test_a_number_of_more_digits_than_are_kept_is_no_text(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [["a", "b"], ["x", 1.23456789012346e17], ["y", 1e20]])
    cut, whole = rows_of(path)
    assert cut.column == "b" and "只保存 15 位" in str(cut.fault)
    assert whole.fault is None
