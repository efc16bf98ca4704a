"""The settings of a hub: made once, changed where something is named, and a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.hub import certificates, config
from sync.hub.config import FILE, PORT, Config
from sync.transport.http import invite_code
from sync.trust import device_key
from sync.workspace.setup import begin
from tests.support.other_formats import content, renumber_database
from tests.sync.hub.devices import Organisation


def test_a_new_hub_has_key_certificates_database_and_settings(tmp_path: Path) -> None:
    home = tmp_path / "hub"
    made = config.begin(home, None, ["hub.example.com"], None)
    assert made == Config(f"sqlite:///{home}/hub.sqlite3", "hub.example.com", PORT)
    assert config.load(home) == made
    assert made.url == f"https://hub.example.com:{PORT}"
    assert device_key.read(home) is not None and "hub.example.com" in certificates.names(home)
    assert (home / "hub.sqlite3").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_its_owner_reads_the_folder_and_the_settings(tmp_path: Path) -> None:
    config.begin(tmp_path / "hub", None, [], None)
    for path in (tmp_path / "hub", tmp_path / "hub" / FILE):
        assert path.stat().st_mode & 0o077 == 0


def test_again_only_what_is_named_is_changed(tmp_path: Path) -> None:
    first = config.begin(tmp_path, None, ["hub.example.com"], 9000)
    key, authority = device_key.read(tmp_path), certificates.authority(tmp_path)
    assert config.begin(tmp_path, None, [], None) == first
    assert config.begin(tmp_path, None, [], 9001) == first._replace(port=9001)
    assert config.begin(tmp_path, None, ["10.0.0.1"], None) == Config(first.db, "10.0.0.1", 9001)
    assert device_key.read(tmp_path) == key and certificates.authority(tmp_path) == authority
    assert "hub.example.com" not in certificates.names(tmp_path)


def test_a_moved_folder_finds_its_database(tmp_path: Path) -> None:
    """Also one whose settings have the whole path, as earlier versions wrote it."""
    config.begin(tmp_path / "hub", None, [], None)
    settings = json.loads((tmp_path / "hub" / FILE).read_bytes())
    assert settings["db"] == "sqlite:///hub.sqlite3"
    for number, db in enumerate((settings["db"], f"sqlite:///{tmp_path}/hub/hub.sqlite3")):
        moved = tmp_path / f"moved{number}"
        shutil.copytree(tmp_path / "hub", moved)
        (moved / FILE).write_text(json.dumps({**settings, "db": db}), encoding="utf-8")
        shutil.move(tmp_path / "hub", tmp_path / f"gone{number}")
        assert config.load(moved).db == f"sqlite:///{moved}/hub.sqlite3"
        shutil.move(tmp_path / f"gone{number}", tmp_path / "hub")
    other = f"sqlite:///{tmp_path}/other.sqlite3"
    assert config.begin(tmp_path / "hub", other, [], None).db == other
    assert config.load(tmp_path / "hub").db == other


def test_an_address_of_six_bytes_stands_in_brackets() -> None:
    assert Config("", "2001:db8::1", 1).url == "https://[2001:db8::1]:1"


@pytest.mark.parametrize("text", [None, "", "{", "[]", "{}", '{"db":"x","host":"y","port":"z"}'])
def test_a_folder_without_readable_settings_holds_no_hub(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="还没有同步服务器"):
        config.load(tmp_path)


def test_a_folder_with_a_book_keeps_it(tmp_path: Path) -> None:
    begin(tmp_path, name="甲").close()
    before = content(tmp_path)
    with pytest.raises(Refused, match="一个人的现场簿"):
        config.begin(tmp_path, None, [], None)
    assert content(tmp_path) == before


@pytest.mark.parametrize(
    ("db", "hosts"), [("mysql://x/y", []), (None, ["not a host name"]), (None, ["a", "x y"])]
)
def test_what_cannot_be_used_leaves_no_folder(
    tmp_path: Path, db: str | None, hosts: list[str]
) -> None:
    with pytest.raises(Refused):
        config.begin(tmp_path / "hub", db, hosts, None)
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_format_leaves_no_folder(tmp_path: Path) -> None:
    config.begin(tmp_path / "first", None, [], None)
    database = tmp_path / "first" / "hub.sqlite3"
    renumber_database(database, 99)
    before = content(tmp_path)
    with pytest.raises(Refused, match="更新的 sitebook"):
        config.begin(tmp_path / "second", f"sqlite:///{database}", [], None)
    with pytest.raises(Refused, match="更新的 sitebook"):
        config.opened(tmp_path / "first")
    assert content(tmp_path) == before


def test_the_first_code_is_for_a_hub_without_an_organisation(tmp_path: Path) -> None:
    made = config.begin(tmp_path, None, [], None)
    with closing(config.opened(tmp_path)) as house:
        code = config.founding(house, made)
        assert code is not None
        read = invite_code.read(code)
        assert (read.host, read.port, read.founding) == (made.host, made.port, True)
        log = Organisation(house.key).log
        house.base.write(lambda: house.membership.grow(lambda none: none.extend(log.entries)))
        assert config.founding(house, made) is None
        later = invite_code.read(config.code(house, made, bytes(invite_code.SECRET)))
        assert later.bond != read.bond and not later.founding


def test_another_database_may_be_named_for_once(tmp_path: Path) -> None:
    config.begin(tmp_path, None, [], None)
    other = f"sqlite:///{tmp_path}/other.sqlite3"
    with closing(config.opened(tmp_path, other)) as house:
        assert house.epoch
    assert (tmp_path / "other.sqlite3").exists()
    assert json.loads((tmp_path / FILE).read_bytes())["db"].endswith("hub.sqlite3")
