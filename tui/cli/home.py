"""Home: which folder holds the book, and which language is spoken, before anything is loaded."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.storage import settings
from models.text.words import Lang, language

VARIABLE = "SITEBOOK_HOME"
OPTION = "--home"


def readable(arg: str) -> str:
    """An argument that the locale could not read, read as UTF-8 where it is that."""
    if any("\udc80" <= char <= "\udcff" for char in arg):
        try:
            return os.fsencode(arg).decode()
        except UnicodeError:
            return arg
    return arg


def split(args: Sequence[str]) -> tuple[str | None, list[str]]:
    """The folder named by a leading `--home`, and what comes after it."""
    home, rest = None, list(args)
    while rest and (rest[0] == OPTION or rest[0].startswith(OPTION + "=")):
        if rest[0] == OPTION and len(rest) < 2:
            break
        first, *rest = rest
        if first == OPTION:
            home, *rest = rest
        else:
            home = first.partition("=")[2]
    return home, rest


def folder(named: str | None, environ: Mapping[str, str] = os.environ) -> Path:
    """The workspace's folder: the one named, `SITEBOOK_HOME`, or the system's place for data."""
    chosen = named or environ.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return platformdirs.user_data_path("sitebook", appauthor=False)


def speak(home: Path, environ: Mapping[str, str] = os.environ) -> Lang:
    """Choose the language: the workspace's own, else the system's; returns it."""
    if (home / settings.FILE).exists():
        language.now = settings.load(home)[0].lang
    else:
        language.now = of_system(environ)
    return language.now


def of_system(environ: Mapping[str, str] = os.environ) -> Lang:
    """Chinese where the system speaks it, English everywhere else."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "zh" if environ[name].lower().startswith("zh") else "en"
    if sys.platform == "win32":  # pragma: no cover
        import ctypes

        chinese = 0x04
        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        return "zh" if primary == chinese else "en"
    return "en"
