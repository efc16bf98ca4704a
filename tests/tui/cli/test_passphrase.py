"""Passphrase: from the file that the environment names, else asked; never guessed."""

from __future__ import annotations

import io
import os
import sys
import termios
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.trust import device_key, passphrase_file
from sync.workspace.workspace import Workspace
from tests.bench.terminal import Terminal
from tui.cli import passphrase

WORD = "很长的口令 with blanks"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the passphrase, named by the environment."""
    made = tmp_path / "secret"
    made.write_text(f"{WORD}\r\n", encoding="utf-8")
    monkeypatch.setenv(passphrase_file.VARIABLE, str(made))
    return made


@pytest.fixture
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input that is no terminal."""
    monkeypatch.delenv(passphrase_file.VARIABLE, raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO(WORD))


def test_a_bundles_passphrase_is_the_files_text_without_its_last_newline(file: Path) -> None:
    assert passphrase.of_file() == passphrase.of_file(again=True) == WORD


def test_without_a_file_and_a_terminal_the_way_is_said(no_terminal: None) -> None:
    with pytest.raises(Refused, match=passphrase_file.VARIABLE):
        passphrase.of_file()


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfd"])
def test_a_file_that_cannot_be_read_is_named(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    with pytest.raises(Refused, match=file.name):
        passphrase.of_file()


def test_a_key_without_passphrase_asks_for_none(workspace: Workspace, no_terminal: None) -> None:
    assert passphrase.passphrase(workspace.home) is None
    passphrase.confirm(workspace.home)


def test_a_home_without_key_asks_for_none(tmp_path: Path, no_terminal: None) -> None:
    assert passphrase.passphrase(tmp_path) is None


def test_a_wrapped_key_asks_and_a_wrong_passphrase_is_refused(
    workspace: Workspace, file: Path
) -> None:
    device_key.set_passphrase(workspace.home, None, WORD)
    assert passphrase.passphrase(workspace.home) == WORD
    passphrase.confirm(workspace.home)
    file.write_text("wrong", encoding="utf-8")
    with pytest.raises(Refused):
        passphrase.confirm(workspace.home)


IUTF8 = 0x4000
"""Linux: the terminal deletes whole characters of UTF-8."""
READS = "from tui.cli import passphrase; print(repr(passphrase.of_file(again=True)))"


def at_a_terminal(*lines: bytes) -> tuple[int, str]:
    """The exit code, and what is shown, of somebody who types these lines when asked."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "LANG": "C.UTF-8"}
    env.pop(passphrase_file.VARIABLE, None)
    terminal = Terminal([sys.executable, "-c", READS], (80, 24), env)
    cooked = termios.tcgetattr(terminal._fd)
    cooked[0] &= ~IUTF8
    termios.tcsetattr(terminal._fd, termios.TCSANOW, cooked)
    for number, line in enumerate(lines, 1):
        terminal.wait(lambda seen, number=number: seen.text.count("口令: ") >= number)  # type: ignore[misc]
        terminal.settle()
        os.write(terminal._fd, line)
    while (chunk := terminal.read(10)) is not None and chunk.data:
        pass
    terminal.draw()
    return os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]), terminal.text


def test_half_a_character_is_asked_for_again() -> None:
    code, text = at_a_terminal("密\x7fabc\n".encode(), b"abc\n", b"abc\n")
    assert code == 0 and "'abc'" in text and "UTF-8" in text and "Traceback" not in text


def test_nothing_typed_is_asked_for_again() -> None:
    code, text = at_a_terminal(b"\n", b"abc\n", b"\n", b"abc\n")
    assert code == 0 and "'abc'" in text and text.count("口令不能为空") == 2


def test_a_mark_in_the_file_is_no_part_of_the_passphrase(file: Path) -> None:
    file.write_text(f"{WORD}\n", encoding="utf-8-sig")
    assert passphrase.of_file() == WORD


def test_a_file_of_another_encoding_is_said(file: Path) -> None:
    file.write_bytes(WORD.encode("gbk"))
    with pytest.raises(Refused, match=r"不是 UTF-8 文字"):
        passphrase.of_file()
