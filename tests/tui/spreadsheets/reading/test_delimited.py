"""Delimited text: encodings, delimiters, titles over the table, and rows that are broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from tests.tui.spreadsheets.makers import cells_of, csv_file, rows_of
from tui.spreadsheets.reading import open_table
from tui.spreadsheets.reading.table import Limits


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"]
)
def test_the_encodings_of_offices_are_told_apart(tmp_path: Path, encoding: str) -> None:
    text = "名称,地址\r\n主机房,北京路 1 号\r\n备用机房,\r\n"
    if encoding == "utf-16-le":
        text = "\ufeff" + text
    path = csv_file(tmp_path / "a.csv", text, encoding)
    rows = cells_of(path)
    assert rows == [{"名称": "主机房", "地址": "北京路 1 号"}, {"名称": "备用机房"}]


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "名称,地址\n主机房,一\n", "gb18030")
    with open_table.table(path) as table:
        assert ["GB18030" in str(note) for note in table.notes] == [True]
    with open_table.table(path, charset="gb18030") as table:
        assert table.notes == []


def test_a_named_encoding_is_used(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "名稱,地址\n機房,一\n", "big5")
    assert cells_of(path, charset="big5") == [{"名稱": "機房", "地址": "一"}]
    with pytest.raises(Refused, match="klingon"):
        cells_of(path, charset="klingon")


def test_bytes_that_are_no_text_refuse_the_file_and_name_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n\xff\xff\x80\xff,3\n")
    with pytest.raises(Refused, match="第 3 行"):
        rows_of(path)


def test_a_few_broken_bytes_cost_only_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good = "电池老化，已更换并测试正常运行无误\n".encode()
    path.write_bytes(b"a,b\n1," + good + b"2,x\xffy\n3," + good)
    rows = rows_of(path)
    assert [row.fault is None for row in rows] == [True, False, True]
    assert (rows[1].number, rows[1].column) == (3, "b")
    assert "不能识别的字节" in str(rows[1].fault)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = f"a{delimiter}b\n1{delimiter}x; y, z|w\n2{delimiter}v\n"
    if delimiter in ",;|":
        text = text.replace("x; y, z|w", '"x; y, z|w"')
    assert cells_of(csv_file(tmp_path / "a.csv", text))[1] == {"a": "2", "b": "v"}


def test_excels_line_that_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "sep=;\na;b\n1;2,5\n")
    assert cells_of(path) == [{"a": "1", "b": "2,5"}]
    assert rows_of(path)[0].number == 3


def test_a_title_over_the_table_is_passed_over_and_said(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "2026 年巡检台账,,\n\n名称,地址,\n主机房,一,\n")
    with open_table.table(path) as table:
        assert table.columns == ("名称", "地址")
        assert ["第 3 行" in str(note) for note in table.notes] == [True]
        assert [(row.number, dict(row.cells)) for row in table.rows] == [
            (4, {"名称": "主机房", "地址": "一"})
        ]


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    assert cells_of(csv_file(tmp_path / "a.csv", "name\none\ntwo\n")) == [
        {"name": "one"},
        {"name": "two"},
    ]


@pytest.mark.parametrize("text", ["", "\n\n\n", ",,,\n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused, match="没有找到列名"):
        rows_of(csv_file(tmp_path / "a.csv", text))


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert rows_of(csv_file(tmp_path / "a.csv", "a,b\n")) == []


def test_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    """By what wants one of them (see the mapping); a file that maps neither is read."""
    path = csv_file(tmp_path / "a.csv", "原因,b,原因\n1,2,3\n")
    assert cells_of(path) == [{"原因": "1", "b": "2", "原因（第 3 列）": "3"}]


def test_a_column_without_a_name_is_called_by_its_place(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "a,,c\n1,2,3\n")
    assert cells_of(path) == [{"a": "1", "（第 2 列）": "2", "c": "3"}]


def test_cells_beyond_the_names_are_never_lost_silently(tmp_path: Path) -> None:
    rows = rows_of(csv_file(tmp_path / "a.csv", "a,b\n1,2,,\n3,4,5\n"))
    assert rows[0].fault is None
    assert "“5”" in str(rows[1].fault)


def test_a_quote_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    """The rows below it must not be swallowed into one cell."""
    lines = [f"{n},text {n}\n" for n in range(2, 300)]
    lines[10] = '12,"never closed\n'
    rows = rows_of(csv_file(tmp_path / "a.csv", "a,b\n" + "".join(lines)))
    assert [row.number for row in rows if row.fault] == [12]
    assert len([row for row in rows if not row.fault]) == 297
    assert rows[-1].cells["b"] == "text 299"


def test_a_misplaced_quote_costs_one_row(tmp_path: Path) -> None:
    rows = rows_of(csv_file(tmp_path / "a.csv", 'a,b\n1,"x"y\n2,z\n'))
    assert [row.fault is None for row in rows] == [False, True]


def test_line_breaks_within_a_cell_are_kept(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", 'a,b\n1,"x\r\ny\nz"\n2,w\n')
    assert cells_of(path) == [{"a": "1", "b": "x\r\ny\nz"}, {"a": "2", "b": "w"}]


def test_a_row_beyond_the_limit_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    text = "a,b\n1," + "x" * 5_000 + "\n2,y\n"
    rows = rows_of(csv_file(tmp_path / "a.csv", text), limits=Limits(line=1_000))
    faults = [row for row in rows if row.fault]
    assert "太长" in str(faults[0].fault)
    assert dict(rows[-1].cells) == {"a": "2", "b": "y"}


def test_a_long_line_behind_an_open_quote_takes_no_good_row_along(tmp_path: Path) -> None:
    text = 'a,b\n1,"open\n' + "x" * 5_000 + "\n2,y\n3,z\n"
    rows = rows_of(csv_file(tmp_path / "a.csv", text), limits=Limits(line=1_000))
    assert [(row.number, row.fault is None) for row in rows] == [
        (2, False),
        (3, False),
        (4, True),
        (5, True),
    ]


def test_limits_of_file_rows_and_columns_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "a,b\n" + "1,2\n" * 50)
    with pytest.raises(Refused, match="太大"):
        rows_of(path, limits=Limits(file=20))
    with pytest.raises(Refused, match="超过 10 行"):
        rows_of(path, limits=Limits(rows=10))
    with pytest.raises(Refused, match="超过 1 列"):
        rows_of(path, limits=Limits(columns=1))


def test_what_is_no_file_or_no_known_form_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有文件"):
        rows_of(tmp_path / "nothing.csv")
    with pytest.raises(Refused, match="不认识文件"):
        rows_of(csv_file(tmp_path / "a.pdf", "x"))
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Refused, match=r"folder\.csv"):
        rows_of(tmp_path / "folder.csv")
