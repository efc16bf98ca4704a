"""Pasted cells: what spreadsheets put on the clipboard, read cell by cell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.schema.record import kinds
from models.text.words import Refused
from tui.pages.rows.pasted_cells import MOST, cells, header, is_table

CELLS = st.lists(
    st.lists(st.text(st.characters(exclude_characters="\r", codec="utf-8"), max_size=6),
             min_size=2, max_size=4),
    min_size=1, max_size=4,
).filter(lambda lines: any(lines[-1]))  # fmt: skip


@given(CELLS)
def test_what_a_spreadsheet_copies_comes_back(lines: list[list[str]]) -> None:
    clipboard = io.StringIO()
    csv.writer(clipboard, delimiter="\t", lineterminator="\n").writerows(lines)
    assert cells(clipboard.getvalue()) == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('x\t"一行\n二行"\ny\tz', [["x", "一行\n二行"], ["y", "z"]]),
        ('"说""是""的"\tb', [['说"是"的', "b"]]),
        ('19" 机柜\t"没有闭合', [['19" 机柜', '"没有闭合']]),
        ("a\t\tb", [["a", "", "b"]]),
        ("", [[""]]),
        ("a\n\n\n", [["a"]]),
        ("a\rb", [["a"], ["b"]]),
    ],
)
def test_cells_of_excel_wps_and_libreoffice(text: str, expected: list[list[str]]) -> None:
    assert cells(text) == expected


def test_one_word_is_no_table() -> None:
    assert not is_table("温度") and not is_table("温度\n") and not is_table('"一行\n二行"')
    assert is_table("a\tb") and is_table("a\nb")


def test_too_many_lines_are_refused_with_the_remedy() -> None:
    with pytest.raises(Refused) as caught:
        cells("x\n" * (MOST + 1))
    assert "import" in str(caught.value)


def test_a_line_of_titles_names_its_columns() -> None:
    specs = kinds["template_item"].specs()
    assert header(["单位", "", "Low limit", "TEXT_ZH*"], specs) == ["unit", None, "low", "text_zh"]
    assert header(["单位", "温度"], specs) is None
    assert header(["单位", "单位"], specs) is None
    assert header(["", ""], specs) is None
