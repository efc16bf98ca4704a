"""The app in a real terminal that sends anything, lies about its size, or goes away."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.storage.drafts import Drafts
from sync.workspace.setup import begin
from tests.bench.terminal import Terminal

PROGRAM = "import sys; from tui.start import main; sys.argv[0] = 'sitebook'; main()"
CRASHING = """
import sys
from tui.app.driver import input_parser
def broken(self, data, now):
    if b"!" in data:
        raise RuntimeError("broken")
    yield from known(self, data, now)
known, input_parser.InputParser.feed = input_parser.InputParser.feed, broken
from tui.start import main
main()
"""


class Sitting(Terminal):
    """The app of a home in a terminal, which ends in one way or another."""

    def hang_up(self) -> None:
        """The terminal is gone."""
        os.close(self._fd)
        self._fd = os.open(os.devnull, os.O_RDWR)

    def attributes(self) -> list[object]:
        """How the terminal echoes and edits."""
        return termios.tcgetattr(self._fd)

    def paste(self, data: bytes) -> None:
        """Send bytes as they are."""
        os.write(self._fd, data)

    def resize(self, wide: int, high: int) -> None:
        """Make the window of another size."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", high, wide, 0, 0))

    def ended(self, limit: float = 30.0) -> int:
        """The exit code, once the program has ended; negative for a signal that killed it."""
        until = time.monotonic() + limit
        while time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._drain()
                return os.waitstatus_to_exitcode(status)
            self._drain()
        raise AssertionError(f"it never ended; the screen was:\n{self.text}")

    def _drain(self) -> None:
        while (chunk := self.read(0.05)) is not None and chunk.data:
            pass
        self.draw()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A book."""
    begin(tmp_path / "book", name="测试员", lang="zh", project="测试项目").close()
    return tmp_path / "book"


@contextmanager
def app(home: Path, program: str = PROGRAM, **env: str) -> Iterator[Sitting]:
    """The app on its first page."""
    env = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": os.pathsep.join(sys.path), **env}
    command = [sys.executable, "-c", program, "--home", str(home)]
    sitting = Sitting(command, (80, 24), env)
    try:
        sitting.wait(lambda seen: "新建处置" in seen.text, 60)
        yield sitting
    finally:
        try:
            sitting.close()
        except (ProcessLookupError, ChildProcessError):
            os.close(sitting._fd)


def form(sitting: Sitting, words: str) -> None:
    """Begin a fix with these words."""
    sitting.send("n")
    sitting.wait(lambda seen: "保存" in seen.text)
    sitting.send(words)
    sitting.wait(lambda seen: words in seen.text)


def given_back(sitting: Sitting) -> bool:
    """Whether the terminal is as it was: screen, cursor, mouse, echo."""
    raw = bytes(sitting.raw)
    last = {mode: max(raw.rfind(b"\x1b[?" + mode + sign) for sign in (b"h",)) for mode in MODES}
    off = {mode: raw.rfind(b"\x1b[?" + mode + b"l") for mode in MODES}
    shown = raw.rfind(b"\x1b[?25h") > raw.rfind(b"\x1b[?25l")
    return shown and all(off[mode] > last[mode] for mode in MODES)


MODES = (b"1049", b"1000", b"1003", b"1006", b"2004", b"1004")
SENT = {
    "gbk": b"\xb7\xe7",
    "alt of eight bits": b"\xe1x",
    "X10 mouse": b"\x1b[M \xf0\x90",
    "kitty event": b"\x1b[97;1:3u",
    "kitty alternates": b"\x1b[97:65:97;2u",
    "no code point": b"\x1b[1114112u",
    "surrogate": b"\x1b[97;;55296u",
    "no window": b"\x1b[48;0;0;0;0t\x1b[<0;1;1M",
}


def test_no_bytes_end_the_app(home: Path) -> None:
    with app(home) as sitting:
        form(sitting, "fan")
        for data in SENT.values():
            sitting.paste(data)
            sitting.settle()
        sitting.wait(lambda seen: "UTF-8" in seen.text)
        sitting.send("end")
        sitting.send("!风扇!")
        sitting.wait(lambda seen: "!风扇!" in seen.text)
        sitting.send("ctrl+q")
        assert sitting.ended() == 0


def test_a_paste_without_an_end_is_kept_and_keys_work_after_it(home: Path) -> None:
    with app(home) as sitting:
        form(sitting, "fan")
        sitting.paste("\x1b[200~坏了".encode())
        sitting.wait(lambda seen: "fan坏了" in seen.text)
        sitting.send("!")
        sitting.wait(lambda seen: "坏了!" in seen.text)


def test_a_fault_of_the_reading_thread_is_told_and_reported(home: Path) -> None:
    with app(home, CRASHING) as sitting:
        form(sitting, "fan")
        sitting.send("!")
        assert sitting.ended() == 1
        assert "程序出错了" in sitting.text and "Traceback" not in sitting.text
        assert given_back(sitting)
        assert len(list((home / "reports").iterdir())) == 1
        assert "fan" in str(Drafts(home).all())


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"])
def test_a_signal_keeps_drafts_and_gives_the_screen_back(home: Path, name: str) -> None:
    number = signal.Signals[name]
    with app(home) as sitting:
        form(sitting, "fan")
        sitting.send("x")
        os.kill(sitting.pid, number)
        assert sitting.ended() == 128 + number
        assert given_back(sitting)
        assert "fan" in str(Drafts(home).all())


def test_a_signal_right_after_the_start_gives_the_screen_back(home: Path) -> None:
    env = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": os.pathsep.join(sys.path)}
    sitting = Sitting([sys.executable, "-c", PROGRAM, "--home", str(home)], (80, 24), env)
    sitting.wait(lambda seen: "sitebook" in seen.text)
    os.kill(sitting.pid, signal.SIGTERM)
    assert sitting.ended() == 128 + signal.SIGTERM
    raw = bytes(sitting.raw)
    assert raw.rfind(b"\x1b[?1049l") > raw.rfind(b"\x1b[?1049h")
    assert raw.rfind(b"\x1b[?25h") > raw.rfind(b"\x1b[?25l")


IGNORING = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); {PROGRAM}"


@pytest.mark.parametrize("program", [PROGRAM, IGNORING], ids=["told", "not told"])
def test_the_app_ends_when_its_terminal_is_gone(home: Path, program: str) -> None:
    with app(home, program) as sitting:
        form(sitting, "fan")
        sitting.hang_up()
        assert sitting.ended() == 128 + signal.SIGHUP
        assert "fan" in str(Drafts(home).all())


def test_the_terminal_says_how_large_it_is(home: Path) -> None:
    with app(home, COLUMNS="200", LINES="60") as sitting:
        assert "? 帮助" in sitting.screen.display[-1]
        sitting.resize(100, 30)
        sitting.screen.resize(30, 100)
        sitting.wait(lambda seen: "? 帮助" in seen.screen.display[-1])
