"""Secret: the passphrase of the device's key, where one is set."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from models.words import Refused, W

VARIABLE = "SITEBOOK_PASSPHRASE_FILE"
ASK = W("口令", "Passphrase")
NO_WAY = W(
    "需要口令，而这里没有终端可供输入。请让 SITEBOOK_PASSPHRASE_FILE 指向存有口令的文件。",
    "A passphrase is needed and there is no terminal to ask on."
    " Let SITEBOOK_PASSPHRASE_FILE name a file that holds it.",
)
NO_FILE = W(
    "不能读取口令文件 {path}：{reason}。请检查 SITEBOOK_PASSPHRASE_FILE。",
    "The passphrase file {path} cannot be read: {reason}. Check SITEBOOK_PASSPHRASE_FILE.",
)


def passphrase(home: Path) -> str | None:
    """The passphrase of this device's key: from the file, or asked for; None where none is set."""
    from sync import keys

    who = keys.read(home)
    if who is None or not who.wrapped:
        return None
    named = os.environ.get(VARIABLE)
    if named:
        try:
            return Path(named).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused(NO_FILE, path=named, reason=_why(error)) from error
    if not sys.stdin.isatty():
        raise Refused(NO_WAY)
    import getpass

    return getpass.getpass(f"{ASK}: ", sys.stderr)


def confirm(home: Path) -> None:
    """Ask for the passphrase where one is set; `Refused` when it is wrong."""
    given = passphrase(home)
    if given is not None:
        from sync import keys

        keys.load(home, given)


def _why(error: Exception) -> object:
    return getattr(error, "strerror", None) or error
