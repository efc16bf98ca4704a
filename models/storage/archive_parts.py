"""Archive parts: a zip is unpacked part by part, and the bytes that come out are counted.

The sizes that a zip declares may be false: no limit depends on them.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from models.text.words import Refused

PIECE: Final = 1 << 20
"""Bytes unpacked at a time."""
DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression that Python does not know
    RuntimeError,  # encrypted
)

Swollen = Callable[[str, int], Refused]
"""The refusal for a part, by its name, that is larger than so many bytes."""


class ArchivePart:
    """One part while it is unpacked; it is read once, in pieces or whole."""

    def __init__(self, name: str, file: IO[bytes], most: int, swollen: Swollen) -> None:
        self.name = name
        self.size = 0
        """Bytes that have come out so far."""
        self._file, self._most, self._swollen = file, most, swollen

    def pieces(self) -> Iterator[bytes]:
        """What comes out, piece by piece. Raises `Refused` once it is more than allowed."""
        while piece := self._file.read(PIECE):
            self.size += len(piece)
            if self.size > self._most:
                raise self._swollen(self.name, self._most)
            yield piece

    def read(self) -> bytes:
        """All that comes out. Raises `Refused` as `pieces` does."""
        return b"".join(self.pieces())


@contextmanager
def opened(source: Path | IO[bytes], damaged: Refused) -> Iterator[zipfile.ZipFile]:
    """An archive to be looked through; raises `damaged` when it is none or breaks on the way."""
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except DAMAGED as error:
        raise damaged from error


def parts(
    archive: zipfile.ZipFile, most: int, allowed: Callable[[str], int], swollen: Swollen
) -> Iterator[ArchivePart]:
    """The parts in their order: `most` bytes of all together, `allowed(name)` of each.

    What the caller does not read of a part is unpacked and counted all the same.
    """
    left = most
    for member in archive.infolist():
        name = member.filename
        with archive.open(member) as file:
            part = ArchivePart(name, file, min(left, allowed(name)), swollen)
            yield part
            for _ in part.pieces():
                pass
        left -= part.size
