"""A program in a pseudo-terminal: what it sends, when, and how its screen looks."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyte
from wcwidth import wcwidth

Size = tuple[int, int]
QUIET = 0.12  # seconds without output after which a program counts as settled
LEAVING = 10.0  # seconds in which a program must leave when its key is pressed
KEYS = {
    "ctrl+backslash": "\x1c",
    "ctrl+underscore": "\x1f",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
    "space": " ",
    **{f"f{n}": f"\x1bO{c}" for n, c in enumerate("PQRS", 1)},
    **{f"f{n}": f"\x1b[{code}~" for n, code in enumerate((15, 17, 18, 19, 20, 21, 23, 24), 5)},
    **{f"ctrl+{c}": chr(ord(c) - 96) for c in "abcdefghijklmnopqrstuvwxyz"},
}


class Screen(pyte.Screen):
    """A pyte screen whose lines can be read even where half of a wide glyph was overwritten."""

    @property
    def display(self) -> list[str]:
        """The lines; the orphaned half of a wide glyph reads as a space."""
        return [self._line(y) for y in range(self.lines)]

    def _line(self, y: int) -> str:
        row = self.buffer[y]
        chars: list[str] = []
        x = 0
        while x < self.columns:
            char = row[x].data or " "
            wide = wcwidth(char[0]) == 2 and x + 1 < self.columns and not row[x + 1].data
            chars.append(char)
            x += 2 if wide else 1
        return "".join(chars)


class Chunk(NamedTuple):
    """What one read brought, and when (seconds, monotonic)."""

    at: float
    data: bytes


class Reaction(NamedTuple):
    """What followed a key: seconds to the expected change and to the last output, and bytes."""

    paint: float
    settled: float
    size: int


class Late(Exception):
    """The program did not show what was waited for."""


class Terminal:
    """One run of a program. Times count from just before it was started."""

    def __init__(self, command: Sequence[str], size: Size, env: Mapping[str, str]) -> None:
        self.screen = Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self._unseen: list[Chunk] = []
        self.started = time.monotonic()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _become(command, size, env)

    @property
    def text(self) -> str:
        """The screen, its lines joined by newlines."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float) -> Chunk | None:
        """The next output, kept for the screen; None if there is none for that long."""
        if not select.select([self._fd], [], [], max(seconds, 0))[0]:
            return None
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:  # the other side has closed
                raise
            data = b""
        chunk = Chunk(time.monotonic(), data)
        if data:
            self.raw += data
            self._unseen.append(chunk)
        return chunk

    def draw(self) -> None:
        """Bring the screen up to date."""
        for chunk in self._unseen:
            self._stream.feed(chunk.data)
        self._unseen.clear()

    def wait(self, seen: Callable[[Terminal], bool], limit: float = 30.0) -> float:
        """Read until the screen is as wanted; the time it was, since the start."""
        at = time.monotonic()
        end = at + limit
        while not seen(self):
            chunk = self.read(end - at)
            if chunk is None or not chunk.data:
                raise Late(f"not shown within {limit} s; the screen was:\n{self.text}")
            at = chunk.at
            self.draw()
        return at - self.started

    def settle(self, quiet: float = QUIET, limit: float = 3.0) -> float:
        """Read until nothing comes for a while; when the last of it came, since the start."""
        last = begun = time.monotonic()
        while (chunk := self.read(quiet)) is not None and chunk.data and last < begun + limit:
            last = chunk.at
        self.draw()
        return last - self.started

    def send(self, key: str) -> None:
        """A key by its name, or characters as they are."""
        os.write(self._fd, KEYS.get(key, key).encode())

    def press(self, key: str, look: Callable[[Terminal], object], limit: float = 5.0) -> Reaction:
        """Send a key; `paint` is when what `look` sees had changed.

        The output is only interpreted after it has settled, so that this costs the program nothing.
        """
        self.draw()
        before = look(self)
        sent = time.monotonic()
        self.send(key)
        painted: float | None = None
        size = 0
        while painted is None:
            chunks = self._burst()
            for chunk in chunks:
                self._stream.feed(chunk.data)
                size += len(chunk.data)
                if painted is None and look(self) != before:
                    painted = chunk.at - sent
            if painted is None and time.monotonic() > sent + limit:
                raise Late(f"{key!r} changed nothing; the screen was:\n{self.text}")
        return Reaction(painted, chunks[-1].at - sent, size)

    def _burst(self) -> list[Chunk]:
        """All that comes until it is quiet."""
        while (chunk := self.read(QUIET)) is not None and chunk.data:
            pass
        chunks, self._unseen = self._unseen, []
        return chunks

    def memory(self) -> int:
        """Proportional set size in bytes."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))

    def cpu(self) -> float:
        """Processor seconds used so far."""
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        user, system = stat.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def close(self, key: str = "") -> float:
        """End the program, by its own key if one is given; the seconds that took."""
        begun = time.monotonic()
        ended = False
        if key:
            self.send(key)
            while not ended and (chunk := self.read(begun + LEAVING - time.monotonic())):
                ended = not chunk.data
        if not ended:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._fd)
        os.waitpid(self.pid, 0)
        return time.monotonic() - begun


def _become(command: Sequence[str], size: Size, env: Mapping[str, str]) -> None:
    """In the child: become the program."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.execvpe(command[0], list(command), dict(env))
    finally:
        os._exit(127)
