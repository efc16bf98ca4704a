"""`resolve`: conflicts of one device, settled from the command line."""

from __future__ import annotations

from typing import Any

import pytest

from sync.workspace import workspace
from tests.support.hostile import PAYLOADS, REFUSED
from tests.tui.cli.conftest import Shell


def _torn(shell: Shell, field: str, *values: Any) -> None:
    """A fix `R` with values for a field that were written unseen of each other."""
    shell.ok("add", "fix", "phenomenon=a", "--ref", "R")
    opened = workspace.open_book(shell.home)
    made = opened.book.get("R")
    for value in values:
        opened.book.edit(made.id, {field: value}, seen=made.dots)
    opened.close()


def _versions(shell: Shell) -> dict[str, str]:
    """Value -> how it is named on the command line."""
    found = shell.ok("conflicts", "--json").json["versions"]
    return {one["value"]: f"{one['device']}:{one['seq']}" for one in found}


def test_one_version_is_kept(shell: Shell) -> None:
    _torn(shell, "cause", "x", "y", "z")
    shell.ok("resolve", "R", "cause", "--keep", _versions(shell)["x"], "--note", "看过")
    assert shell.ok("show", "R", "--json").json["cause"] == "x"
    assert shell.ok("conflicts", "--json").out == ""
    assert shell.ok("list", "note", "--json").json["text"] == "看过"
    assert "→ x" in shell.ok("history", "R").out
    assert "完好" in shell.ok("check").out


def test_another_value_is_written(shell: Shell) -> None:
    _torn(shell, "place", "北墙", "南墙")
    said = shell.ok("resolve", "R", "place", "--value", "西墙", "--json").json
    assert said["place"] == "西墙" and shell.ok("status", "--json").json["conflicts"] == 0


@pytest.mark.shows(69)
def test_what_all_added_is_joined_and_what_one_changed_is_not(shell: Shell) -> None:
    _torn(shell, "cause", "积灰", "老化")
    told = shell.ok("conflicts", "--json").json["joined"]
    assert set(told.split("\n")) == {"积灰", "老化"}
    assert "合为（--join）：" in shell.ok("conflicts").out
    made = shell.ok("resolve", "R", "cause", "--join", "--json").json
    assert made["cause"] == told and shell.ok("conflicts", "--json").out == ""
    assert "没有冲突" in shell.refused("resolve", "R", "cause", "--join")
    opened = workspace.open_book(shell.home)
    record = opened.book.get("R")
    opened.book.edit(record.id, {"cause": "别的"}, seen=record.dots)
    opened.book.edit(record.id, {"cause": f"{told}\n再加"}, seen=record.dots)
    opened.close()
    assert shell.ok("conflicts", "--json").json["joined"] is None
    assert "不能合并" in shell.refused("resolve", "R", "cause", "--join")


@pytest.mark.parametrize(
    ("args", "word", "code"),
    [
        (["R", "cause"], "--keep 或 --value 或 --join", 2),
        (["R", "cause", "--keep", "d:1", "--value", "x"], "--keep 或 --value 或 --join", 2),
        (["R", "cause", "--keep", "nonsense"], "电脑:序号", 2),
        (["R", "cause", "--keep", "d:-1"], "电脑:序号", 2),
        (["R", "cause", "--keep", "d:1"], "现有版本", 1),
        (["R", "place", "--value", "x"], "没有冲突", 1),
        (["R", "nonsense", "--value", "x"], "没有冲突", 1),
        (["R", "state", "--value", "closed"], "没有冲突", 1),
        (["nobody", "cause", "--value", "x"], "nobody", 1),
    ],
)
def test_what_cannot_be_resolved(shell: Shell, args: list[str], word: str, code: int) -> None:
    _torn(shell, "cause", "x", "y")
    before = shell.ok("digest").out
    said = shell("resolve", *args)
    assert said.code == code and word in said.err and said.out == ""
    assert shell.ok("digest").out == before


@pytest.mark.parametrize("name", ["colour", "bidi override", "long han", "combining stack"])
def test_hostile_text_is_kept_as_it_is_and_never_acts(shell: Shell, name: str) -> None:
    text = PAYLOADS[name]
    _torn(shell, "cause", text, "harmless")
    shell.ok("resolve", "R", "cause", "--keep", _versions(shell)[text])
    assert shell.ok("show", "R", "--json").json["cause"] == text
    assert "\x1b" not in shell.ok("show", "R").out


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_text_is_refused(shell: Shell, name: str) -> None:
    _torn(shell, "cause", "x", "y")
    shell.refused("resolve", "R", "cause", "--value", REFUSED[name])
    assert len(_versions(shell)) == 2
