"""The first paint: a line on the terminal before anything heavy is imported (20 ms, not 300)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from models.words import W

OPENING = W("现场簿", "sitebook")
ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H"
"""The alternate screen, no cursor, empty; Textual enters it once more, which changes nothing."""
LEAVE = "\x1b[?1049l\x1b[?25h"
VT = 0x0004
"""Windows: the console's mode in which it understands the above."""


UNUSED = ("psycopg", "psycopg2")
"""Drivers that peewee loads where they are installed (+115 ms); only the hub talks to servers."""

PALETTE = "textual.command"
"""Textual's own palette, which the app never opens, imports eight widgets (25 ms)."""


@contextmanager
def painted() -> Iterator[None]:
    """Paint at once; when the app cannot be opened, the terminal is as it was."""
    utf8()
    light()
    with _silent():
        _write(f"{ENTER}\x1b[1m {OPENING}\x1b[0m")
        try:
            yield
        except BaseException:
            _write(LEAVE)
            raise


@contextmanager
def _silent() -> Iterator[None]:
    """Keys typed before the app listens are kept for it, and not echoed meanwhile."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios

    before = termios.tcgetattr(sys.stdin)
    quiet = [*before]
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(sys.stdin, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def light() -> None:
    """Do without what this process never uses: to an importer it is not installed, or empty."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    sys.modules.setdefault(PALETTE, _Empty(PALETTE))
    _asyncio()


def _asyncio() -> None:
    """The event loop without TLS (6 ms): it talks to the terminal only; others find `ssl`."""
    blocked = "ssl" not in sys.modules
    if blocked:
        sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    if blocked:
        del sys.modules["ssl"]


class _Empty(ModuleType):
    """Stands for a module of which nothing is used: every name in it is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


def utf8() -> None:
    """Speak UTF-8 whatever the locale says: terminals do, and GBK bytes would be garbage there."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        again = getattr(stream, "reconfigure", None)
        encoding = str(getattr(stream, "encoding", None) or "").lower()
        if again is not None and encoding not in ("utf-8", "utf8"):
            again(encoding="utf-8")


def _write(text: str) -> None:
    """Straight to the terminal; whatever is in the way, the app itself will say it."""
    try:
        if sys.platform == "win32":
            _listen()
        sys.__stdout__.write(text)  # type: ignore[union-attr]
        sys.__stdout__.flush()  # type: ignore[union-attr]
    except (OSError, ValueError, AttributeError):
        pass


def _listen() -> None:
    """Let the Windows console understand escape sequences."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.GetStdHandle(-11)
    mode = ctypes.c_ulong()
    kernel.GetConsoleMode(handle, ctypes.byref(mode))
    kernel.SetConsoleMode(handle, mode.value | VT)
