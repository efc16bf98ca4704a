"""Passphrase: the passphrase of the device's key, where one is set."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from models.text.words import Refused, W
from sync.trust import device_key, passphrase_file

ASK = W("口令", "Passphrase")
ASK_FILE = W("离线同步包的口令", "Passphrase of the bundle")
AGAIN = W("再次输入口令", "Repeat the passphrase")
DIFFERENT = W(
    "两次输入的口令不同。请重新运行。", "The two passphrases differ. Run the command again."
)
ASK_NEW = W("新口令", "New passphrase")
NO_NEW = W(
    "需要新口令，而这里没有终端可供输入。请用 --new 写明存有新口令的文件。",
    "A new passphrase is needed, and there is no terminal to enter it. Name a file that contains it"
    " by --new.",
)
NO_WAY = W(
    "需要口令，而这里没有终端可供输入。请把 SITEBOOK_PASSPHRASE_FILE 设为存有口令的文件。",
    "A passphrase is needed, and there is no terminal to enter it. Set"
    " SITEBOOK_PASSPHRASE_FILE to a file that contains it.",
)


def passphrase(home: Path) -> str | None:
    """The passphrase of this device's key: from the file, or asked for; None where none is set."""
    who = device_key.read(home)
    if who is None or not who.wrapped:
        return None
    return _asked(ASK)


def of_file(*, again: bool = False) -> str:
    """The passphrase of a bundle file: from the same file, or asked for (twice for a new one)."""
    found = _asked(ASK_FILE)
    if again and passphrase_file.VARIABLE not in os.environ and found != _asked(AGAIN):
        raise Refused(DIFFERENT)
    return found


def fresh(file: Path | None, *, from_variable: bool) -> str:
    """A new passphrase of the key: from a file, or typed twice.

    `from_variable`: the file that the environment names holds it, since there is no old one.
    """
    if file is not None:
        return passphrase_file.content(file)
    named = passphrase_file.read() if from_variable else None
    if named is not None:
        return named
    if not sys.stdin.isatty():
        raise Refused(NO_WAY if from_variable else NO_NEW)
    import getpass

    found = getpass.getpass(f"{ASK_NEW}: ", sys.stderr)
    if found != getpass.getpass(f"{AGAIN}: ", sys.stderr):
        raise Refused(DIFFERENT)
    return found


def _asked(question: W) -> str:
    """From the file that the variable names, or from the terminal."""
    named = passphrase_file.read()
    if named is not None:
        return named
    if not sys.stdin.isatty():
        raise Refused(NO_WAY)
    import getpass

    return getpass.getpass(f"{question}: ", sys.stderr)


def confirm(home: Path) -> None:
    """Ask for the passphrase where one is set; `Refused` when it is wrong."""
    given = passphrase(home)
    if given is not None:
        device_key.load(home, given)
