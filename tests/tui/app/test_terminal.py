"""The pseudo-terminal that benches and tests look at the program through."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pyte
import pytest

from tests.bench.terminal import Late, Screen, Terminal

ECHO = """
import sys, termios, tty
tty.setraw(0, termios.TCSANOW)
print("ready", end="", flush=True)
while (char := sys.stdin.read(1)) != "\\x11":
    print("\\x1b[2;1H机房" if char == "a" else "", end="", flush=True)
"""


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A program that answers `a`, ignores what else is typed, and leaves at Ctrl+Q."""
    started = Terminal([sys.executable, "-c", ECHO], (20, 4), dict(os.environ))
    started.wait(lambda screen: "ready" in screen.text)
    yield started
    started.close("ctrl+q")


def test_half_of_a_wide_glyph_reads_as_a_space() -> None:
    screen = Screen(6, 1)
    stream = pyte.Stream(screen)
    stream.feed("机房\x1b[1;1Hx")
    assert screen.display == ["x 房  "]
    stream.feed("\x1b[1;1H机房\x1b[1;2Hx")
    assert screen.display[0][1:] == "x房  "


def test_a_key_is_timed_until_the_screen_shows_it(terminal: Terminal) -> None:
    reaction = terminal.press("a", lambda screen: screen.text)
    assert "机房" in terminal.text
    assert 0 < reaction.paint <= reaction.settled
    assert reaction.size == len("\x1b[2;1H机房".encode())


def test_a_key_that_changes_nothing_is_no_figure(terminal: Terminal) -> None:
    with pytest.raises(Late):
        terminal.press("b", lambda screen: screen.text, limit=0)


def test_what_never_comes_is_late(terminal: Terminal) -> None:
    with pytest.raises(Late, match="ready"):
        terminal.wait(lambda screen: "never" in screen.text, limit=0.1)


def test_a_program_costs_memory_and_leaves_when_told(terminal: Terminal) -> None:
    assert terminal.memory() > 1 << 20
    assert terminal.cpu() >= 0
