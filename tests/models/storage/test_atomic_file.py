"""Whole files: replaced at once or not at all, under a lock where several processes write them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.storage import atomic_file
from models.storage.atomic_file import held, replacement, whole, write_whole
from models.storage.write_lock import WriteLock
from models.text.words import Refused


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 5000])
def test_a_file_holds_exactly_these_bytes_and_nothing_is_left_beside(
    tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "设备.json"
    path.write_bytes(b"old and much longer than the new one")
    write_whole(path, data)
    assert path.read_bytes() == data
    assert [one.name for one in tmp_path.iterdir()] == ["设备.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_its_owner_reads_it_whatever_the_old_one_allowed(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_whole(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_an_interrupted_write_left_is_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "key"
    (tmp_path / "key.tmp").write_bytes(b"half")
    write_whole(path, b"whole")
    assert path.read_bytes() == b"whole"
    assert not (tmp_path / "key.tmp").exists()


def test_a_write_that_fails_leaves_the_old_file_and_names_the_cause(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    (tmp_path / "key" / "inside").write_bytes(b"kept")
    with pytest.raises(Refused, match="不能写入 key：") as refused:
        write_whole(tmp_path / "key", b"new")
    assert str(tmp_path) not in str(refused.value)
    assert (tmp_path / "key" / "inside").read_bytes() == b"kept"
    assert not (tmp_path / "key.tmp").exists()
    with pytest.raises(Refused, match="没有这个文件或文件夹"):
        write_whole(tmp_path / "nowhere" / "key", b"new")


def test_the_lock_makes_its_folder_and_is_free_afterwards(tmp_path: Path) -> None:
    home = tmp_path / "甲" / "乙"
    for _ in range(2):
        with held(home):
            write_whole(home / "key", b"x")
    with pytest.raises(ZeroDivisionError), held(home):
        raise ZeroDivisionError
    with held(home):
        assert (home / "key").read_bytes() == b"x"


def test_a_lock_that_another_has_is_refused_by_the_folders_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_file, "LOCK_SECONDS", 0.01)
    busy = pytest.raises(Refused, match=f"占用着文件夹 {tmp_path.name}")
    lock = WriteLock(tmp_path / "device.lock", 5)
    lock.take()
    with busy, held(tmp_path):
        pytest.fail("the lock was had")
    lock.close()
    with held(tmp_path):
        assert (tmp_path / "device.lock").exists()


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(Refused, match="不能写入 home"), held(tmp_path / "home"):
        pytest.fail("the lock was had")


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


def test_the_old_file_is_there_until_the_block_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with replacement(path) as fresh:
        fresh.write_bytes(b"new")
        assert path.read_bytes() == b"old" and fresh.parent == tmp_path
    assert path.read_bytes() == b"new" and names(tmp_path) == ["a"]


def test_a_replacement_that_fails_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match="half way"), replacement(path) as fresh:
        fresh.write_bytes(b"half")
        raise ValueError("half way")
    with pytest.raises(FileNotFoundError), replacement(path) as fresh:
        fresh.unlink()  # by whatever tidies a folder
    assert path.read_bytes() == b"old" and names(tmp_path) == ["a"]
