"""Typed paths: quoted, as a URL, with escaped spaces, from the home folder, or plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.typed_path import path_of


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/a/巡检 表.xlsx", "/a/巡检 表.xlsx"),
        ("  /a/b\n", "/a/b"),
        ("'/a/b c'", "/a/b c"),
        ('"/a/b c"', "/a/b c"),
        ("'/a/b\"", "'/a/b\""),
        ("'", "'"),
        ("''", ""),
        ("file:///a/%E5%B7%A1%E6%A3%80%20%231.csv", "/a/巡检 #1.csv"),
        ("/a/b\\ c\\ d", "/a/b c d"),
        ("'/a/b\\ c'", "/a/b\\ c"),
        ("/a/100%25", "/a/100%25"),
        ("file", "file"),
    ],
)
def test_a_path_as_it_is_typed_pasted_or_dragged(typed: str, path: str) -> None:
    assert path_of(typed) == Path(path)


def test_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert path_of("~/出 口") == tmp_path / "出 口"
    assert path_of("'~/x'") == tmp_path / "x"
    assert path_of("a~/x") == Path("a~/x")
