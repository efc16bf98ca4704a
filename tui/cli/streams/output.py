"""Output: what a command prints. Text for people is cleaned; JSON for scripts is plain ASCII."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from models.text.os_errors import why
from models.text.words import Refused, W
from tui.display.terminal_text import cut, pad, show, width

NO_LIMIT = 1 << 20
LONGEST = 2000
"""Most terminal cells of a sentence: what it quotes may be as long as a record's text."""
GAP = "  "


UNWRITABLE = W(
    "不能写出结果：{reason}。请检查输出的位置、磁盘是否已满。",
    "The output cannot be written: {reason}. Check the destination and whether the disk is full.",
)


_encode = json.JSONEncoder(ensure_ascii=True).encode


class Unwritable(Refused):
    """The output cannot be written; a closed pipe is `BrokenPipeError` and no failure."""


def put(text: str = "") -> None:
    """A line, or several, for people."""
    _write(show(text) + "\n")


def row(*cells: tuple[str, int]) -> None:
    """One line of a table: (text, width in terminal cells); nothing is cut, the last not padded."""
    shown = [(cut(text, NO_LIMIT), wide) for text, wide in cells]
    parts = [pad(text, wide) for text, wide in shown[:-1]]
    _write(GAP.join([*parts, shown[-1][0]]).rstrip() + "\n")


def table(rows: Sequence[Sequence[str]]) -> None:
    """A small table, its columns as wide as their widest cell."""
    wide = [
        max(width(cut(text, NO_LIMIT)) for text in column) for column in zip(*rows, strict=True)
    ]
    for cells in rows:
        row(*zip(cells, wide, strict=True))


def emit(value: Any) -> None:
    """One JSON object on one line, ASCII only, so that it is safe on every terminal and pipe."""
    _write(_encode(value) + "\n")


def acknowledge(names: Iterable[str]) -> None:
    """'ACK <name>' for each, handed to the reader at once; UTF-8 whatever the locale."""
    lines = "".join(f"ACK {show(name)}\n" for name in names)
    with _writing():
        sys.stdout.flush()
        sys.stdout.buffer.write(lines.encode())
        sys.stdout.buffer.flush()


def flush() -> None:
    """Hand everything written to the reader."""
    with _writing():
        sys.stdout.flush()


def complain(text: str) -> None:
    """One sentence on one line of the error stream, after what was printed before."""
    advise(cut(" ".join(show(text).split("\n")), LONGEST))


def advise(text: str) -> None:
    """Several lines on the error stream."""
    with suppress(OSError, Refused):
        flush()
    with suppress(OSError):  # the stream is closed: the exit code is left
        sys.stderr.write(show(text) + "\n")
        sys.stderr.flush()


def shares() -> Callable[[float], None] | None:
    """The function that shows the share done, 0 to 1; None without a terminal."""
    if not sys.stderr.isatty():
        return None

    def tell(share: float) -> None:
        sys.stderr.write(f"\r{min(share, 1.0):4.0%} \r")
        sys.stderr.flush()

    return tell


def _write(text: str) -> None:
    with _writing():
        sys.stdout.write(text)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno == errno.EINVAL and os.name == "nt":  # what a closed pipe is there
            raise BrokenPipeError from error
        raise Unwritable(UNWRITABLE, reason=why(error)) from error
