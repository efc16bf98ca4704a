"""Figures as a file: the values of the screen, numbers as numbers, no text as a formula."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.derived.figures import Counted, Figure, FigureKind
from models.text.words import Refused, W
from tui.spreadsheets.exporting import figure_file


def figure(value: int | str | None, n: int) -> Figure:
    """A figure of odd words."""
    kind = FigureKind("tour.ok", W("=1+1", "ok"), W("算法", "how"), 2, "%", lambda _: Counted(0, 0))
    return Figure(kind, 2, value, n, ("a", "b"))


FOUND = [figure(66, 3), figure(None, 0)]


def test_a_workbook_has_numbers_and_what_is_not_assessable(tmp_path: Path) -> None:
    figure_file.write(tmp_path / "a.xlsx", FOUND)
    head, *lines = load_workbook(tmp_path / "a.xlsx").active.values
    assert head[:3] == ("名称", "指标", "值")
    assert lines[0] == ("tour.ok", "=1+1", 66, "%", 3, "算法", 2, 2)
    assert lines[1][2] == "不可评定"
    assert load_workbook(tmp_path / "a.xlsx").active["B2"].data_type == "s"  # no formula


def test_a_text_file_has_the_same_without_formulas(tmp_path: Path) -> None:
    figure_file.write(tmp_path / "a.csv", FOUND)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        _, first, second = csv.reader(file)
    assert first == ["tour.ok", "'=1+1", "66", "%", "3", "算法", "2", "2"]
    assert second[2] == "不可评定"


def test_no_file_is_overwritten_unasked_and_other_forms_are_refused(tmp_path: Path) -> None:
    figure_file.write(tmp_path / "a.csv", FOUND)
    with pytest.raises(Refused):
        figure_file.write(tmp_path / "a.csv", FOUND)
    figure_file.write(tmp_path / "a.csv", FOUND[:1], force=True)
    with pytest.raises(Refused) as refused:
        figure_file.write(tmp_path / "a.pdf", FOUND)
    assert refused.value.word == figure_file.FORM
