"""Setting a book up: whole or not at all, and never over another one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.schema.roles import ROLES
from models.storage import settings
from models.text.words import Lang, Refused
from sync.log import membership_store
from sync.organisation import administration
from sync.trust import device_key
from sync.trust.membership import Membership
from sync.workspace.setup import COMPANY, FIRST_PROJECT, FRESH, abandon, begin, build, enter, settle
from sync.workspace.workspace import DATABASE, Workspace, exists, open_book
from tests.support.other_formats import content, renumber_database


@pytest.fixture
def admitted(workspace: Workspace, tmp_path: Path) -> tuple[Path, Membership]:
    """A folder with nothing but a key, and the membership log that has admitted it."""
    home = tmp_path / "second"
    home.mkdir()
    key = device_key.make(home)
    person = administration.add_person(workspace, "乙", "")
    grown = administration.change(
        workspace, lambda log, signer: log.admit(person, key.id, key.public, "laptop", signer)
    )
    return home, grown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_founder_has_every_role_and_a_project(tmp_path: Path, lang: Lang) -> None:
    made = begin(tmp_path / "home", name="Ann", lang=lang)
    assert made.people.roles(made.book.me, None) == set(ROLES)
    assert [row[0] for row in made.store.rows("SELECT name FROM project")] == [FIRST_PROJECT[lang]]
    assert membership_store.load(made.store.db).name == COMPANY[lang]
    assert made.people.name(made.book.me) == "Ann" and made.settings.lang == lang
    made.close()


def test_nothing_is_left_of_what_was_made_aside(tmp_path: Path) -> None:
    begin(tmp_path / "home", name="甲").close()
    names = {path.name for path in (tmp_path / "home").iterdir()}
    assert DATABASE in names
    assert not any(name.startswith("first") or name.startswith("begin") for name in names)


def test_a_key_that_is_there_already_is_used(tmp_path: Path) -> None:
    key = device_key.make(tmp_path)
    made = begin(tmp_path, name="甲")
    assert made.log.device == key.id
    made.close()


def test_an_interrupted_beginning_is_swept(tmp_path: Path) -> None:
    (tmp_path / FRESH).write_bytes(b"half of a book")
    (tmp_path / "first.lock").touch()
    begin(tmp_path, name="甲").close()
    assert exists(tmp_path) and not (tmp_path / FRESH).exists()


@pytest.mark.parametrize("number", [None, 0, 99])
def test_a_folder_with_a_book_keeps_it(tmp_path: Path, number: int | None) -> None:
    begin(tmp_path, name="甲").close()
    if number is not None:
        renumber_database(tmp_path / DATABASE, number)
    before = content(tmp_path)
    with pytest.raises(Refused, match={None: "已有现场簿", 0: "测试版", 99: "更新的"}[number]):
        begin(tmp_path, name="乙")
    assert content(tmp_path) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Refused, match="只读"):
            begin(tmp_path / "home", name="甲")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="不能写入"):
        begin(tmp_path / "home", name="甲")
    assert (tmp_path / "home").read_text(encoding="utf-8") == "mine"


def test_who_was_admitted_enters_with_an_empty_book(
    workspace: Workspace, admitted: tuple[Path, Membership]
) -> None:
    home, membership = admitted
    made = enter(home, membership, "en")
    assert membership_store.load(made.store.db).root == membership.root
    assert made.people.name(made.book.me) == "乙" and made.settings.lang == "en"
    assert made.store.rows("SELECT count(*) FROM project") == [(0,)]
    made.close()
    with pytest.raises(Refused, match="已有现场簿"):
        enter(home, membership, "zh")


def test_a_folder_without_a_key_cannot_enter(
    admitted: tuple[Path, Membership], tmp_path: Path
) -> None:
    (tmp_path / "third").mkdir()
    with pytest.raises(Refused):
        enter(tmp_path / "third", admitted[1], "zh")
    assert content(tmp_path / "third") == {}


def test_what_was_built_is_no_book_before_it_is_settled(
    admitted: tuple[Path, Membership],
) -> None:
    home, membership = admitted
    with build(home, membership, "zh"):
        assert not exists(home)
    assert not exists(home)
    settle(home)
    assert exists(home) and not (home / FRESH).exists()
    open_book(home).close()


def test_what_was_built_can_be_abandoned(admitted: tuple[Path, Membership]) -> None:
    home, membership = admitted
    with build(home, membership, "zh"):
        pass
    abandon(home)
    assert not exists(home) and not (home / FRESH).exists()


def test_a_build_that_fails_leaves_nothing(admitted: tuple[Path, Membership]) -> None:
    home, membership = admitted
    with pytest.raises(ValueError, match="half way"), build(home, membership, "zh"):
        raise ValueError("half way")
    assert not exists(home)
    assert not [path for path in home.iterdir() if path.name.startswith("first")]


def test_the_language_is_kept_in_the_settings(admitted: tuple[Path, Membership]) -> None:
    home, membership = admitted
    enter(home, membership, "en").close()
    assert settings.load(home)[0].lang == "en"
