"""Standard streams: there for every command, however it was started.

A script may close them (`>&-`), and a program without a window has none. A file that is opened then
takes the number of the missing one, and what is printed would go into it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

STREAMS = ("stdin", "stdout", "stderr")


def complete() -> None:
    """Put the null device where a stream is missing; no character that one lacks ends anything."""
    _fill()
    for name in STREAMS:
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        again = getattr(stream, "reconfigure", None)
        if again is not None:
            again(errors="backslashreplace")


def _fill() -> None:
    """The numbers 0 to 2 belong to no file of ours."""
    with suppress(OSError):
        number = os.open(os.devnull, os.O_RDWR)
        while number < len(STREAMS):
            number = os.open(os.devnull, os.O_RDWR)
        os.close(number)
