"""`backup`, `restore`, `check`: what a person does so that nothing is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.storage import backup, blobs
from sync.trust import device_key
from tests.tui.cli.conftest import Shell


def _fix(shell: Shell, ref: str) -> None:
    shell.ok("add", "fix", f"phenomenon={ref}", "--ref", ref)


def _refs(shell: Shell) -> set[str]:
    return {one["ref"] for one in shell.ok("list", "fix", "--json").lines}


def test_backup_and_restore_in_the_book_s_own_folder(shell: Shell) -> None:
    _fix(shell, "A")
    made = shell.ok("backup").out.partition("：")[2].strip()
    assert Path(made).parent == shell.home / backup.FOLDER and Path(made).is_file()
    _fix(shell, "B")
    out = shell.ok("restore").out
    assert made in out and "before-restore-" in out
    assert _refs(shell) == {"A"}
    _fix(shell, "C")
    assert _refs(shell) == {"A", "C"}
    numbers = [one["number"] for one in shell.ok("list", "fix", "--json").lines]
    assert len(set(numbers)) == 2
    assert "完好" in shell.ok("check").out


def test_backup_elsewhere_and_restore_on_a_new_machine(shell: Shell, tmp_path: Path) -> None:
    _fix(shell, "A")
    (tmp_path / "photo").write_bytes(b"picture")
    shell.ok("attach", "A", tmp_path / "photo")
    shell.ok("backup", "--to", tmp_path / "usb")
    other = Shell(tmp_path / "other", shell.capture, shell.patch)
    other.ok("restore", tmp_path / "usb")
    assert _refs(other) == {"A"}
    sha256 = other.ok("list", "attachment", "--json").json["sha256"]
    assert blobs.whole(other.home, sha256)


def test_seven_backups_are_kept(shell: Shell) -> None:
    for _ in range(9):
        shell.ok("backup")
    assert len(backup.backups(shell.home / backup.FOLDER)) == 7


@pytest.mark.parametrize("args", [["restore"], ["restore", "absent"], ["restore", "/"]])
def test_without_a_backup_nothing_is_touched(shell: Shell, args: list[str]) -> None:
    _fix(shell, "A")
    assert "备份" in shell.refused(*args)
    assert _refs(shell) == {"A"}


def test_a_check_of_a_sound_book_tells_versions_and_disk(shell: Shell) -> None:
    _fix(shell, "A")
    told = shell.ok("check").out
    assert "SQLite 3." in told and "磁盘" in told and "完好" in told and "还没有备份" in told
    found = shell.ok("check", "--json").json
    assert found["ok"] is True and found["faults"] == [] and found["sqlite"].startswith("3.")
    assert found["encrypted"] in (True, False, None)
    shell.ok("backup")
    assert "还没有备份" not in shell.ok("check").out


def test_a_check_names_each_fault_and_exits_1(shell: Shell) -> None:
    _fix(shell, "A")
    (shell.home / device_key.FILE).chmod(0o644)
    from sync.workspace.workspace import open_book

    workspace = open_book(shell.home)
    with workspace.store.write():
        workspace.store.db.execute_sql("UPDATE fix SET phenomenon='forged'")
    workspace.close()
    said = shell("check")
    assert said.code == 1 and "发现 " in said.err and said.err.count("\n") == 1
    assert "与校验值不符" in said.out and "chmod 600" in said.out
    found = shell("check", "--json")
    assert found.code == 1 and found.json["ok"] is False and len(found.json["faults"]) >= 2


def test_an_index_that_drifted_is_repaired(shell: Shell) -> None:
    _fix(shell, "空调")
    shell.ok("find", "空调")
    from sync.workspace.workspace import open_book

    workspace = open_book(shell.home)
    with workspace.store.write():
        workspace.store.db.execute_sql("UPDATE doc SET body='其他' WHERE type='fix'")
    workspace.close()
    assert "已修复" in shell.ok("check").out
    assert "已修复" not in shell.ok("check").out
    assert len(shell.ok("find", "空调", "--json").lines) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_check_tells_that_others_could_read_the_book(shell: Shell) -> None:
    shell.home.chmod(0o755)
    told = shell("check")
    assert told.code == 0 and "现在只有您能读取" in told.out
    assert shell.home.stat().st_mode & 0o777 == 0o700
    assert "现在只有您能读取" not in shell("check").out


def test_restore_says_what_is_only_in_the_old_book_and_takes_it_by_its_folder(
    shell: Shell,
) -> None:
    _fix(shell, "A")
    made = shell.ok("backup").out.partition("：")[2].strip()
    _fix(shell, "B")
    out = shell.ok("restore", made).out
    (kept,) = shell.home.glob("before-restore-*")
    assert "1 条改动只在那里" in out and f"sitebook restore {kept}" in out
    assert _refs(shell) == {"A"}
    shell.ok("restore", kept)
    assert _refs(shell) == {"A", "B"}
    _fix(shell, "C")
    assert "完好" in shell.ok("check").out
    again = shell.ok("backup").out.partition("：")[2].strip()
    assert "只在那里" not in shell.ok("restore", again).out
