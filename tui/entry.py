"""Entry: what the console script runs; decides early and cheaply what to load.

A bare `sitebook` is the app; everything else is the command line, which never imports Textual.
Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from models.text.os_errors import why
from models.text.version import line
from models.text.words import Refused, W, say
from tui import first_paint
from tui.app.terminal import in_browser, painted
from tui.cli import home as place
from tui.cli.exit_codes import COMPLETE, DONE, FAILED, INTERRUPTED, MISUSED
from tui.cli.streams import standard_streams

DRIVERS = ("psycopg", "psycopg2", "psycopg2cffi", "pymysql", "MySQLdb")
NO_TERMINAL = W(
    "应用需要终端，而这里的输入或输出不是终端。脚本请用命令，见 sitebook --help。",
    "The app needs a terminal, and this is none. Scripts use commands: see sitebook --help.",
)


def run(args: Sequence[str]) -> int:
    """Do what the arguments ask; returns the exit code. Raises nothing."""
    home = Path()
    try:
        standard_streams.complete()
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
    except ImportError:
        raise  # a broken installation, which `tui.start` tells
    except OSError as error:
        return _unsaid(error, home)
    except Exception as error:
        return _crashed(error, home)


def _chosen(home: Path, rest: list[str], named: bool) -> int:
    if COMPLETE not in os.environ:
        if not rest:
            return _app(home)
        if rest == ["--version"]:
            print(line())  # noqa: T201
            return DONE
    from tui.cli.run import invoke

    with _without_drivers(rest):
        return invoke(home, rest, named=named, open_app=_opened)


@contextmanager
def _without_drivers(rest: Sequence[str]) -> Iterator[None]:
    """Hide the drivers of database servers, which Peewee would load where they are installed.

    Only the hub uses them; everywhere else they cost 0.1 s of every start.
    """
    words = [*rest, *os.environ.get("COMP_WORDS", "").split()]
    hidden = [] if "hub" in words else [name for name in DRIVERS if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


def _app(home: Path) -> int:
    if not (in_browser() or (sys.stdin.isatty() and sys.stdout.isatty())):
        _say(str(NO_TERMINAL))
        return MISUSED
    with painted(), _without_drivers(()):
        return _opened(home)


def _opened(home: Path) -> int:
    """The app on the book in this folder."""
    from tui.app.app import run as app

    return app(home, _complain)


def _unsaid(error: OSError, home: Path) -> int:
    """The output could not be written; a fault that names a file of its own is a crash."""
    from tui.cli.streams import output

    if error.filename is not None:
        return _crashed(error, home)
    _hush()
    return _say(say(output.UNWRITABLE, reason=why(error)))


def _crashed(error: Exception, home: Path) -> int:
    from tui.app.faults import crash_report

    return _say(crash_report.sentence(error, home))


def _say(sentence: str) -> int:
    first_paint.lift()
    _complain(sentence)
    try:
        sys.stdout.flush()
    except OSError:
        _hush()
    return FAILED


def _complain(sentence: str) -> None:
    from tui.cli.streams import output

    output.complain(sentence)


def _hush() -> None:
    """Nothing can be written any more: end quietly, also when Python flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
