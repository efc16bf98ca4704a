"""Home: the folder by option, variable and system, and the language before anything is loaded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.storage import settings
from models.text.words import language
from tui.cli import home


@pytest.mark.parametrize(
    ("args", "named", "rest"),
    [
        ([], None, []),
        (["list", "fix"], None, ["list", "fix"]),
        (["--home", "/a", "list"], "/a", ["list"]),
        (["--home=/a", "list"], "/a", ["list"]),
        (["--home=", "list"], "", ["list"]),
        (["--home", "/a", "--home=/b"], "/b", []),
        (["--home"], None, ["--home"]),
        (["list", "--home", "/a"], None, ["list", "--home", "/a"]),
        (["--homely"], None, ["--homely"]),
    ],
)
def test_only_a_leading_option_names_the_folder(
    args: list[str], named: str | None, rest: list[str]
) -> None:
    assert home.split(args) == (named, rest)


def test_the_option_comes_before_the_variable_and_the_system(tmp_path: Path) -> None:
    environ = {home.VARIABLE: str(tmp_path / "variable")}
    assert home.folder(str(tmp_path / "option"), environ) == tmp_path / "option"
    assert home.folder(None, environ) == tmp_path / "variable"
    assert home.folder("", environ) == tmp_path / "variable"
    assert home.folder(None, {}).name == "sitebook"


def test_a_folder_is_absolute_and_knows_the_persons_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert home.folder("book") == tmp_path / "book"
    assert home.folder("~/book") == tmp_path / "me" / "book"


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "ZH_TW"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_system_speaks_chinese_or_english(environ: dict[str, str], lang: str) -> None:
    assert home.of_system(environ) == lang


def test_the_books_own_language_comes_first(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text('lang = "en"\n', encoding="utf-8")
    for folder, lang in ((tmp_path, "en"), (tmp_path / "none", "zh")):
        assert home.speak(folder, {"LANG": "zh_CN"}) == lang
        assert str(language.now) == lang


def test_bytes_that_the_locale_could_not_read_are_read_as_utf8() -> None:
    chinese = "现场".encode()
    unread = chinese.decode("ascii", "surrogateescape")
    if os.fsencode(unread) == chinese:
        assert home.readable(unread) == "现场"
    assert home.readable("plain 现场") == "plain 现场"
    broken = "\udcff\udcfe"
    assert home.readable(broken) == broken
