"""Pastes: whole, split anywhere, without an end."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from textual.events import Key, Paste

from tui.app.driver.input_parser import InputParser
from tui.app.driver.paste_filter import ALONE, END, PAUSE, SPLIT, START, Part, PasteFilter


def said(parts: Iterable[Part]) -> list[str]:
    """What was typed, what was pasted in brackets, and keys by name."""
    return [
        f"[{one.text}]" if isinstance(one, Paste) else one.key if isinstance(one, Key) else one
        for one in parts
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_a_paste_is_whole_however_it_is_split(size: int) -> None:
    data = f"ab{START}第一行\n\x1b[31m2\x00{END}c\x1b[A".encode()
    parser = InputParser()
    found = [
        one for at in range(0, len(data), size) for one in parser.feed(data[at : at + size], 0)
    ]
    said = [
        one.text if isinstance(one, Paste) else one.key
        for one in found
        if isinstance(one, (Key, Paste))
    ]
    assert said == ["a", "b", "第一行\n\x1b[31m2", "c", "up"]


def test_a_paste_without_an_end_ends_after_a_pause() -> None:
    pastes = PasteFilter()
    assert said(pastes.feed(f"{START}甲乙", 0.0)) == []
    assert said(pastes.tick(PAUSE / 2)) == []
    assert said(pastes.feed("丙", PAUSE / 2)) == []
    assert said(pastes.tick(PAUSE)) == []
    assert said(pastes.tick(PAUSE * 1.5)) == ["[甲乙丙]"]
    assert said(pastes.feed("x", 9.0)) == ["x"]


def test_esc_ends_a_paste_and_is_no_part_of_it() -> None:
    pastes = PasteFilter()
    assert said(pastes.feed(f"{START}甲", 0.0)) == []
    assert said(pastes.feed("\x1b", 0.5)) == []
    assert said(pastes.tick(0.5 + ALONE / 2)) == []
    assert said(pastes.tick(0.5 + ALONE)) == ["[甲]"]
    assert said(pastes.feed("\x1b", 2.0)) == []
    assert said(pastes.tick(2.0 + SPLIT)) == ["escape"]
    assert said(pastes.feed("\x1b", 3.0)) == []
    assert said(pastes.feed("b", 3.0)) == ["\x1bb"]


def test_half_a_mark_that_is_a_key_does_not_wait_for_long() -> None:
    pastes = PasteFilter()
    assert said(pastes.feed("\x1b[20", 0.0)) == []
    assert said(pastes.tick(SPLIT)) == ["\x1b[20"]
    assert said(pastes.feed("\x1b[200", 1.0)) == []
    assert said(pastes.feed(f"~x{END}", 1.1)) == ["[x]"]
