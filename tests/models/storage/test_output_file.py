"""Files that people ask for: whole or not at all, and never over another one unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.storage.output_file import whole
from models.text.words import Refused


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(one.name for one in folder.iterdir())


def test_the_file_has_its_name_when_the_block_ended_well(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    with whole(path, force=False) as fresh:
        fresh.write_bytes(b"new")
        assert not path.exists() and fresh.parent == tmp_path
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["报表.xlsx"]


def test_another_file_stays_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    with pytest.raises(Refused, match=r"a\.csv 已存在.*--force"), whole(path, force=False):
        pytest.fail("the block was entered")
    assert path.read_bytes() == b"old"
    with whole(path, force=True) as fresh:
        fresh.write_bytes(b"new")
    assert path.read_bytes() == b"new"


def test_one_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(Refused, match="已存在"), whole(path, force=False) as fresh:
        fresh.write_bytes(b"mine")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.csv"]


def test_a_block_that_fails_leaves_nothing_and_its_own_fault_comes_out(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole(tmp_path / "a.csv", force=False) as fresh:
        fresh.write_bytes(b"half")
        raise ZeroDivisionError
    with pytest.raises(Refused, match="原因"), whole(tmp_path / "a.csv", force=True) as fresh:
        fresh.write_bytes(b"half")
        raise OSError("原因")
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    wrong = pytest.raises(Refused, match=r"不能写入 a\.csv：没有这个文件或文件夹")
    with wrong, whole(tmp_path / "nowhere" / "a.csv", force=False) as fresh:
        fresh.write_bytes(b"x")
