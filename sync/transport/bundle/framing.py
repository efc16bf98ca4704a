"""Framing: the outer form of a bundle file, whole and signed or not a bundle at all.

A line that names the format, then frames of (kind, length, bytes), the last of which has the
totals: how many, how long, their SHA-256, and the writing device's signature over these. So a
short file is known to be short, and a changed byte is known before anything is opened.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from models.storage import format
from models.storage.atomic_file import open_plain
from models.text.os_errors import why
from models.text.words import Refused, W
from sync.trust.signature import Signer, signed

NAME = b"sitebook bundle "
MAGIC = NAME + b"%d\n" % format.FORMAT
"""The first line: what it is, and the number of its format."""
_FIRST = len(NAME) + 12
"""Most bytes of a first line."""
HEADER, LOCK, MEMBERS, PART, FILE, END = b"HLMSFE"
LONGEST = 40 << 20
"""Most bytes of a frame: a file of the greatest size, in its box."""
MOST = 1_000_000
_HEAD = struct.Struct(">BI")
_DOMAIN = b"sitebook/bundle/1\0"

DAMAGED = W(
    "离线同步包 {name} 损坏或不完整，没有读入任何内容。请重新写一份或重新复制。",
    "The bundle {name} is damaged or incomplete; nothing was read. Write or copy it again.",
)
NO_BUNDLE = W(
    "{name} 不是 sitebook 的离线同步包，没有读入任何内容。请检查文件名。",
    "{name} is no bundle of sitebook; nothing was read. Check the file's name.",
)
CANNOT_READ = W(
    "不能读取 {name}：{reason}。请检查 U 盘是否还在，再试一次。",
    "Cannot read {name}: {reason}. Check that the stick is still there and try again.",
)


class Frame(NamedTuple):
    """The place of one frame in the file, and the digest of its bytes."""

    kind: int
    start: int
    size: int
    digest: bytes


class FrameWriter:
    """Writes frames and, at the end, the totals."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._count = self._size = 0
        self._put(MAGIC)

    def frame(self, kind: int, data: bytes) -> None:
        """One frame."""
        self._put(_HEAD.pack(kind, len(data)))
        self._put(data)
        self._count += 1

    def end(self, signer: Signer) -> None:
        """The totals."""
        totals = _totals(self._count, self._size, self._digest.digest())
        data = totals + signer.sign(_DOMAIN + totals)
        self._file.write(_HEAD.pack(END, len(data)) + data)

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._size += len(data)


class Scanned:
    """A file whose frames were all read once and found as they were written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.frames: list[Frame] = []
        self._totals = self._signature = b""
        try:
            with open_plain(path, follow=True) as file:
                self._scan(file)
        except OSError as error:
            raise self._gone(error) from error

    def signed_by(self, public: bytes) -> bool:
        """Whether the owner of this key wrote these very bytes."""
        return signed(public, _DOMAIN + self._totals, self._signature)

    def of(self, kind: int) -> Iterator[Frame]:
        """The frames of a kind, in order."""
        return (one for one in self.frames if one.kind == kind)

    def read(self, frame: Frame) -> bytes:
        """A frame's bytes, the same as when the file was scanned."""
        try:
            with open_plain(self.path, follow=True) as file:
                file.seek(frame.start)
                data = file.read(frame.size)
        except OSError as error:
            raise self._gone(error) from error
        return data if hashlib.sha256(data).digest() == frame.digest else self.damaged()

    def damaged(self) -> Any:
        """Refuse the file."""
        raise Refused(DAMAGED, name=self.path.name)

    def _gone(self, error: OSError) -> Refused:
        return Refused(CANNOT_READ, name=self.path.name, reason=why(error))

    def _scan(self, file: BinaryIO) -> None:
        line = accepted(file, self.path)
        digest, at = hashlib.sha256(line), len(line)
        while True:
            head = file.read(_HEAD.size)
            if len(head) < _HEAD.size:
                self.damaged()
            kind, size = _HEAD.unpack(head)
            data = file.read(size) if size <= LONGEST else b""
            if len(data) < size or len(self.frames) >= MOST:
                self.damaged()
            if kind == END:
                break
            digest.update(head)
            digest.update(data)
            here = at + _HEAD.size
            self.frames.append(Frame(kind, here, size, hashlib.sha256(data).digest()))
            at = here + size
        self._totals, self._signature = data[:-64], data[-64:]
        if self._totals != _totals(len(self.frames), at, digest.digest()) or file.read(1):
            self.damaged()


def accepted(file: BinaryIO, path: Path) -> bytes:
    """The first line of a bundle; `Refused` for another file, or a format not known here."""
    line = file.readline(_FIRST)
    if not line.startswith(NAME) and not NAME.startswith(line):
        raise Refused(NO_BUNDLE, name=path.name)
    number = line[len(NAME) :].rstrip(b"\n")
    if not line.endswith(b"\n") or (number and not number.isdigit()):
        raise Refused(DAMAGED, name=path.name)
    format.accept("bundle", path.name, int(number or 0))
    return line


def _totals(count: int, size: int, digest: bytes) -> bytes:
    return struct.pack(">QQ", count, size) + digest
