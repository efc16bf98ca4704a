"""Between the first paint (`tui.first_paint`) and the app: encoding, keys, lighter imports."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import ModuleType

from tui import first_paint

VT = 0x0004
"""Windows: the console's mode in which it understands the above."""


UNUSED = ("psycopg", "psycopg2")
"""Drivers that peewee loads where they are installed (+115 ms); only the hub talks to servers."""

PALETTE = "textual.command"
"""Textual's own palette, which the app never opens, imports eight widgets (25 ms)."""


BROWSER = "textual.drivers.web_driver:WebDriver"
"""The driver that `textual serve` names: it speaks with a browser's page over two pipes."""


def in_browser() -> bool:
    """Whether a browser's page is the terminal: `textual serve sitebook`."""
    return os.environ.get("TEXTUAL_DRIVER") == BROWSER


def own_size() -> None:
    """The terminal says how large it is: a shell that exports it says how large it once was."""
    if not in_browser():  # its page is as large as these say
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)


@contextmanager
def painted() -> Iterator[None]:
    """Paint at once; when the app cannot be opened, the terminal is as it was.

    No garbage is collected until the app calls `settled`: nearly all that is made meanwhile stays.
    """
    gc.disable()
    utf8()
    if sys.platform == "win32":
        _listen()
    first_paint.show()
    with _silent():
        try:
            light()
            yield
        except BaseException:
            first_paint.lift()
            raise
        finally:
            gc.enable()


def settled() -> None:
    """The first page is there: what was loaded for it is not looked at by the collector again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


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
        with suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def light() -> None:
    """Do without what this process never uses: to an importer it is not installed, or empty."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    sys.modules.setdefault(PALETTE, _Empty(PALETTE))


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


def _listen() -> None:
    """Let the Windows console understand escape sequences."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.GetStdHandle(-11)
    mode = ctypes.c_ulong()
    kernel.GetConsoleMode(handle, ctypes.byref(mode))
    kernel.SetConsoleMode(handle, mode.value | VT)
