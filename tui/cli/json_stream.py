"""Json stream: a stream of JSON objects, one a line, read as it comes.

What has arrived is worked on together, so that a fast writer is not slowed down to one disk write
a record, and a writer that waits for each acknowledgement is never kept waiting.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple, Protocol, cast

from models.text.os_errors import why
from models.text.strict_json import reader
from models.text.words import Refused, W

CHUNK = 1 << 16
LONGEST = 4 << 20
"""Most bytes in a line: what one change may hold."""
TOGETHER = 200
"""Most lines that are worked on together."""

TOO_LONG = W("这一行超过 4 MiB", "the line is longer than 4 MiB")
NOT_UTF8 = W("这一行不是 UTF-8 文字", "the line is not UTF-8 text")
NOT_JSON = W(
    "这一行不是 JSON 对象（第 {at} 个字符附近）",
    "the line is no JSON object (near character {at})",
)
NO_OBJECT = W("这一行应为 JSON 对象", "the line must be a JSON object")
TWICE = W("“{name}”出现了两次", "“{name}” stands there twice")
_read = reader(TWICE)
NO_FILE = W(
    "不能读取 {path}：{reason}。请检查路径，或用 - 从标准输入读取。",
    "{path} cannot be read: {reason}. Check the path, or use - for standard input.",
)


class JsonLine(NamedTuple):
    """One line of the stream: its number from 1, and its bytes (None: it was too long)."""

    number: int
    data: bytes | None


class _Reads(Protocol):
    def read1(self, size: int, /) -> bytes: ...


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
    import sys
    from pathlib import Path

    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115
    except (OSError, ValueError) as error:
        raise Refused(NO_FILE, path=path, reason=why(error)) from error
    with file:
        yield file
