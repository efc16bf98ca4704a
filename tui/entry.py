"""The entry behind the console script: decides early and cheaply what to load.

A bare `sitebook` is the app; everything else is the command line, which never imports Textual.
Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from models.text.os_errors import why
from models.text.words import Refused, W, say
from tui import first_paint
from tui.cli import home as place
from tui.cli.exit_codes import COMPLETE, DONE, FAILED, INTERRUPTED, MISUSED

DRIVERS = ("psycopg", "psycopg2", "psycopg2cffi", "pymysql", "MySQLdb")
NO_TERMINAL = W(
    "应用需要终端，而这里的输入或输出不是终端。脚本请用命令，见 sitebook --help。",
    "The app needs a terminal, and this is none. Scripts use commands: see sitebook --help.",
)


def run(args: Sequence[str]) -> int:
    """Do what the arguments ask; returns the exit code. Raises nothing."""
    home = Path()
    try:
        _streams()
        named, rest = place.split([place.readable(arg) for arg in args])
        home = place.folder(named)
        place.speak(home)
        code = _chosen(home, rest, named is not None)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Refused as refused:
        return _say(str(refused))
    except BrokenPipeError:
        _hush()
        return DONE
    except OSError as error:
        return _unsaid(error, home)
    except Exception as error:
        from tui.app import crash_report

        return _say(crash_report.sentence(error, home))


def _chosen(home: Path, rest: list[str], named: bool) -> int:
    if COMPLETE not in os.environ:
        if not rest:
            return _app(home)
        if rest == ["--version"]:
            from tui.cli.version import line

            print(line())  # noqa: T201
            return DONE
    _spare_drivers(rest)
    from tui.cli.run import invoke

    return invoke(home, rest, named=named)


def _spare_drivers(rest: Sequence[str]) -> None:
    """Import Peewee without the drivers of database servers, which it would load where installed.

    Only the hub uses them; everywhere else they cost 0.1 s of every start.
    """
    if "peewee" in sys.modules or rest[:1] == ["hub"] or not {*rest}.isdisjoint({"-h", "--help"}):
        return
    hidden = [name for name in DRIVERS if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    import peewee  # noqa: F401

    for name in hidden:
        del sys.modules[name]


def _app(home: Path) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _say(str(NO_TERMINAL))
        return MISUSED
    from tui.app.terminal import painted

    with painted():
        _spare_drivers(())
        from tui.app.app import run as app

        return app(home)


def _streams() -> None:
    """A character that the terminal's encoding lacks must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        again = getattr(stream, "reconfigure", None)
        if again is not None:
            again(errors="backslashreplace")


def _unsaid(error: OSError, home: Path) -> int:
    """The output could not be written; a fault that names a file of its own is a crash."""
    from tui.app import crash_report
    from tui.cli import output

    if error.filename is not None:
        return _say(crash_report.sentence(error, home))
    _hush()
    return _say(say(output.UNWRITABLE, reason=why(error)))


def _say(sentence: str) -> int:
    first_paint.lift()
    from tui.cli import output

    output.complain(sentence)
    try:
        sys.stdout.flush()
    except OSError:
        _hush()
    return FAILED


def _hush() -> None:
    """Nothing can be written any more: end quietly, also when Python flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
