"""Saved filters: kept in their order, one of a name for each type, and a broken file is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.storage.saved_filters import FILE, Favourite, drop, keep, load
from models.text.words import Refused

OPEN = Favourite("没关的", "fix", "state:open")
LATE = Favourite("超期", "escalation", 'is:overdue project:"滨河 二期"')


def test_they_come_back_as_they_were_kept_in_order(tmp_path: Path) -> None:
    assert load(tmp_path) == []
    keep(tmp_path, OPEN)
    keep(tmp_path, LATE)
    assert load(tmp_path) == [OPEN, LATE]


def test_a_name_stands_once_for_a_type(tmp_path: Path) -> None:
    other = OPEN._replace(type="escalation")
    newer = OPEN._replace(line="状态:待处理")
    for one in (OPEN, other, newer):
        keep(tmp_path, one)
    assert load(tmp_path) == [other, newer]


def test_one_is_forgotten_and_the_others_stay(tmp_path: Path) -> None:
    keep(tmp_path, OPEN)
    keep(tmp_path, LATE)
    drop(tmp_path, OPEN._replace(line="别的"))
    assert load(tmp_path) == [OPEN, LATE]
    drop(tmp_path, OPEN)
    assert load(tmp_path) == [LATE]


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        (b"", 0),
        (b"\xff\xfe", 0),
        (b"{}", 0),
        (b"7", 0),
        (b"null", 0),
        (b"[1, 2]", 0),
        (b'[["a", "fix"], ["b", "fix", "x", "y"]]', 0),
        (b'[["a", "fix", "x"], ["b"]]', 1),
    ],
)
def test_what_is_no_list_of_filters_has_none(tmp_path: Path, raw: bytes, left: int) -> None:
    (tmp_path / FILE).write_bytes(raw)
    assert len(load(tmp_path)) == left
    keep(tmp_path, LATE)
    assert load(tmp_path)[-1] == LATE


def test_the_file_is_readable_by_people(tmp_path: Path) -> None:
    keep(tmp_path, OPEN)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "没关的" in text and json.loads(text) == [list(OPEN)]
    assert [one.name for one in tmp_path.iterdir()] == [FILE]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"filters\.json：没有这个文件或文件夹"):
        keep(tmp_path / "nowhere", OPEN)
