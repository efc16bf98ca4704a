"""A table being read: where its column names are, what they are called, which rows are faulty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.text.words import Refused, language
from tui.spreadsheets.reading.table import (
    LIMITS,
    SourceTable,
    TableRow,
    folded,
    header,
    named,
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


def test_a_name_twice_is_refused_with_the_name() -> None:
    with pytest.raises(Refused, match="“编号”"):
        named(["编号", "x", " 编号 "], "a.csv")


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
