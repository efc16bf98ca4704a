"""Backups: whole, checked, seven kept; a damaged one is refused before anything changes."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.storage import backup, blobs
from models.text.words import Refused
from sync.workspace.restore import restore
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace


def _add(workspace: Workspace, ref: str) -> None:
    project = workspace.store.rows("SELECT id FROM project")[0][0]
    workspace.book.add("fix", {"phenomenon": ref}, project=project, ref=ref)


def test_a_backup_holds_everything_and_leaves_nothing_beside_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    _add(workspace, "R")
    made = backup.backup(workspace.store, tmp_path / "out")
    backup.usable(made)
    db = sqlite3.connect(made)
    assert db.execute("SELECT ref FROM fix").fetchall() == [("R",)]
    db.close()
    assert [path.name for path in (tmp_path / "out").iterdir()] == [made.name]
    assert backup.backups(tmp_path / "out") == [made]


def test_seven_are_kept_and_nothing_else_is_touched(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for number in range(9):
        (out / f"sitebook-20200101-00000{number}.sqlite3").write_bytes(b"old")
    (out / "holiday.jpg").write_bytes(b"mine")
    made = backup.backup(workspace.store, out)
    names = [path.name for path in backup.backups(out)]
    assert len(names) == backup.KEPT and names[0] == made.name
    assert names[-1] == "sitebook-20200101-000003.sqlite3" and (out / "holiday.jpg").exists()


def test_two_in_one_second_are_two(workspace: Workspace, tmp_path: Path) -> None:
    made = {backup.backup(workspace.store, tmp_path / "out") for _ in range(4)}
    assert len(made) == 4 and set(backup.backups(tmp_path / "out")) == made


def test_age_and_due(workspace: Workspace, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    assert backup.age(tmp_path / "out", now) is None and backup.due(tmp_path / "out", now)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sitebook-20261120-083000.sqlite3").touch()
    then = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    assert backup.age(tmp_path / "out", then) == timedelta(days=2)
    assert backup.due(tmp_path / "out", then)
    assert not backup.due(tmp_path / "out", then - timedelta(days=2, hours=-1))


def test_a_folder_that_takes_no_file_is_named(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(Refused, match="不能写入备份"):
        backup.backup(workspace.store, tmp_path / "out")


def _attach(workspace: Workspace, folder: Path) -> str:
    source = folder / "photo.jpg"
    source.write_bytes(b"picture")
    return blobs.keep(workspace.home, source).sha256


def test_attached_files_go_into_another_folder_and_come_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    sha256 = _attach(workspace, tmp_path)
    inside = backup.backup(workspace.store, workspace.home / backup.FOLDER)
    assert not (inside.parent / blobs.FOLDER).exists()
    made = backup.backup(workspace.store, tmp_path / "usb")
    assert blobs.whole(tmp_path / "usb", sha256)
    restore(tmp_path / "new", made)
    assert blobs.whole(tmp_path / "new", sha256)


def test_the_newest_of_a_folder_is_chosen(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有备份"):
        backup.chosen(None, tmp_path)
    home = begin(tmp_path / "home", name="x")
    first = backup.backup(home.store, home.home / backup.FOLDER)
    second = backup.backup(home.store, home.home / backup.FOLDER)
    home.close()
    assert backup.chosen(None, home.home) == second == backup.chosen(second.parent, tmp_path)
    assert backup.chosen(first, home.home) == first
