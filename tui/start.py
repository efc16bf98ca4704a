"""Start: the console script; paints a line at once, before anything else is loaded.

Everything else is `tui.entry`. This module imports nothing of ours at the top but the paint: a
person sees the program 20 ms after pressing Enter, not 300.
"""

import gc
import os
import sys

from tui import first_paint

BROKEN = (
    "sitebook: 程序不完整，缺少 {name}。请重新安装 sitebook。\n"
    "sitebook: the installation is broken: {name} is missing. Install sitebook again.\n"
)
"""Said in both languages: what knows the person's language may be what is missing."""
COVERED = (
    "sitebook: 目录 {folder} 遮住了程序自己的 {name}。请检查 PYTHONPATH，或重新安装 sitebook。\n"
    "sitebook: the folder {folder} hides the program's own {name}. Check PYTHONPATH, or install"
    " sitebook again.\n"
)
OURS = ("models", "sync", "tui")
RARELY = 100_000
"""Objects after which a command looks for garbage: more than it makes to begin with, nearly all of
which stays. Looking after every 700, and at the end, took a fifteenth of `list`."""


def main() -> None:
    """The console script."""
    if not opens_app(sys.argv[1:]):
        gc.set_threshold(RARELY)
    elif sys.platform != "win32":
        first_paint.show()
    try:
        from tui.entry import run

        code = run(sys.argv[1:])
    except ImportError as error:
        first_paint.lift()
        sys.stderr.write(broken(error))
        sys.exit(1)
    gc.freeze()  # the end of the process frees all of it
    sys.exit(code)


def opens_app(args: list[str]) -> bool:
    """Whether these arguments open the app: none but the folder."""
    if len(args) == 2 and args[0] == "--home":
        return True
    return not args or (len(args) == 1 and args[0].startswith("--home="))


def broken(error: ImportError) -> str:
    """What is missing, or which folder hides a part of this program."""
    name = ascii(error.name or "")[1:-1] or "?"
    part = sys.modules.get(name.partition(".")[0])
    own, found = folder(sys.modules[__name__]), folder(part)
    if name.partition(".")[0] in OURS and found not in (own, ""):
        return COVERED.format(folder=ascii(found)[1:-1], name=name)
    return BROKEN.format(name=name)


def folder(module: object) -> str:
    """Where a package of ours would lie, if this module is one or a part of one."""
    file = str(getattr(module, "__file__", None) or "")
    return os.path.dirname(os.path.dirname(file))  # noqa: PTH120
