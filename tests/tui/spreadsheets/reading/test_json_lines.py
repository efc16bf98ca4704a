"""JSON lines: values of every kind, and lines that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from tests.tui.spreadsheets.makers import jsonl_file, rows_of
from tui.spreadsheets.reading.table import Limits


def test_values_become_text(tmp_path: Path) -> None:
    item = {"a": "x", "b": 12, "c": True, "d": False, "e": None, "f": ""}
    path = jsonl_file(tmp_path / "a.jsonl", [item, '{"g": 23.50}'])
    assert [dict(row.cells) for row in rows_of(path)] == [
        {"a": "x", "b": "12", "c": "true", "d": "false"},
        {"g": "23.50"},
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "不是一个 JSON 对象"),
        ("[1]", "不是一个 JSON 对象"),
        ('{"a": NaN}', "不是一个 JSON 对象"),
        ('{"a": 1, "a": 2}', "“a”写了两次"),
        ('{"a": {"b": 1}}', "“a”应为文字"),
        ('{"a": [1]}', "“a”应为文字"),
        ("[" * 100_000, "不是一个 JSON 对象"),
    ],
)
def test_a_bad_line_is_refused_alone(tmp_path: Path, line: str, says: str) -> None:
    rows = rows_of(jsonl_file(tmp_path / "a.jsonl", ['{"a": "1"}', line, '{"a": "3"}']))
    assert [row.fault is None for row in rows] == [True, False, True]
    assert says in str(rows[1].fault)
    assert [row.number for row in rows] == [1, 2, 3]


def test_bytes_that_are_no_text_cost_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": "\xff"}\n\n{"a": "2"}\n')
    rows = rows_of(path)
    assert [(row.number, row.fault is None) for row in rows] == [(1, False), (3, True)]


def test_a_line_beyond_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = jsonl_file(tmp_path / "a.jsonl", [{"a": "x" * 3_000}, {"a": "2"}])
    rows = rows_of(path, limits=Limits(line=100))
    assert [row.fault is None for row in rows] == [False, True]
    assert rows[1].number == 2


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有找到列名"):
        rows_of(jsonl_file(tmp_path / "a.jsonl", []))
