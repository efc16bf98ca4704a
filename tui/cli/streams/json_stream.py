"""Json stream: a stream of JSON objects, one a line, read as it comes.

What has arrived is worked on together, so that a fast writer is not slowed down to one disk write
a record, and a writer that waits for each acknowledgement gets it at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol, cast

from models.book.writing.batch import alone, batch
from models.text.os_errors import why
from models.text.strict_json import reader
from models.text.words import Refused, W, say
from tui.cli.streams import output

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

CHUNK = 1 << 16
LONGEST = 4 << 20
"""Most bytes in a line: what one change may hold."""
TOGETHER = 200
"""Most lines that are worked on together."""

TOO_LONG = W("这一行超过 4 MiB", "the line is longer than 4 MiB")
NOT_UTF8 = W("这一行不是 UTF-8 文字", "the line is not UTF-8 text")
NOT_JSON = W(
    "这一行不是 JSON 对象（第 {at} 个字符附近）",
    "the line is not a JSON object (near character {at})",
)
NO_OBJECT = W("这一行应为 JSON 对象", "the line must be a JSON object")
TWICE = W("“{name}”出现了两次", "“{name}” is given twice")
NO_FILE = W(
    "不能读取 {path}：{reason}。请检查路径，或用 - 从标准输入读取。",
    "{path} cannot be read: {reason}. Check the path, or use - for standard input.",
)
BAD_LINE = W("第 {number} 行未保存：{reason}", "Line {number} was not saved: {reason}")
SOME_REFUSED = W(
    "{bad} 行未保存，其余 {good} 行已保存。",
    "{bad} lines were not saved; the other {good} were.",
)
CUT_OFF = W(
    "输出已关闭：后面的行没有再读取，已保存的记录不受影响。",
    "The output was closed. Later lines were not read; records already saved are kept.",
)

_read = reader(TWICE)

Save = Callable[[Mapping[str, Any]], str]
"""Saves what one line asks for and returns the name to acknowledge it by."""


class JsonLine(NamedTuple):
    """One line of the stream: its number from 1, and its bytes (None: it was too long)."""

    number: int
    data: bytes | None


class _Reads(Protocol):
    def read1(self, size: int, /) -> bytes: ...


def work_off(workspace: Workspace, path: str, save: Save) -> int:
    """Save line after line; returns the exit code. A refused line does not stop the others."""
    good = bad = 0
    with source(path) as stream:
        for some in batches(stream):
            saved, refused = _together(workspace, some, save)
            try:
                output.acknowledge(saved)
            except BrokenPipeError:
                output.complain(str(CUT_OFF))
                return 1
            for number, reason in refused:
                output.complain(say(BAD_LINE, number=number, reason=reason))
            good, bad = good + len(saved), bad + len(refused)
    if bad:
        output.complain(say(SOME_REFUSED, bad=bad, good=good))
    return 1 if bad else 0


def batches(stream: BinaryIO) -> Iterator[list[JsonLine]]:
    """Lines as they arrive, several together; blank ones are counted and left out."""
    rest, number, skipping = b"", 0, False
    while data := cast(_Reads, stream).read1(CHUNK):
        *whole, rest = (rest + data).split(b"\n")
        found: list[JsonLine] = []
        for line in whole:
            number += 1
            fits = not skipping and len(line) <= LONGEST
            skipping = False
            if not fits or line.strip():
                found.append(JsonLine(number, line if fits else None))
        if len(rest) > LONGEST:
            rest, skipping = b"", True
        for at in range(0, len(found), TOGETHER):
            yield found[at : at + TOGETHER]
    if rest.strip() or skipping:
        yield [JsonLine(number + 1, None if skipping else rest)]


def item(line: JsonLine) -> dict[str, Any]:
    """The object a line holds. Raises `Refused` for anything else; numbers never become floats."""
    if line.data is None:
        raise Refused(TOO_LONG)
    try:
        text = line.data.decode("utf-8-sig" if line.number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise Refused(NOT_UTF8) from None
    try:
        found = _read(text.strip())
    except json.JSONDecodeError as error:
        raise Refused(NOT_JSON, at=error.pos + 1) from None
    except (ValueError, RecursionError):
        raise Refused(NOT_JSON, at=1) from None
    if not isinstance(found, dict):
        raise Refused(NO_OBJECT)
    return found


@contextmanager
def source(path: str) -> Iterator[BinaryIO]:
    """The stream of a file, or of standard input for '-'."""
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115
    except (OSError, ValueError) as error:
        raise Refused(NO_FILE, path=path, reason=why(error)) from error
    with file:
        yield file


def _together(
    workspace: Workspace, some: list[JsonLine], save: Save
) -> tuple[list[str], list[tuple[int, str]]]:
    """Names saved, durably when this returns, and (line, reason) of those refused."""
    saved: list[str] = []
    refused: list[tuple[int, str]] = []
    with batch(workspace.book):
        for line in some:
            try:
                asked = item(line)
                with alone(workspace.book):
                    saved.append(save(asked))
            except Refused as error:
                refused.append((line.number, str(error)))
    return saved, refused
