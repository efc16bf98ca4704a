"""The first paint: one line on the terminal before anything but the interpreter is loaded.

This module imports of Python only what is loaded anyway, and nothing of ours.
"""

import _signal  # type: ignore[import-not-found]
import os
import sys

ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H"
"""The alternate screen, no cursor, empty; Textual enters it once more, which changes nothing."""
LEAVE = "\x1b[?1049l\x1b[?25h"
ENDING = ("SIGTERM", "SIGHUP")
"""Signals that end the program with the screen given back."""

_shown = False


def show() -> None:
    """Paint, where there is a terminal. Plain ASCII: what the terminal reads is not known yet."""
    global _shown
    if not _shown and "_SITEBOOK_COMPLETE" not in os.environ:
        _shown = os.isatty(0) and os.isatty(1)
        for name in ENDING if _shown else ():  # first: a signal may come right after the paint
            number = getattr(_signal, name, None)
            if number is not None and _signal.getsignal(number) == _signal.SIG_DFL:
                _signal.signal(number, _end)
        _shown = _shown and _write(f"{ENTER}\x1b[1m sitebook\x1b[0m")


def lift() -> None:
    """Give the screen back as it was, where it was painted."""
    global _shown
    if _shown:
        _shown = False
        _write(LEAVE)


def _end(number: int, _frame: object) -> None:
    """A signal before the app listens to it: give the screen back, and end as it would."""
    lift()
    sys.exit(128 + number)


def _write(text: str) -> bool:
    try:
        os.write(1, text.encode())
    except OSError:
        return False
    return True
