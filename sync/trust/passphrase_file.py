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
            return file.read(LONGEST).decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(NO_FILE, path=path, reason=why(error)) from error
