"""Passphrase: from the file that the environment names, else asked; never guessed."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.trust import device_key, passphrase_file
from sync.workspace.workspace import Workspace
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
