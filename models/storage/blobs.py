"""Blobs: the bytes of attachments, in files named by their SHA-256.

A name that came with a file is a label only, never a path.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO

from models.frozen import NamedTuple
from models.storage.atomic_file import create, make_folder, put_in_place, sync_folder
from models.text.os_errors import why
from models.text.words import Refused, W

FOLDER = "files"
LIMIT = 25 << 20
"""Most bytes in one attachment."""
BLOCK = 1 << 20
SUM = re.compile(r"[0-9a-f]{64}")
LABEL = 200
"""Most characters in a file's name."""

NO_FILE = W(
    "不能读取文件 {path}：{reason}。请检查路径和权限。",
    "Cannot read the file {path}: {reason}. Check the path and the permissions.",
)
NO_PLAIN_FILE = W(
    "{path} 不是普通文件。请选择一个文件。",
    "{path} is not a plain file. Choose a file.",
)
TOO_BIG = W(
    "{path} 超过 {limit} MiB，不能附上。请压缩或分成几个文件。",
    "{path} is larger than {limit} MiB and cannot be attached. Compress it or split it.",
)
CANNOT_KEEP = W(
    "不能在 {path} 中保存文件：{reason}。没有附上。",
    "Cannot keep the file in {path}: {reason}. Nothing was attached.",
)


class StoredBlob(NamedTuple):
    """A file in safe keeping."""

    sha256: str
    size: int


def keep(home: Path, source: Path) -> StoredBlob:
    """Copy a file's bytes into the workspace, on the disk before this returns.

    Raises `Refused` when it cannot be read, is no plain file or too large, or the disk is full.
    """
    try:
        if source.exists() and not source.is_file():
            raise Refused(NO_PLAIN_FILE, path=source)
        with source.open("rb") as file:
            return _store(home, file, source)
    except (OSError, ValueError) as error:  # ValueError: no system has such a name
        raise Refused(NO_FILE, path=source, reason=why(error)) from error


def keep_bytes(home: Path, content: bytes, name: str) -> StoredBlob:
    """The same for bytes that are made here; `name` is for the sentence when they are refused."""
    return _store(home, BytesIO(content), Path(name))


def place(home: Path, sha256: str) -> Path:
    """The file for the bytes with this checksum, whether it is there or not.

    A record from another device may have any text as its checksum; for such a text there is no
    file.
    """
    if not SUM.fullmatch(sha256):
        return home / FOLDER / "nowhere"
    return home / FOLDER / sha256[:2] / sha256


def whole(home: Path, sha256: str) -> bool | None:
    """Whether the bytes here are the right ones; None when they are not here."""
    digest = hashlib.sha256()
    try:
        with place(home, sha256).open("rb") as file:
            for block in _blocks(file):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest() == sha256


def label(path: str) -> str:
    """The name of a file as a label: the last part of its path, of either kind, shortened."""
    name = path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    line = " ".join(name.split()) or "-"
    return line if len(line) <= LABEL else line[: LABEL - 20] + "…" + line[-19:]


def _store(home: Path, file: IO[bytes], source: Path) -> StoredBlob:
    folder = home / FOLDER
    fresh = folder / f"{os.urandom(8).hex()}.tmp"
    try:
        make_folder(folder)
        digest, size = hashlib.sha256(), 0
        with create(fresh) as out:
            for block in _blocks(file):
                size += len(block)
                if size > LIMIT:
                    raise Refused(TOO_BIG, path=source, limit=LIMIT >> 20)
                digest.update(block)
                out.write(block)
        final = place(home, digest.hexdigest())
        make_folder(final.parent)
        put_in_place(fresh, final)
        sync_folder(folder)
    except OSError as error:
        raise Refused(CANNOT_KEEP, path=folder, reason=why(error)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return StoredBlob(digest.hexdigest(), size)


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block
