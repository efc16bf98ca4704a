"""Backups: whole, checked, seven kept; a damaged one is refused before anything changes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

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
    """Whatever the clock says, the file just written stays, and nobody else's is removed."""
    out = tmp_path / "out"
    out.mkdir()
    others = [f"sitebook-0badcafe-{n:04d}-20260101-000000.sqlite3" for n in range(1, 9)]
    others += ["sitebook-20200101-000000.sqlite3", "holiday.jpg"]
    for name in others:
        (out / name).write_bytes(b"not ours")
    with time_machine.travel(datetime(2028, 11, 30, tzinfo=UTC)):
        early = [backup.backup(workspace.store, out) for _ in range(8)]
    made = backup.backup(workspace.store, out)
    assert {path.name for path in out.iterdir()} == {
        *others, *(path.name for path in early[2:]), made.name
    }  # fmt: skip
    own = [path for path in backup.backups(out) if path.name not in others]
    assert own == [made, *reversed(early[2:])]


def test_two_in_one_second_are_two(workspace: Workspace, tmp_path: Path) -> None:
    made = {backup.backup(workspace.store, tmp_path / "out") for _ in range(4)}
    assert len(made) == 4 and set(backup.backups(tmp_path / "out")) == made


def test_a_name_has_the_wall_clock_of_the_zone(workspace: Workspace, tmp_path: Path) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 18, 30, tzinfo=UTC), tick=False):
        made = backup.backup(workspace.store, tmp_path / "out")
    assert backup.said(made) == (
        backup.device_tag(workspace.log.device), 1, "20261121-023000", 1
    )  # fmt: skip


def test_age_and_due(workspace: Workspace, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    assert backup.age(tmp_path / "out", now) is None and backup.due(tmp_path / "out", now)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sitebook-20261120-083000.sqlite3").touch()
    then = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    assert backup.age(tmp_path / "out", then) == timedelta(days=2)
    assert backup.due(tmp_path / "out", then)
    assert not backup.due(tmp_path / "out", then - timedelta(days=2, hours=-1))
    assert backup.due(tmp_path / "out", then - timedelta(days=1, hours=16))  # 00:30 of the 21st


def test_a_backup_of_days_to_come_is_neither_fresh_nor_due_for_ever(
    workspace: Workspace, tmp_path: Path
) -> None:
    out, now = tmp_path / "out", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    with time_machine.travel(datetime(2028, 11, 20, 8, 30, tzinfo=UTC)):
        backup.backup(workspace.store, out)
    assert backup.due(out, now) and (backup.age(out, now) or timedelta()).days > 700
    with time_machine.travel(now):
        backup.backup(workspace.store, out)
    assert not backup.due(out, now) and (backup.age(out, now) or timedelta()).days == 0


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


def test_of_a_folder_that_several_share_the_own_one_is_chosen(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    made, ids = {}, {}
    for name in ("甲", "乙"):
        with closing(begin(tmp_path / name, name=name)) as book:
            ids[name] = book.log.device
            made[name] = [backup.backup(book.store, stick) for _ in range(2)][-1]
    for name, path in made.items():
        assert backup.chosen(stick, tmp_path, {ids[name], "another"}) == path
        assert backup.owner(path) == (ids[name], name)
    for own in ((), {"another"}):
        with pytest.raises(Refused, match="几台设备") as refused:
            backup.chosen(stick, tmp_path, own)
        assert all(f"{path.name}（{name}）" in str(refused.value) for name, path in made.items())


def test_a_backup_of_an_older_version_is_told_by_what_it_holds(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    for number, name in enumerate(("甲", "乙")):
        with closing(begin(tmp_path / name, name=name)) as book:
            made, device = backup.backup(book.store, stick), book.log.device
            made.rename(stick / f"sitebook-2026112{9 - number}-083000.sqlite3")
    assert backup.chosen(stick, tmp_path, {device}).name == "sitebook-20261128-083000.sqlite3"
