"""A name that no file can have: a sentence from every command that takes a path, and no fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Shell

LONG = "长" * 100
"""300 bytes: file systems take 255."""
COMMANDS: tuple[tuple[str, ...], ...] = (
    *(("export", "fix", "-o", "{}.csv"), ("export", "fix", "{id}", "-o", "{}.docx")),
    *(("bundle", "write", "{}"), ("bundle", "read", "{}"), ("sync", "{}"), ("calendar", "{}")),
    *(("evidence", "-o", "{}.zip"), ("archive", "-o", "{}.zip"), ("quality", "-o", "{}.xlsx")),
    *(("rights", "-o", "{}.docx"), ("figures", "-o", "{}.xlsx"), ("paper", "templates", "{}")),
    *(("backup", "--to", "{}"), ("restore", "{}"), ("attach", "{id}", "{}")),
    *(("import", "{}.csv", "--as", "fix"), ("import", "{list}", "--recipe", "{}")),
    *(("import", "{list}", "--as", "fix", "--refused", "{}.csv"), ("add", "--jsonl", "{}")),
    *(("join", "reply", "{}"), ("join", "request", "{}", "--name", "x"), ("set", "--jsonl", "{}")),
    *(("member", "admit", "{}", "-o", "{}"), ("passphrase", "set", "--new", "{}")),
)


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_name_that_is_too_long_is_a_sentence(
    shell: Shell, tmp_path: Path, args: tuple[str, ...]
) -> None:
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    (tmp_path / "a.csv").write_text("问题现象\n泵停\n", encoding="utf-8")
    path = tmp_path / LONG
    given = [one.format(path, id="R", list=tmp_path / "a.csv") for one in args]
    said = shell.refused(*given)
    assert LONG in said or "文件名太长" in said
    assert not (shell.home / "reports").exists()
    assert sorted(one.name for one in tmp_path.iterdir() if one != shell.home) == ["a.csv"]


@pytest.mark.parametrize("args", [("list",), ("init", "--name", "x")], ids=" ".join)
def test_a_book_in_such_a_folder_too(tmp_path: Path, shell: Shell, args: tuple[str, ...]) -> None:
    said = Shell(tmp_path / LONG, shell.capture, shell.patch).refused(*args)
    assert "程序出错" not in said and not list(tmp_path.glob("crash-*"))


@pytest.mark.parametrize("typed", ["fx-2026-a-0001", "ＦＸ－2026－Ａ－0001", " FX-2026-A-0001 "])
def test_a_number_is_found_as_it_is_typed(shell: Shell, typed: str) -> None:
    number = shell.ok("add", "fix", "phenomenon=x").out.strip()
    year = number.split("-")[1]
    assert number in shell.ok("show", typed.replace("2026", year)).out
    assert "没有找到" in shell.refused("show", "fx-9")
