"""Start: the console script; paints a line at once, before anything else is loaded.

Everything else is `tui.entry`. This module imports nothing of ours at the top but the paint: a
person sees the program 20 ms after pressing Enter, not 300.
"""

import gc
import sys

from tui import first_paint

RARELY = 100_000
"""Objects after which a command looks for garbage: more than it makes to begin with, nearly all of
which stays. Looking after every 700, and at the end, took a fifteenth of `list`."""


def main() -> None:
    """The console script."""
    if not opens_app(sys.argv[1:]):
        gc.set_threshold(RARELY)
    elif sys.platform != "win32":
        first_paint.show()
    from tui.entry import run

    code = run(sys.argv[1:])
    gc.freeze()  # the end of the process frees all of it
    sys.exit(code)


def opens_app(args: list[str]) -> bool:
    """Whether these arguments open the app: none but the folder."""
    if len(args) == 2 and args[0] == "--home":
        return True
    return not args or (len(args) == 1 and args[0].startswith("--home="))
