"""A file that a person asked for, written whole or not at all, never over another one unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.text.os_errors import why
from models.text.words import Refused, W

EXISTS = W(
    "文件 {file} 已存在，没有覆盖。要覆盖请加 --force。",
    "The file {file} exists and was not overwritten. Use --force to overwrite it.",
)
CANNOT_WRITE = W(
    "不能写入 {file}：{reason}。请检查磁盘空间和文件夹权限。",
    "Cannot write {file}: {reason}. Check the disk space and the folder's permissions.",
)


@contextmanager
def whole(path: Path, *, force: bool) -> Iterator[Path]:
    """A file beside the wanted one that takes its name when the block ends well."""
    if path.exists() and not force:
        raise Refused(EXISTS, file=path.name)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield fresh
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        if path.exists() and not force:
            raise Refused(EXISTS, file=path.name)
        fresh.replace(path)
    except OSError as error:
        raise Refused(CANNOT_WRITE, file=path.name, reason=why(error)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
