"""Start: the console script; paints a line at once, before anything else is loaded.

Everything else is `tui.entry`. This module imports nothing of ours at the top but the paint: a
person sees the program 20 ms after pressing Enter, not 300.
"""

import sys

from tui import first_paint


def main() -> None:
    """The console script."""
    if opens_app(sys.argv[1:]) and sys.platform != "win32":
        first_paint.show()
    from tui.entry import run

    sys.exit(run(sys.argv[1:]))


def opens_app(args: list[str]) -> bool:
    """Whether these arguments open the app: none but the folder."""
    if len(args) == 2 and args[0] == "--home":
        return True
    return not args or (len(args) == 1 and args[0].startswith("--home="))
