"""The book as commands meet it: one of another format is refused by each, and left as it is."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from models.storage import backup
from models.storage.format import FORMAT
from sync.transport.http.invite_code import BOND, SECRET, Code, spelt
from sync.workspace.setup import begin
from sync.workspace.workspace import DATABASE
from tests.support.other_formats import (
    DAMAGED,
    OTHERS,
    content,
    renumber_bundle,
    renumber_database,
    renumber_folder,
)
from tests.tui.cli.conftest import Shell, command
from tui.cli.root import root

CODE = spelt(Code("127.0.0.1", 9, bytes(SECRET), bytes(BOND)))
OPENING: dict[str, list[str]] = {
    "init": ["--name", "x"],
    "demo": ["--build-only"],
    "add": ["fix", "phenomenon=x"],
    "set": ["R", "cause=c"],
    "move": ["R", "fix", "correction=c"],
    "void": ["R", "--reason", "r"],
    "unvoid": ["R"],
    "note": ["R", "text"],
    "attach": ["R", "{file}"],
    "list": [],
    "show": ["R"],
    "history": ["R"],
    "find": ["x"],
    "conflicts": [],
    "resolve": ["R", "cause", "--value", "x"],
    "quarantine": [],
    "adopt": ["R"],
    "copy": ["R"],
    "revise": ["R"],
    "today": [],
    "figures": [],
    "quality": [],
    "evidence": ["-o", "{folder}/new.zip"],
    "archive": ["-o", "{folder}/new.zip"],
    "status": [],
    "digest": [],
    "sync": ["{folder}"],
    "bundle write": ["{folder}/new.sitebook"],
    "bundle read": ["{file}"],
    "join request": ["{folder}/me.request", "--name", "x"],
    "join reply": ["{file}"],
    f"join {CODE}": ["--name", "x"],
    "member list": [],
    "member role": ["x", "engineer"],
    "member add": ["x"],
    "member admit": ["{file}", "-o", "{folder}/me.reply"],
    "member revoke": ["x"],
    "member rules": [],
    "member administrator": ["x"],
    "member two": [],
    "member history": [],
    "member requests": [],
    "member confirm": ["1"],
    "member drop": ["1"],
    "member recovery": [],
    "member recover": [],
    "member log": ["{folder}/members.json"],
    "import": ["{file}", "--as", "fix"],
    "export": ["fix", "-o", "{folder}/fixes.csv"],
    "paper names": ["R"],
    "paper check": ["R"],
    "backup": [],
    "restore": ["{backup}"],
    "check": [],
    "calendar": [],
    "config set": ["lang", "en"],
}
"""Arguments for each command that opens the book."""
APART = {
    "types": "record types are the program's",
    "rights": "rights are the program's",
    "paper list": "documents are the program's",
    "paper templates": "they are the program's",
    "completion": "the script is the program's",
    "config path": "names the file of settings",
    "config show": "the settings lie beside the book",
    "hub init": "a hub has a folder of its own",
    "hub invite": "a hub has a folder of its own",
    "hub rekey": "a hub has a folder of its own",
    "hub serve": "a hub has a folder of its own",
    "hub figures": "a hub has a folder of its own",
    "hub log": "a hub has a folder of its own",
    "hub copy": "a hub has a folder of its own",
    "passphrase set": "the key lies beside the book",
    "passphrase change": "the key lies beside the book",
    "passphrase remove": "the key lies beside the book",
}
"""Commands that open no book, and why."""


def leaves() -> set[str]:
    """Every command that can be typed, as it is typed."""
    found = set[str]()
    top = click.Context(root())
    for name in root().list_commands(top):
        made = root().get_command(top, name)
        subs = made.list_commands(click.Context(made)) if isinstance(made, click.Group) else []
        found |= {f"{name} {sub}" for sub in subs} or {name}
    return found


def test_every_command_is_tried_or_opens_no_book() -> None:
    assert leaves() == {name for name in OPENING if CODE not in name} | APART.keys()


@pytest.fixture
def things(tmp_path: Path) -> dict[str, str]:
    """Paths that arguments name: a file, a folder, a backup that could be restored."""
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "file.csv").write_text("phenomenon\nx\n", encoding="utf-8")
    made = begin(tmp_path / "sound", name="测试员")
    kept = backup.backup(made.store, tmp_path / "backups")
    made.close()
    return {"file": str(folder / "file.csv"), "folder": str(folder), "backup": str(kept)}


@pytest.mark.parametrize("meaning", ["none", "newer"])
@pytest.mark.parametrize("name", OPENING)
def test_a_book_of_another_format_is_refused_by_every_command(
    shell: Shell, things: dict[str, str], name: str, meaning: str
) -> None:
    database = shell.home / DATABASE
    renumber_database(database, OTHERS[meaning])
    before, around = content(shell.home), content(Path(things["folder"]))
    said = shell(*name.split(), *(one.format(**things) for one in OPENING[name]))
    assert said.code == 1 and said.out == "", said
    assert said.err.count("\n") == 1 and str(database) in said.err, said
    assert ("更新的 sitebook" if meaning == "newer" else "测试版") in said.err, said
    assert content(shell.home) == before and content(Path(things["folder"])) == around


@pytest.mark.parametrize(
    "name", ["types", "completion", "config path", "config show", "paper list"]
)
def test_what_opens_no_book_answers_beside_one_of_another_format(shell: Shell, name: str) -> None:
    renumber_database(shell.home / DATABASE, FORMAT + 1)
    before = content(shell.home)
    shell.ok(*name.split(), *(["fish"] if name == "completion" else []))
    assert content(shell.home) == before


@pytest.mark.parametrize(
    "name",
    [
        "hub init",
        "hub invite",
        "hub serve",
        "hub figures",
        "hub log",
        "hub copy --to sqlite:///new.sqlite3",
    ],
)
def test_commands_of_a_hub_leave_a_book_of_another_format(shell: Shell, name: str) -> None:
    renumber_database(shell.home / DATABASE, 0)
    before = content(shell.home)
    shell.refused(*name.split())
    assert content(shell.home) == before


@pytest.mark.parametrize("number", [*OTHERS.values(), *DAMAGED])
def test_the_refusal_is_said_in_both_languages(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    renumber_database(shell.home / DATABASE, number)
    zh = shell.refused("list")
    shutil.rmtree(shell.home / "settings.toml", ignore_errors=True)
    (shell.home / "settings.toml").write_text('lang = "en"\n', encoding="utf-8")
    en = shell.refused("list")
    assert zh != en and str(shell.home) in zh and str(shell.home) in en and en.isascii()


@pytest.mark.parametrize("number", DAMAGED)
def test_a_number_that_no_version_writes_is_damage_and_a_backup_helps(
    shell: Shell, number: int
) -> None:
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    shell.ok("backup")
    renumber_database(shell.home / DATABASE, number)
    before = content(shell.home)
    for name in (["check"], ["list"]):
        assert "restore" in shell.refused(*name)
    assert content(shell.home) == before
    shell.ok("restore")
    assert shell.ok("show", "R", "--json").json["phenomenon"] == "x"


@pytest.mark.parametrize("meaning", OTHERS)
def test_a_backup_of_another_format_is_refused(
    shell: Shell, things: dict[str, str], meaning: str
) -> None:
    renumber_database(Path(things["backup"]), OTHERS[meaning])
    before, kept = content(shell.home), content(Path(things["backup"]).parent)
    assert things["backup"] in shell.refused("restore", things["backup"])
    assert content(shell.home) == before and content(Path(things["backup"]).parent) == kept


@pytest.mark.parametrize("meaning", OTHERS)
def test_a_bundle_of_another_format_is_neither_read_nor_replaced(
    shell: Shell, tmp_path: Path, meaning: str
) -> None:
    path = tmp_path / "week.sitebook"
    shell.ok("bundle", "write", path)
    renumber_bundle(path, OTHERS[meaning])
    before = path.read_bytes()
    for name in ("read", "write"):
        assert path.name in shell.refused("bundle", name, path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one != shell.home] == [path.name]


@pytest.mark.parametrize("meaning", OTHERS)
def test_a_shared_folder_of_another_format_is_refused(
    shell: Shell, tmp_path: Path, meaning: str
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    shell.ok("sync", share)
    renumber_folder(share, OTHERS[meaning])
    before = content(share)
    assert str(share) in shell.refused("sync", share)
    assert content(share) == before


@pytest.mark.parametrize("name", [["init"], ["invite", "--name", "x"], ["serve"]])
@pytest.mark.parametrize("meaning", OTHERS)
def test_a_hub_of_another_format_is_refused_by_every_command(
    bare: Shell, name: list[str], meaning: str
) -> None:
    bare.ok("hub", "init")
    renumber_database(bare.home / "hub.sqlite3", OTHERS[meaning])
    before = content(bare.home)
    assert "hub.sqlite3" in bare.refused("hub", *name)
    assert content(bare.home) == before


@pytest.mark.parametrize("meaning", OTHERS)
def test_the_app_says_it_gives_the_screen_back_and_ends(shell: Shell, meaning: str) -> None:
    database = shell.home / DATABASE
    renumber_database(database, OTHERS[meaning])
    before = content(shell.home)
    code, shown = in_terminal(shell)
    assert code == 1 and str(database) in shown and "Traceback" not in shown, shown
    assert shown.rindex("\x1b[?1049l") < shown.index(str(database))
    assert content(shell.home) == before


def in_terminal(shell: Shell) -> tuple[int, str]:
    """The app in a terminal until it ends: its exit code and all that it wrote."""
    master, slave = pty.openpty()
    env = {**shell.env, "TERM": "xterm-256color", "COLUMNS": "400"}
    with subprocess.Popen(command(), stdin=slave, stdout=slave, stderr=slave, env=env) as process:
        os.close(slave)
        shown = b""
        while piece := _read(master):
            shown += piece
        code = process.wait(60)
    os.close(master)
    return code, shown.decode()


def _read(master: int) -> bytes:
    """What comes next; nothing when the other end is closed."""
    try:
        return os.read(master, 65536)
    except OSError:
        return b""
