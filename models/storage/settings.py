"""Settings of one workspace: a small TOML file in its folder that a person may edit."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from models.frozen import Frozen
from models.storage.atomic_file import replacement
from models.text.os_errors import why
from models.text.words import Lang, Refused, W

FILE = "settings.toml"
OLD = f"{FILE}.old"
ENCODING = "utf-8-sig"
"""UTF-8; Windows' editors put a mark before it."""
UNREADABLE = W(
    "设置文件 {path} 第 {line} 行附近写错了，暂用默认设置。请改正它；在这里改设置时，原文件"
    "改名为 {old}。",
    "The settings file {path} has a mistake near line {line}; defaults are used. Mend it; when a"
    " setting is changed here, the file is renamed to {old}.",
)
NO_TEXT = W(
    "设置文件 {path} 不是 UTF-8 文字或不能读取，暂用默认设置。请另存为 UTF-8；在这里改设置时，"
    "原文件改名为 {old}。",
    "The settings file {path} is not UTF-8 text or cannot be read; defaults are used. Save it as"
    " UTF-8; when a setting is changed here, the file is renamed to {old}.",
)
UNWRITTEN = W(
    "设置不能写入 {path}：{reason}。请检查磁盘空间和权限。",
    "The settings cannot be written to {path}: {reason}. Check space and permissions.",
)


class Settings(Frozen):
    """What a person chose; every value has a working default."""

    lang: Lang = "zh"
    theme: str = "sitebook-dark"
    project: str = ""
    """The default project's id; '' asks or takes the only one."""
    letters: bool = True
    """Letter keys (j, k, n, e …) act in lists; every command has another key as well."""
    ascii: bool = False
    """Plain ASCII borders and marks, for terminals that draw ambiguous glyphs two cells wide."""
    weekly_due: str = "12:00"
    """When the weekly status is due, on the first working day after its week."""
    background: bool = True
    """Sync by itself with the hub or folder that was used last."""
    lock_minutes: int = 10
    """Minutes without a key after which the app asks for the passphrase, where one is set; 0 never.
    """
    zone: str = "Asia/Shanghai"
    """The workspace's one time zone: it fixes business days, weeks and quarters."""


def load(home: Path) -> tuple[Settings, list[str]]:
    """The settings and warnings about what could not be understood; never raises."""
    try:
        text = (home / FILE).read_text(encoding=ENCODING)
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError):
        return Settings(), [str(Refused(NO_TEXT, path=FILE, old=OLD))]
    return _parsed(text) if text.strip() else (Settings(), [])


def _parsed(text: str) -> tuple[Settings, list[str]]:
    import tomllib

    try:
        return _from(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))  # before 3.14 the text alone says it
        line = found[1] if found is not None else text.count("\n") + 1  # at the end of the file
        return Settings(), [str(Refused(UNREADABLE, path=FILE, line=line, old=OLD))]


def _from(data: dict[str, Any]) -> tuple[Settings, list[str]]:
    found, warnings = Settings(), list[str]()
    known = {name: type(getattr(found, name)) for name in Settings.attributes()}
    for name, value in data.items():
        if known.get(name) is type(value) and (name != "lang" or value in ("zh", "en")):
            found = found.but(**{name: value})
        else:
            strange = W(
                "设置“{name}”不认识或值不对，已忽略。",
                "The setting “{name}” is not understood; ignored.",
            )
            warnings.append(str(Refused(strange, name=name)))
    return found, warnings


def save(home: Path, settings: Settings) -> None:
    """Write what differs from the defaults, keeping the person's own lines and comments.

    A file that cannot be parsed is renamed to `settings.toml.old`. Raises `Refused`
    when nothing can be written.
    """
    import tomlkit

    path = home / FILE
    try:
        text = tomlkit.parse(path.read_text(encoding=ENCODING))
    except FileNotFoundError:
        text = tomlkit.document()
    except (OSError, ValueError):
        text = tomlkit.document()
        with suppress(OSError):
            path.replace(path.with_name(OLD))
    usual = Settings()
    for name in Settings.attributes():
        value = getattr(settings, name)
        if name in text or value != getattr(usual, name):
            text[name] = value
    try:
        with replacement(path) as fresh:
            fresh.write_text(tomlkit.dumps(text), encoding="utf-8")
    except OSError as error:
        raise Refused(UNWRITTEN, path=path, reason=why(error)) from error
