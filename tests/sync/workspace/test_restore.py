"""Restoring: a backup is the book again, and what was there is kept; a refusal changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.storage import backup
from models.text.words import Refused
from sync.apply.reevaluation.consistency import everything
from sync.organisation import admission
from sync.trust import device_key
from sync.workspace.restore import meant, restore
from sync.workspace.setup import begin
from sync.workspace.workspace import DATABASE, Workspace, open_book
from tests.support.other_formats import DAMAGED, OTHERS, content, renumber_database


def _add(workspace: Workspace, ref: str) -> None:
    project = workspace.store.rows("SELECT id FROM project")[0][0]
    workspace.book.add("fix", {"phenomenon": ref}, project=project, ref=ref)


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


@pytest.mark.parametrize("meaning", OTHERS)
def test_a_book_of_another_format_is_not_replaced(tmp_path: Path, meaning: str) -> None:
    made = begin(tmp_path / "home", name="甲")
    kept = backup.backup(made.store, tmp_path / "out")
    made.close()
    renumber_database(tmp_path / "home" / DATABASE, OTHERS[meaning])
    before = content(tmp_path)
    with pytest.raises(Refused, match=r"测试版|更新的 sitebook"):
        restore(tmp_path / "home", kept)
    assert content(tmp_path) == before


@pytest.mark.parametrize("meaning", OTHERS)
def test_a_backup_of_another_format_is_refused(tmp_path: Path, meaning: str) -> None:
    made = begin(tmp_path / "home", name="甲")
    kept = backup.backup(made.store, tmp_path / "out")
    made.close()
    renumber_database(kept, OTHERS[meaning])
    before = content(tmp_path)
    for home in (tmp_path / "home", tmp_path / "new"):
        with pytest.raises(Refused, match=kept.name):
            restore(home, kept)
    assert content(tmp_path) == before and not (tmp_path / "new").exists()


@pytest.mark.parametrize("number", DAMAGED)
def test_a_book_whose_number_is_damaged_is_replaced_and_kept(tmp_path: Path, number: int) -> None:
    made = begin(tmp_path / "home", name="甲")
    kept = backup.backup(made.store, tmp_path / "out")
    made.close()
    renumber_database(tmp_path / "home" / DATABASE, number)
    damaged = (tmp_path / "home" / DATABASE).read_bytes()
    aside = restore(tmp_path / "home", kept)
    assert aside is not None and (aside / DATABASE).read_bytes() == damaged
    open_book(tmp_path / "home").close()


def test_the_backup_of_another_device_takes_no_place_unasked(
    workspace: Workspace, tmp_path: Path
) -> None:
    _add(workspace, "mine")
    with closing(begin(tmp_path / "other", name="乙")) as other:
        made = backup.backup(other.store, tmp_path / "stick")
    home = workspace.home
    workspace.close()
    with pytest.raises(Refused, match=r"是乙的另一台设备的.*没有改动.*--other"):
        restore(home, made)
    with closing(open_book(home)) as again:
        assert again.book.find("mine") is not None
    restore(home, made, other=True)
    with closing(open_book(home)) as again:
        assert again.book.find("mine") is None


def test_a_device_knows_its_backups_after_it_was_restored(workspace: Workspace) -> None:
    """A restored device has a new id; those it had before are its own all the same."""
    home = workspace.home
    _add(workspace, "A")
    first = backup.backup(workspace.store, home / backup.FOLDER)
    _add(workspace, "B")
    workspace.close()
    restore(home, first)
    with closing(open_book(home)) as again:
        assert again.log.device != workspace.log.device
    assert meant(None, home) == first
    restore(home, first)


def test_a_device_knows_its_backups_after_it_took_a_new_key(
    workspace: Workspace, tmp_path: Path
) -> None:
    home = workspace.home
    _add(workspace, "A")
    first = backup.backup(workspace.store, home / backup.FOLDER)
    workspace.close()
    admission.request(home, tmp_path / "request", "甲", new_key=True)
    assert meant(None, home) == first
    restore(home, first)
    with closing(open_book(home)) as again:
        assert again.book.find("A") is not None
