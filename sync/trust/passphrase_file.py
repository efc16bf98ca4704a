"""Passphrase file: where scripts keep the passphrase, named by `SITEBOOK_PASSPHRASE_FILE`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from models.text.os_errors import why
from models.text.words import Refused, W

VARIABLE = "SITEBOOK_PASSPHRASE_FILE"
NO_FILE = W(
    "不能读取口令文件 {path}：{reason}。请检查 SITEBOOK_PASSPHRASE_FILE。",
    "The passphrase file {path} cannot be read: {reason}. Check SITEBOOK_PASSPHRASE_FILE.",
)


def read(environ: Mapping[str, str] = os.environ) -> str | None:
    """What the named file holds, without its last newline; None where no file is named.

    Raises `Refused` for a file that cannot be read or is not UTF-8.
    """
    path = environ.get(VARIABLE)
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(NO_FILE, path=path, reason=why(error)) from error
