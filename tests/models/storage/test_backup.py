"""Backups: whole, checked, seven kept; a damaged one is refused before anything changes."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.storage import backup, blobs
from models.text.words import Refused
from sync.apply.reevaluation.consistency import everything
from sync.trust import device_key
from sync.workspace.restore import restore
from sync.workspace.setup import begin
from sync.workspace.workspace import DATABASE, Workspace, open_book


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


def test_restoring_takes_the_book_back_and_the_device_becomes_another(
    workspace: Workspace, tmp_path: Path
) -> None:
    home = workspace.home
    _add(workspace, "before")
    made = backup.backup(workspace.store, home / backup.FOLDER)
    _add(workspace, "after")
    device = workspace.log.device
    workspace.close()
    kept = restore(home, made)
    again = open_book(home)
    assert again.book.find("before") is not None and again.book.find("after") is None
    assert again.log.device != device and again.book.me == workspace.book.me
    _add(again, "later")
    assert list(everything(again)) == []
    again.close()
    assert kept is not None
    old = sqlite3.connect(kept / DATABASE)
    assert old.execute("SELECT count(*) FROM fix WHERE ref='after'").fetchone() == (1,)
    old.close()


def test_restoring_the_newest_state_keeps_the_device(workspace: Workspace) -> None:
    _add(workspace, "R")
    made = backup.backup(workspace.store, workspace.home / backup.FOLDER)
    device = workspace.log.device
    workspace.close()
    restore(workspace.home, made)
    again = open_book(workspace.home)
    assert again.log.device == device
    again.close()


def test_a_lost_or_damaged_book_comes_back_as_another_device(workspace: Workspace) -> None:
    _add(workspace, "R")
    made = backup.backup(workspace.store, workspace.home / backup.FOLDER)
    device = workspace.log.device
    workspace.close()
    (workspace.home / DATABASE).write_bytes(b"\x00garbage" * 500)
    kept = restore(workspace.home, made)
    assert kept is not None and (kept / DATABASE).read_bytes().startswith(b"\x00garbage")
    again = open_book(workspace.home)
    assert again.book.find("R") is not None and again.log.device != device
    _add(again, "later")
    again.close()


def test_an_open_book_is_not_replaced(workspace: Workspace) -> None:
    _add(workspace, "R")
    made = backup.backup(workspace.store, workspace.home / backup.FOLDER)
    with pytest.raises(Refused, match="正打开着"):
        restore(workspace.home, made)
    _add(workspace, "still works")


@pytest.mark.parametrize("harm", ["missing", "empty", "text", "flipped", "other database"])
def test_a_useless_backup_is_refused_and_nothing_changes(
    workspace: Workspace, tmp_path: Path, harm: str
) -> None:
    _add(workspace, "needle in the haystack")
    made = backup.backup(workspace.store, tmp_path / "out")
    workspace.close()
    whole = made.read_bytes()
    spoilt = {
        "empty": b"",
        "text": b"no database at all" * 100,
        "flipped": whole.replace(b"needle in", b"noodle in"),
    }
    made.unlink()
    if harm == "other database":
        db = sqlite3.connect(made)
        db.execute("CREATE TABLE x(y)")
        db.close()
    elif harm != "missing":
        made.write_bytes(spoilt[harm])
    before = (workspace.home / DATABASE).read_bytes()
    with pytest.raises(Refused, match="没有改动"):
        restore(workspace.home, made)
    assert (workspace.home / DATABASE).read_bytes() == before
    assert device_key.read(workspace.home) is not None


def test_a_backup_of_another_home_can_begin_a_new_one(workspace: Workspace, tmp_path: Path) -> None:
    _add(workspace, "R")
    made = backup.backup(workspace.store, tmp_path / "usb")
    restore(tmp_path / "new", made)
    new = open_book(tmp_path / "new")
    assert new.book.find("R") is not None
    new.close()


def test_the_newest_of_a_folder_is_chosen(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有备份"):
        backup.chosen(None, tmp_path)
    home = begin(tmp_path / "home", name="x")
    first = backup.backup(home.store, home.home / backup.FOLDER)
    second = backup.backup(home.store, home.home / backup.FOLDER)
    home.close()
    assert backup.chosen(None, home.home) == second == backup.chosen(second.parent, tmp_path)
    assert backup.chosen(first, home.home) == first
