"""Passphrase: the passphrase of the device's key, where one is set."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from models.text.words import Refused, W
from sync.trust import device_key, passphrase_file
from tui.cli.streams import output

ASK = W("口令", "Passphrase")
ASK_FILE = W("离线同步包的口令", "Passphrase of the bundle")
AGAIN = W("再次输入口令", "Repeat the passphrase")
DIFFERENT = W(
    "两次输入的口令不同。请重新运行。", "The two passphrases differ. Run the command again."
)
EMPTY = W("口令不能为空，请输入。", "The passphrase must not be empty. Type it.")
UNREADABLE = W(
    "终端发来的口令不是 UTF-8 文字（可能只删掉了一个字的一部分），请重新输入。",
    "The passphrase that the terminal sent is not UTF-8 (half a character was deleted, perhaps)."
    " Type it again.",
)
NOT_GIVEN = W("没有输入口令，什么都没有做。", "No passphrase was entered; nothing was done.")
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
    found = _typed(ASK_NEW)
    if found != _typed(AGAIN):
        raise Refused(DIFFERENT)
    return found


def _asked(question: W) -> str:
    """From the file that the variable names, or from the terminal."""
    named = passphrase_file.read()
    if named is not None:
        return named
    if not sys.stdin.isatty():
        raise Refused(NO_WAY)
    return _typed(question)


def _typed(question: W) -> str:
    """What is typed at the terminal; asked again where that is nothing, or no text."""
    import getpass

    while True:
        try:
            found = getpass.getpass(f"{question}: ", sys.stderr)
            found.encode()
        except UnicodeError:
            _forget_typed_ahead()
            output.advise(str(UNREADABLE))
        except EOFError:
            raise Refused(NOT_GIVEN) from None
        else:
            if found:
                return found
            output.advise(str(EMPTY))


def _forget_typed_ahead() -> None:
    """What follows in the same breath is the rest of the passphrase, and no answer."""
    if sys.platform != "win32":
        import termios

        with suppress(OSError, ValueError, termios.error):
            termios.tcflush(sys.stdin, termios.TCIFLUSH)


def confirm(home: Path) -> None:
    """Ask for the passphrase where one is set; `Refused` when it is wrong."""
    given = passphrase(home)
    if given is not None:
        device_key.load(home, given)
