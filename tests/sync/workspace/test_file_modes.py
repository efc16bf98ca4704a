"""File modes: nobody else on the computer reads a book, whatever the umask and its history."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.storage import backup, blobs, settings
from models.storage.drafts import Drafts, FormDraft
from sync.hub import config
from sync.workspace import file_modes
from sync.workspace.restore import restore
from sync.workspace.setup import begin
from sync.workspace.workspace import open_book

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")


@pytest.fixture(params=[0o000, 0o022])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """A umask that lets others read, or even write."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def open_to_others(home: Path) -> list[str]:
    """What others may read or write, the folder itself included."""
    every = [home, *home.rglob("*")]
    return [path.name for path in every if path.lstat().st_mode & file_modes.OTHERS]


def filled(home: Path) -> None:
    """A book with something of everything that it writes."""
    with closing(begin(home, name="Ann", lang="en")) as book:
        blobs.keep_bytes(home, b"picture", "a.png")
        Drafts(home).keep(FormDraft(key="one", type="fix"))
        book.change(settings.Settings(lang="zh"))
        made = backup.backup(book.store, home / backup.FOLDER)
        beside = backup.backup(book.store, home.with_name("stick"))
        assert list(home.glob("*-wal"))
        assert open_to_others(home) == []
    assert open_to_others(beside.parent) == []
    restore(home, made)
    with closing(open_book(home)):
        assert open_to_others(home) == []


def test_everything_that_a_book_writes_is_its_owners(tmp_path: Path, umask: None) -> None:
    filled(tmp_path / "home")


def test_everything_that_a_hub_writes_is_its_owners(tmp_path: Path, umask: None) -> None:
    home = tmp_path / "hub"
    config.begin(home, None, ["localhost"], None)
    with closing(config.opened(home)):
        assert open_to_others(home) == []


def test_what_an_older_version_left_open_is_closed(tmp_path: Path) -> None:
    home, friend = tmp_path / "home", tmp_path / "home" / "letter.txt"
    filled(home)
    friend.touch()
    for path in home.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    home.chmod(0o755)
    assert file_modes.exposed(home)
    open_book(home).close()
    assert open_to_others(home) == ["letter.txt"] and not file_modes.exposed(home)


def test_a_link_is_left_alone(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    other.touch(0o644)
    begin(home, name="Ann").close()
    (home / "book.link").symlink_to(other)
    home.chmod(0o755)
    open_book(home).close()
    assert other.stat().st_mode & 0o777 == 0o644
