"""Control characters in an editor: every text comes back exactly as it was."""

from __future__ import annotations

import pytest

from tests.support.hostile import PAYLOADS
from tui.forms.editors.control_characters import StandIns


@pytest.mark.parametrize("single", [True, False])
@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_every_text_comes_back_as_it_was(text: str, single: bool) -> None:
    veil = StandIns(single)
    loaded = veil.load(text)
    assert veil.take(loaded) == text
    assert loaded.isprintable() or not single or "\t" in loaded or len(loaded) == len(text)
    assert "\u2028" not in loaded and "\x0c" not in loaded and "\r" not in loaded


def test_what_is_put_in_later_comes_back_too() -> None:
    veil = StandIns()
    first = veil.load("a\x0cb")
    assert veil.take(first + veil.put("\U00100000\x0c\u202e")) == "a\x0cb\U00100000\x0c\u202e"


def test_line_ends_stay_as_they_were() -> None:
    for text in ("a\r\nb\r\n", "a\nb", "a\r\nb\nc", "a\rb"):
        veil = StandIns()
        assert veil.take(veil.load(text)) == text
    windows = StandIns()
    assert windows.take(windows.load("a\r\nb") + "\nc") == "a\r\nb\r\nc"
