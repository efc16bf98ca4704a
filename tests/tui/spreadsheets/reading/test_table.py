"""A table being read: where its column names are, what they are called, which rows are faulty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.text.words import Refused, language
from tui.spreadsheets.reading.table import (
    LIMITS,
    SourceTable,
    TableRow,
    chosen,
    folded,
    header,
    named,
    repeated,
    row,
    storable,
)


def test_names_are_trimmed_and_the_empty_ones_at_the_end_dropped() -> None:
    assert named(["  编号 ", "问题\n现象", "cause  class", "", " "], "a.csv") == (
        *("编号", "问题 现象", "cause class"),
    )
    assert named([], "a.csv") == named(["", " "], "a.csv") == ()


def test_a_column_without_a_name_is_called_by_its_place() -> None:
    assert named(["a", "", "c"], "a.csv") == ("a", "（第 2 列）", "c")
    language.now = "en"
    assert named(["", "b"], "a.csv") == ("(column 1)", "b")


def test_a_name_twice_is_told_by_its_place() -> None:
    found = named(["编号", "x", " 编号 "], "a.csv")
    assert found == ("编号", "x", "编号（第 3 列）") and repeated(found) == {"编号"}
    assert repeated(("a", "（第 2 列）", "b（第 3 列）")) == set()


def test_too_many_columns_are_refused() -> None:
    few = replace(LIMITS, columns=2)
    assert named(["a", "b", "", ""], "a.csv", few) == ("a", "b")
    with pytest.raises(Refused, match="超过 2 列"):
        named(["a", "b", "c"], "a.csv", few)


def test_a_row_has_its_filled_cells_by_column() -> None:
    assert row(7, ("a", "b", "c"), ["1", "", "3"]) == TableRow(7, {"a": "1", "c": "3"})
    assert row(8, ("a", "b"), ["1"]).cells == {"a": "1"}
    assert row(9, ("a",), ["1", "", "  "]).fault is None


def test_a_row_with_too_many_cells_is_faulty_and_keeps_the_others() -> None:
    found = row(3, ("a",), ["1", "", "多出来的内容" * 20])
    assert found.cells == {"a": "1"} and found.fault is not None
    said = str(found.fault)
    assert "多出来的内容" in said and len(said) < 100


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["编号", "现象"], ["1", "2"]], 0),
        ([["现场处置清单", ""], ["", ""], ["编号", "现象"]], 2),
        ([["", ""], ["编号", ""], ["1", ""]], 1),
        ([["编号"], ["1"]], 0),
    ],
)
def test_a_title_over_the_names_is_passed_over(rows: list[list[str]], place: int) -> None:
    assert header(rows, "a.csv") == place


@pytest.mark.parametrize("rows", [[], [[]], [["", " "], ["\t"]]])
def test_a_file_without_any_cell_is_no_table(rows: list[list[str]]) -> None:
    with pytest.raises(Refused, match="没有表格"):
        header(rows, "a.csv")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Cause Class", "cause_class"), ("ＩＤ", "id"), ("编 号", "编号"), ("STRASSE", "straße")],
)
def test_names_are_alike_whatever_their_width_case_and_blanks(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert folded("cause") != folded("causes")


def test_half_characters_cannot_be_stored() -> None:
    assert storable("") and storable("plain") and storable("二号空调 \U0001f527")
    assert not storable("a\ud800") and not storable("\udcff")


def test_columns_may_turn_up_later_only_where_it_is_said() -> None:
    table = SourceTable("a.csv", ("a",), iter(()), lambda: 1.0, lambda: None)
    assert not table.loose and table.notes == []


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["巡检表"], ["机房：A", "", "日期：", "", "", "巡检人："], [*"123456"], [*"abcdef"]], 2),
        ([["台账"], ["基本", "", "", "处理"], [*"123456"], [*"abcdef"]], 2),
        ([["工单"] * 5, [*"12345"], [*"abcde"]], 1),
        ([["名称", "", "型号"], ["甲", "乙", "丙"]], 0),
        ([["甲", "乙", "甲"], ["1", "2", "3"]], 0),
        ([["单位：甲", "日期：乙"], ["名称", "型号"], ["a", "b"]], 1),
        ([["名称", "型号"], ["a", "b"], ["c", "d", "", "", "e"]], 0),
    ],
)
def test_the_row_of_names_is_as_wide_as_the_table(rows: list[list[str]], place: int) -> None:
    assert header(rows, "a.csv") == place


def test_the_row_of_names_can_be_told() -> None:
    rows = [["a", "b"], ["名称", "型号"], ["", ""]]
    notes = list[Refused]()
    assert chosen(rows, "a.csv", 2, notes) == 1
    assert "第 2 行（名称、型号）" in str(notes[0])
    for number in (3, 9):
        with pytest.raises(Refused, match=f"第 {number} 行没有列名"):
            chosen(rows, "a.csv", number)


@pytest.mark.parametrize(
    ("cell", "said"),
    [("1.23457E+17", "不是完整的数字"), ("####", "列太窄"), ("1E+3", ""), ("#1", ""), ("E+17", "")],
)
def test_what_a_cell_shows_in_place_of_its_content_is_no_content(cell: str, said: str) -> None:
    read = row(2, ("a",), (cell,))
    assert said in str(read.fault) if said else read.fault is None
