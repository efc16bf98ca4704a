"""The console entry: paints a line at once, before anything but the interpreter is loaded.

Everything else is `tui.entry`. This module imports nothing of ours at the top, and of Python only
what is loaded anyway: a person sees the program 20 ms after pressing Enter, not 300.
"""

import os
import sys

ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H"
"""The alternate screen, no cursor, empty; Textual enters it once more, which changes nothing."""
LEAVE = "\x1b[?1049l\x1b[?25h"

_shown = False


def main() -> None:
    """The console script."""
    if opens_app(sys.argv[1:]) and sys.platform != "win32":
        show()
    from tui.entry import run

    sys.exit(run(sys.argv[1:]))


def opens_app(args: list[str]) -> bool:
    """Whether these arguments open the app: none but the folder."""
    if len(args) == 2 and args[0] == "--home":
        return True
    return not args or (len(args) == 1 and args[0].startswith("--home="))


def show() -> None:
    """Paint, where there is a terminal. Plain ASCII: what the terminal reads is not known yet."""
    global _shown
    if not _shown and "_SITEBOOK_COMPLETE" not in os.environ:
        _shown = os.isatty(0) and os.isatty(1) and _write(f"{ENTER}\x1b[1m sitebook\x1b[0m")


def lift() -> None:
    """Give the screen back as it was, where it was painted."""
    global _shown
    if _shown:
        _shown = False
        _write(LEAVE)


def _write(text: str) -> bool:
    try:
        os.write(1, text.encode())
    except OSError:
        return False
    return True
