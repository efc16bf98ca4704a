"""`backup`, `restore`, `check`: what a person does so that nothing is lost."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

import models.records  # noqa: F401  (declares every record type)
from models.schema.record import kinds
from models.storage import backup, blobs, rows
from sync.trust import device_key
from sync.workspace.workspace import open_book
from tests.tui.cli.conftest import Shell


def as_anybody() -> None:
    """Root's right to write everywhere, given up for the process about to be run."""
    if os.getuid() == 0:
        drop, override = 24, 1  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
        assert ctypes.CDLL(None).prctl(drop, override, 0, 0, 0) == 0


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


@pytest.mark.shows(97)
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


@pytest.mark.shows(97)
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


def test_show_says_that_a_value_is_damaged(shell: Shell) -> None:
    _fix(shell, "A")
    assert shell.ok("show", "A", "--json").json["sound"] is True
    assert "损坏" not in shell.ok("show", "A").out
    with closing(sqlite3.connect(shell.home / "book.sqlite3")) as db:
        db.execute("UPDATE fix SET phenomenon='别的'")
        db.commit()
    assert shell.ok("show", "A", "--json").json["sound"] is False
    assert "校验值不符" in shell.ok("show", "A").out


def test_a_decision_without_a_second_person_is_told(shell: Shell) -> None:
    shell.ok("add", "escalation", "phenomenon=x", "--ref", "E")
    with closing(open_book(shell.home)) as opened:
        record = next(iter(rows.of_ref(opened.store, kinds["escalation"], "E")))
        opened.book.imported(record.id, "approved")
    (one,) = shell.ok("show", "E", "--json").json["no_second_person"]
    assert one["move"] == "import" and one["author"] and one["at"]
    assert "没有第二人" in shell.ok("show", "E").out
    assert "没有第二人" in shell.ok("history", "E").out
    assert shell.ok("history", "E", "--json").lines[-1]["move"]["no_second_person"] is True


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="gives up a right of root")


@LINUX
def test_a_home_that_can_only_be_read_is_read(shell: Shell, tmp_path: Path) -> None:
    _fix(shell, "A")
    out = tmp_path / "out"
    out.mkdir()
    every = [shell.home, *shell.home.rglob("*")]
    for path in every:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        for args in (
            ["list"],
            ["show", "A"],
            ["history", "A"],
            ["find", "A"],
            ["status"],
            ["check"],
            ["export", "fix", "-o", out / "a.xlsx"],
            ["backup", "--to", out / "kept"],
        ):
            said = shell.outside(*args, preexec_fn=as_anybody)
            assert (said.code, said.err) == (0, ""), (args, said)
        for args in (["add", "fix", "phenomenon=x"], ["note", "A", "x"], ["sync", out]):
            said = shell.outside(*args, preexec_fn=as_anybody)
            assert said.code == 1 and "只能读取" in said.err and said.err.count("\n") == 1, said
    finally:
        for path in every:
            path.chmod(0o700 if path.is_dir() else 0o600)
    shell.ok("restore", out / "kept")
    assert _refs(shell) == {"A"}


@LINUX
def test_a_book_on_a_full_disk_is_read_and_carried_away(shell: Shell, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no small file system can be mounted here")
    try:
        shell.home = small / "home"
        shell.ok("init", "--name", "x")
        _fix(shell, "A")
        with suppress(OSError), (small / "filler").open("wb", buffering=0) as filler:
            while filler.write(b"x" * 4096):
                pass
        assert "磁盘已满" in shell.refused("add", "fix", "phenomenon=x")
        assert "搜索索引没有检查" in shell.ok("check").out
        shell.ok("backup", "--to", tmp_path / "kept")
        shell.ok("export", "fix", "-o", tmp_path / "a.xlsx")
        for name in ("a.xlsx", "a.csv"):
            said = shell.outside("--home", shell.home, "export", "fix", "-o", small / name)
            assert said.code == 1 and said.err.count("\n") == 1, said
    finally:
        subprocess.run(["umount", small], check=True)
