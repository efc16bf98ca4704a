"""Passphrase file: where scripts keep the passphrase, named by `SITEBOOK_PASSPHRASE_FILE`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from models.storage.atomic_file import open_plain
from models.text.os_errors import why
from models.text.words import Refused, W

VARIABLE = "SITEBOOK_PASSPHRASE_FILE"
LONGEST = 64 << 10
"""Most bytes of a passphrase file."""
NO_FILE = W(
    "不能读取口令文件 {path}：{reason}。请检查路径，或 SITEBOOK_PASSPHRASE_FILE。",
    "The passphrase file {path} cannot be read: {reason}. Check its path, or"
    " SITEBOOK_PASSPHRASE_FILE.",
)
NOT_UTF8 = W(
    "口令文件 {path} 不是 UTF-8 文字。请另存为 UTF-8，或检查 SITEBOOK_PASSPHRASE_FILE。",
    "The passphrase file {path} is not UTF-8 text. Save it as UTF-8, or check"
    " SITEBOOK_PASSPHRASE_FILE.",
)


def read(environ: Mapping[str, str] = os.environ) -> str | None:
    """What the named file holds, without its last newline; None where no file is named.

    Raises `Refused` for a file that cannot be read or is not UTF-8.
    """
    path = environ.get(VARIABLE)
    return content(Path(path)) if path else None


def content(path: Path) -> str:
    """What a file of a passphrase holds, without its last newline. Raises `Refused` as `read`."""
    try:
        with open_plain(path, follow=True) as file:
            return file.read(LONGEST).decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Refused(NOT_UTF8, path=path) from None
    except OSError as error:
        raise Refused(NO_FILE, path=path, reason=why(error)) from error
