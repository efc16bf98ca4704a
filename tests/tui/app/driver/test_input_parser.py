"""Bytes of a terminal: those that are no UTF-8, in any pieces, at random."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste, Resize

from tui.app.driver.input_parser import HALF, InputParser

PIECES = (
    *(b"\x1b[", b"\x1b", b"<0;", b"M", b"m", b";", b":", b"9" * 12, b"u", b"~", b"R", b"\xff"),
    *(b"\x1b[48;0;0;0;0t", b"\x1b[48;9999999;9999999;1;1t", b"\x1b[?2026;2$y", b"\x1b[200~"),
    *(b"\x1b[201~", "风".encode(), "风".encode("gbk"), b"\x1b[<64;1;1M", b"\x00", b"a", b"-"),
)


def typed(parser: InputParser, *pieces: bytes, at: float = 0.0) -> str:
    """The characters that come of some reads."""
    found = [one for data in pieces for one in parser.feed(data, at)]
    return "".join(one.character or "" for one in found if isinstance(one, Key))


@pytest.mark.parametrize(
    "data", ["风扇".encode("gbk"), b"\xe1", b"\xb7\xe7", b"\xf5\x80", b"\xc0\x80", b"\xed\xa0\x80"]
)
def test_bytes_that_are_no_utf8_are_left_out_and_counted(data: bytes) -> None:
    parser = InputParser()
    assert typed(parser, b"a", data, b"b") == "ab"
    assert parser.unreadable


def test_characters_split_anywhere_are_whole() -> None:
    parser = InputParser()
    whole = "风扇①🌡".encode()
    assert typed(parser, *(whole[n : n + 1] for n in range(len(whole)))) == "风扇①🌡"
    assert parser.unreadable == 0


def test_half_a_character_does_not_wait_for_ever() -> None:
    parser = InputParser()
    assert typed(parser, b"\xe7") == ""
    assert list(parser.tick(HALF / 2)) == [] and parser.unreadable == 0
    assert list(parser.tick(HALF)) == [] and parser.unreadable == 1
    assert typed(parser, b"a", at=2.0) == "a"


def test_the_old_mouse_types_nothing() -> None:
    parser = InputParser()
    assert typed(parser, b"\x1b[M \xf0\x90", b"\x1b[M#!!x") == "x"
    assert parser.unreadable == 0


def test_no_window_is_believed_that_cannot_be() -> None:
    parser = InputParser()
    sizes = (b"\x1b[48;0;0;0;0t", b"\x1b[48;9999999;9999999;1;1t", b"\x1b[48;24;80;480;800t")
    found = [one for data in sizes for one in parser.feed(data, 0.0)]
    assert [tuple(one.size) for one in found if isinstance(one, Resize)] == [(80, 24)]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=12)), max_size=30))
def test_whatever_comes_the_next_text_is_read(pieces: list[bytes]) -> None:
    parser = InputParser()
    now = 0.0
    for data in pieces:
        now += random.Random(data).choice((0.0, 0.2, 2.0))
        list(parser.feed(data, now))
        list(parser.tick(now))
    for _ in range(3):
        now += 5.0
        list(parser.tick(now))
    list(parser.feed(b"\x1b[201~" + b" " * 40, now))  # the parser behind may be within a sequence
    found = list(parser.feed("\x1b[200~风\x1b[201~".encode(), now + 5))
    assert [one.text for one in found if isinstance(one, Paste)][-1:] == ["风"]
