"""Run: arguments to a command, and every mistake to one sentence and an exit code."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from models.text.words import language
from tui.cli.exit_codes import DONE, MISUSED
from tui.cli.run import invoke, mistake


@pytest.mark.parametrize(
    ("args", "zh", "en"),
    [
        (["show"], "缺少 ID", "ID is missing"),
        (["list", "--nonsense"], "没有选项 --nonsense。", "There is no option --nonsense."),
        (["lsit"], "”。是不是 list", "”. Did you mean list"),
        (["list", "--stat", "x"], "是不是 --state？", "Did you mean --state?"),
        (["list", "--state"], "选项 --state 需要一个值。", "The option --state needs a value."),
        (["list", "--json=x"], "选项 --json 不带值。", "The option --json takes no value."),
        (["completion", "dos"], "只能是：bash, zsh, fish。", "one of: bash, zsh, fish."),
        (["bundle", "write", "f", "--files", "x"], "--files 的值不对。", "of --files is wrong."),
        (["--nonsense"], "没有选项 --nonsense。", "There is no option --nonsense."),
    ],
)
def test_a_usage_mistake_is_one_sentence_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], args: list[str], zh: str, en: str
) -> None:
    for lang, word in (("zh", zh), ("en", en)):
        language.now = lang  # type: ignore[assignment]
        assert invoke(tmp_path / "none", args) == MISUSED
        said = capsys.readouterr()
        assert said.out == "" and word in said.err and said.err.count("\n") == 1, said
        assert "--help" in said.err and ".Did" not in said.err
    assert not (tmp_path / "none").exists()


def test_help_and_version_are_done_without_a_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for args in (["--help"], ["add", "--help"], ["--version"], ["member", "role", "-h"]):
        assert invoke(tmp_path / "none", args) == DONE
        assert capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_a_group_without_a_command_shows_its_help(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(tmp_path, ["member"]) == MISUSED
    said = capsys.readouterr()
    assert said.out == "" and "role" in said.err and "用法：" in said.err


def test_a_mistake_that_no_command_made_names_the_program() -> None:
    assert mistake(click.UsageError("不对。")) == "不对。用法见 sitebook --help。"
