"""Atomic file: the one writer of whole files. After a power cut a file is the old one or the new.

The bytes go to another file of the same folder, then to the disk; then that file gets the wanted
name, and the folder, which has the name, goes to the disk as well. Small files of a workspace that
several processes change are written under one lock.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from models.storage.write_lock import WriteLock
from models.text.os_errors import why
from models.text.words import Refused, W

LOCK = "device.lock"
LOCK_SECONDS = 10.0
PRIVATE, USUAL = 0o600, 0o666
"""Modes of new files: for their owner only, or what the person's umask leaves."""

CANNOT_WRITE = W(
    "不能写入 {path}：{reason}。请检查磁盘空间和文件夹权限后再试。",
    "Cannot write {path}: {reason}. Check the disk space and the folder's permissions, try again.",
)
BUSY = W(
    "另一个程序占用着文件夹 {path}。请关闭它或稍后再试。",
    "Another program keeps the folder {path} busy. Close it or try again later.",
)
NOT_PLAIN = W("不是普通文件", "it is no plain file")
EXISTS = W(
    "文件 {path} 已存在，没有覆盖。要覆盖请加 --force。",
    "The file {path} exists and was not overwritten. Use --force to overwrite it.",
)


@contextmanager
def held(home: Path) -> Iterator[None]:
    """The lock of a workspace's small files; `Refused` when it is not had in time."""
    lock = WriteLock(home / LOCK, LOCK_SECONDS)
    try:
        try:
            make_folder(home)
            lock.take()
        except TimeoutError:
            raise Refused(BUSY, path=home.name) from None
        except OSError as error:
            raise Refused(CANNOT_WRITE, path=home.name, reason=why(error)) from error
        yield
    finally:
        lock.close()


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by these bytes, readable by its owner only (where files have modes).

    Call it inside `held`. Raises `Refused` when that fails; the old file is left.
    """
    try:
        with replacement(path, path.name + ".tmp") as fresh:
            fresh.write_bytes(data)
    except OSError as error:
        raise Refused(CANNOT_WRITE, path=path.name, reason=why(error)) from error


@contextmanager
def whole(path: Path, *, force: bool) -> Iterator[Path]:
    """The path of a file that takes the place of one a person asked for when the block ends well.

    Raises `Refused` where another file has that name, unless `force` is set.
    """
    if path.exists() and not force:
        raise Refused(EXISTS, path=path.name)
    try:
        with replacement(path, mode=USUAL) as fresh:
            yield fresh
            if path.exists() and not force:
                raise Refused(EXISTS, path=path.name)
    except OSError as error:
        raise Refused(CANNOT_WRITE, path=path.name, reason=why(error)) from error


@contextmanager
def replacement(path: Path, name: str = "", mode: int = PRIVATE) -> Iterator[Path]:
    """The path of an empty file in the same folder that takes the place of `path` at the end.

    It is made here under a random name and follows no link. `name` is another one, for a folder of
    our own: what an interrupted write left under it is removed. A block that fails leaves
    the old file and no other one. Raises `OSError` as the disk does.
    """
    fresh = path.with_name(name or f"{path.name[:80]}.{os.urandom(8).hex()}.tmp")
    try:
        if name:
            fresh.unlink(missing_ok=True)
        create(fresh, mode).close()
        yield fresh
        put_in_place(fresh, path)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def create(path: Path, mode: int = PRIVATE) -> BinaryIO:
    """A new file to write; `FileExistsError` where anything has that name, a link as well."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, mode), "wb")


def make_folder(path: Path) -> None:
    """A folder that only its owner may enter, with those above it, where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)


def open_plain(path: Path, *, follow: bool = False) -> BinaryIO:
    """A plain file to read. Raises `OSError` for a pipe, a device or a folder, without waiting.

    A link is followed only where a person named the file.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags if follow else flags | getattr(os, "O_NOFOLLOW", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, str(NOT_PLAIN))
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def put_in_place(fresh: Path, path: Path) -> None:
    """Give a file that was written its name, both on the disk before this returns."""
    to_disk(fresh)
    fresh.replace(path)
    sync_folder(path.parent)


def to_disk(path: Path) -> None:
    """Make the bytes of a file last."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last; Windows can open no folder and needs no such call."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
