"""Small files: replaced whole under one lock, for their owner only, or refused with the cause."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from models.storage import atomic_file
from models.storage.atomic_file import held, write_whole
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
    with FileLock(str(tmp_path / "device.lock")), busy, held(tmp_path):
        pytest.fail("the lock was had")


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(Refused, match="不能写入 home"), held(tmp_path / "home"):
        pytest.fail("the lock was had")
