"""Atomic file: small files beside the database, written whole or not at all, under one lock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.text.os_errors import why
from models.text.words import Refused, W

LOCK_SECONDS = 10.0

CANNOT_WRITE = W(
    "不能写入 {path}：{reason}。请检查磁盘空间和文件夹权限后再试。",
    "Cannot write {path}: {reason}. Check the disk space and the folder's permissions, try again.",
)
BUSY = W(
    "另一个程序占用着文件夹 {path}。请关闭它或稍后再试。",
    "Another program keeps the folder {path} busy. Close it or try again later.",
)


@contextmanager
def held(home: Path) -> Iterator[None]:
    """The lock of a workspace's small files; `Refused` when it is not had in time."""
    from filelock import FileLock, Timeout

    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(home / "device.lock"), timeout=LOCK_SECONDS).acquire()
    except Timeout:
        raise Refused(BUSY, path=home.name) from None
    except OSError as error:
        raise Refused(CANNOT_WRITE, path=home.name, reason=why(error)) from error
    with lock:
        yield


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by these bytes, readable by its owner only (where files have modes).

    After a power cut the file is the old one or the new one. Call it inside `held`.
    """
    fresh = path.with_name(path.name + ".tmp")
    try:
        fresh.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise Refused(CANNOT_WRITE, path=path.name, reason=why(error)) from error


def _sync_folder(folder: Path) -> None:
    """Make a rename last; folders cannot be opened on Windows, which needs no such call."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
