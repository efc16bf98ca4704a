"""Options: help in both languages within 80 cells, and usage mistakes in our own sentences."""

from __future__ import annotations

from typing import Any

import click
import pytest

from models.text.words import W, language
from tui.cli.options import (
    WIDTH,
    Spoken,
    argument,
    command,
    json_option,
    option,
    pairs,
    section,
    wrong,
)
from tui.display.terminal_text import width

LONG = W("很长的说明" * 20, "a very long explanation " * 10)


def made() -> Spoken:
    """A command with every kind of parameter."""

    @command("try", W("试一试。", "Try it."), examples=("try 1", W("try 一", "try one")))
    @argument("what", W("什么", "what to try"))
    @option("-o", "--output", "file", metavar="FILE", words=LONG)
    @option("--secret", is_flag=True, hidden=True, words=W("隐藏", "hidden"))
    @json_option
    def run(**given: Any) -> dict[str, Any]:
        return given

    return run


def help_of(lang: str) -> str:
    """The help text in a language."""
    language.now = lang  # type: ignore[assignment]
    tried = made()
    return tried.get_help(click.Context(tried, info_name="sitebook try"))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("用法：", "参数：", "选项：", "例：", "试一试。", "显示本说明", "try 一")),
        ("en", ("Usage: ", "Arguments:", "Options:", "Examples:", "Try it.", "show this help")),
    ],
)
def test_help_is_in_the_language_of_now(lang: str, words: tuple[str, ...]) -> None:
    said = help_of(lang)
    assert all(word in said for word in words)
    assert "--secret" not in said and "-o, --output FILE" in said and "--json" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_of_help_is_wider_than_the_terminal(lang: str) -> None:
    assert max(width(line) for line in help_of(lang).splitlines()) <= WIDTH


def test_the_second_column_stands_straight_under_chinese_names() -> None:
    lines = section(W("头", "Head"), [("中文名", "甲"), ("x", "乙"), ("y" * 40, "丙")])
    assert lines[:2] == ["", "头"]
    assert width(lines[2].partition("甲")[0]) == width(lines[3].partition("乙")[0]) == 34
    assert section(W("头", "Head"), []) == []


def test_arguments_too_many_are_named() -> None:
    with pytest.raises(click.UsageError) as raised:
        made().make_context("try", ["one", "two", "three"])
    assert "two three" in raised.value.message


def test_what_is_given_arrives() -> None:
    tried = made()
    with tried.make_context("try", ["one", "--json", "-o", "x.csv"]) as ctx:
        assert tried.invoke(ctx) == {
            "what": "one",
            "as_json": True,
            "file": "x.csv",
            "secret": False,
        }


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["cause=电源故障"], {"cause": "电源故障"}),
        (["a=1", "b=x=y", "c="], {"a": "1", "b": "x=y", "c": ""}),
        ([], {}),
    ],
)
def test_fields_are_split_at_the_first_sign(texts: list[str], found: dict[str, str]) -> None:
    with click.Context(click.Command("try")):
        assert pairs(texts) == found


@pytest.mark.parametrize(
    ("texts", "word"),
    [(["cause"], "字段=值"), (["=x"], "字段=值"), (["a=1", "a=2"], "写了两次")],
)
def test_a_field_without_sign_or_twice_is_wrong_usage(texts: list[str], word: str) -> None:
    with click.Context(click.Command("try")), pytest.raises(click.UsageError, match=word):
        pairs(texts)


def test_a_usage_mistake_takes_its_values() -> None:
    mistake = wrong(W("没有“{what}”。", "No “{what}”."), what="{x} %s")
    assert mistake.message == "没有“{x} %s”。"
