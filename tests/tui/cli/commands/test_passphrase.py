"""`passphrase`: set, changed, removed; asked where it counts; a kill leaves the old or the new."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.hub import config
from sync.trust import device_key, passphrase_file
from tests.tui.cli.conftest import ROOT, Shell

LOOP = """
import sys
from pathlib import Path
from sync.trust import device_key, passphrase
passphrase.ARGON2["memory"] = 64
home, words = Path(sys.argv[1]), [None, "one", "two", None]
print("ready", flush=True)
while True:
    for old, new in zip(words, words[1:]):
        device_key.set_passphrase(home, old, new)
        print(new, flush=True)
"""


@pytest.fixture
def words(tmp_path: Path) -> dict[str, Path]:
    """Files with passphrases."""
    made = {name: tmp_path / f"{name}.txt" for name in ("one", "two")}
    for name, path in made.items():
        path.write_text(f"{name}\n", encoding="utf-8")
    return made


def known(shell: Shell, file: Path) -> None:
    """From now on the environment names this file."""
    shell.patch.setenv(passphrase_file.VARIABLE, str(file))


def opens(home: Path, word: str | None) -> bool:
    """Whether this passphrase opens the key."""
    try:
        device_key.load(home, word)
    except Refused:
        return False
    return True


def test_set_changed_and_removed(shell: Shell, words: dict[str, Path]) -> None:
    shell.ok("passphrase", "set", "--new", words["one"])
    assert opens(shell.home, "one") and not opens(shell.home, None)
    assert "已有口令" in shell.refused("passphrase", "set", "--new", words["two"])
    known(shell, words["two"])
    assert "口令不对" in shell.refused("passphrase", "change", "--new", words["two"])
    assert "口令不对" in shell.refused("passphrase", "remove")
    known(shell, words["one"])
    assert "--new" in shell.refused("passphrase", "change")
    shell.ok("passphrase", "change", "--new", words["two"])
    assert opens(shell.home, "two") and not opens(shell.home, "one")
    known(shell, words["two"])
    shell.ok("passphrase", "remove")
    assert opens(shell.home, None)
    for way in ("change", "remove"):
        assert "没有口令" in shell.refused("passphrase", way)


def test_the_variable_gives_the_first_one(shell: Shell, words: dict[str, Path]) -> None:
    known(shell, words["one"])
    shell.ok("passphrase", "set")
    assert opens(shell.home, "one")


def test_without_a_file_and_a_terminal_nothing_is_set(shell: Shell) -> None:
    assert passphrase_file.VARIABLE in shell.refused("passphrase", "set")
    assert opens(shell.home, None)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_an_empty_or_unreadable_one_is_refused(
    shell: Shell, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "bad").write_bytes(content)
    shell.refused("passphrase", "set", "--new", tmp_path / "bad")
    assert opens(shell.home, None)


def test_an_approval_asks_for_it(shell: Shell, words: dict[str, Path]) -> None:
    shell.ok("add", "fix", "phenomenon=x", "--ref", "F")
    shell.ok("add", "weekly", "week=2026-W47", "person=测试员", "--ref", "W")
    shell.ok("passphrase", "set", "--new", words["one"])
    known(shell, words["two"])
    told = shell.refused("move", "W", "accept")
    assert "口令不对" in told


def test_a_hub_asks_for_the_passphrase_of_its_key(bare: Shell, words: dict[str, Path]) -> None:
    bare.ok("hub", "init")
    bare.ok("passphrase", "set", "--new", words["one"])
    assert passphrase_file.VARIABLE in bare.refused("hub", "invite", "--name", "Ann")
    with pytest.raises(Refused):
        config.opened(bare.home)
    with closing(config.opened(bare.home, passphrase="one")) as hub:
        assert hub.key.id
    known(bare, words["one"])
    assert "还没有组织" in bare.refused("hub", "invite", "--name", "Ann")


@pytest.mark.skipif(os.name == "nt", reason="a kill that nothing can catch")
def test_killed_at_any_moment_the_old_or_the_new_one_opens_it(tmp_path: Path) -> None:
    home, rng = tmp_path / "home", random.Random(10)
    made = device_key.make(home)
    for _ in range(12):
        running = subprocess.Popen(
            [sys.executable, "-c", LOOP, str(home)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        assert running.stdout is not None and running.stdout.readline() == b"ready\n"
        for _line in range(rng.randrange(12)):
            running.stdout.readline()
        running.kill()
        running.wait()
        running.stdout.close()
        who = device_key.read(home)
        assert who is not None
        words = [word for word in ("one", "two") if opens(home, word)] if who.wrapped else [None]
        assert len(words) == 1
        assert device_key.load(home, words[0]) == made
        assert [path.name for path in home.glob("device.key*")] == [device_key.FILE]
        device_key.set_passphrase(home, words[0], None)
