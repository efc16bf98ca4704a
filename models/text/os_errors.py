"""OS errors: what the operating system says of a file, in the person's language."""

from __future__ import annotations

import errno
from typing import Final

from models.text.words import W

WORDS: Final[dict[int, W]] = {
    errno.ENOENT: W("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EACCES: W("没有权限", "it is not permitted"),
    errno.EPERM: W("没有权限", "it is not permitted"),
    errno.EROFS: W("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: W("磁盘已满", "the disk is full"),
    errno.EDQUOT: W("配额已用完", "the quota is used up"),
    errno.EFBIG: W("文件超过允许的大小", "the file is larger than allowed"),
    errno.EISDIR: W("那是一个文件夹", "it is a folder"),
    errno.ENOTDIR: W("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: W("同名文件已存在", "there is a file of that name"),
    errno.ENAMETOOLONG: W("文件名太长", "the name is too long"),
    errno.EIO: W("磁盘读写出错", "the disk failed"),
    errno.EBUSY: W("正被别的程序使用", "another program is using it"),
}
"""What people meet; anything else is said as the system says it."""


def why(error: Exception) -> object:
    """The reason to put into a sentence."""
    number = getattr(error, "errno", None)
    known = WORDS.get(number) if number is not None else None
    return known or getattr(error, "strerror", None) or error
