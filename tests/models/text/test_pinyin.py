"""Pinyin: initials and full readings, family names, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.pinyin import initials_of, pinyin_of


@pytest.mark.parametrize(
    ("text", "initials", "full"),
    [
        ("变电站A-01", "bdza01", "biandianzhana01"),
        ("重庆长安", "cqca", "chongqingchangan"),
        ("吕布", "lb", "lvbu"),
        ("Ann Lee", "annlee", "annlee"),
        ("ＡＢ（甲）", "abj", "abjia"),
        ("", "", ""),
        (" -_/ ", "", ""),
    ],
)
def test_pinyin(text: str, initials: str, full: str) -> None:
    assert (initials_of(text), pinyin_of(text)) == (initials, full)


@pytest.mark.parametrize(
    ("name", "full"),
    [("单小河", "shanxiaohe"), ("尉迟河", "yuchihe"), ("曾", "zeng"), ("小单", "xiaodan")],
)
def test_family_names_are_read_as_such(name: str, full: str) -> None:
    assert pinyin_of(name, person=True) == full


@given(st.text(max_size=30))
def test_any_text_has_plain_initials(text: str) -> None:
    full, initials = pinyin_of(text, person=True), initials_of(text, person=True)
    assert len(initials) <= len(full)
    assert not any(one.isspace() for one in full)
