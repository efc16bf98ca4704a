"""Refused rows: as they were, with the reason, in a file of their own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.text.words import Refused, W
from tui.spreadsheets.importing.refused_rows import keeping
from tui.spreadsheets.reading.table import TableRow

WHY = Refused(W("应为数字。", "a number is wanted."))


def content(path: Path) -> list[list[str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_refused_rows_are_kept_with_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    with keeping(path, ["name", "n"]) as keep:
        keep(TableRow(3, {"name": "泵", "n": "x"}), "n", WHY)
        keep(TableRow(9, {"n": "y"}), "", WHY)
        assert not path.exists()  # whole, or not at all
    assert content(path) == [
        ["行", "列", "原因", "name", "n"],
        ["3", "n", "应为数字。", "泵", "x"],
        ["9", "", "应为数字。", "", "y"],
    ]


def test_no_file_is_made_when_nothing_is_refused(tmp_path: Path) -> None:
    with keeping(tmp_path / "refused.csv", ["name"]):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused) as refused, keeping(path, []):
        pass
    assert "refused.csv 已存在" in str(refused.value)
    assert path.read_text(encoding="utf-8") == "mine"


def test_what_would_be_run_or_act_is_made_harmless(tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    with keeping(path, ["=name"]) as keep:
        keep(TableRow(1, {"=name": "=cmd()\x1b[2J"}), "=name", WHY)
    head, row = content(path)
    assert head[3] == "'=name" and row[1] == "'=name"
    assert row[3].startswith("'=cmd()") and "\x1b" not in row[3]


def test_an_import_that_fails_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    with pytest.raises(KeyError), keeping(path, ["a"]) as keep:
        keep(TableRow(1, {"a": "1"}), "a", WHY)
        raise KeyError
    assert list(tmp_path.iterdir()) == []
