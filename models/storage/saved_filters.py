"""Saved filters: filters with a name, in a file of the workspace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from models.storage.atomic_file import replacement
from models.text.os_errors import why
from models.text.words import Refused, W

FILE = "filters.json"
UNWRITTEN = W(
    "筛选不能写入 {path}：{reason}。请检查磁盘空间和权限。",
    "The filter cannot be written to {path}: {reason}. Check space and permissions.",
)


class Favourite(NamedTuple):
    """A filter line of one type under a name; the line is understood in both languages."""

    name: str
    type: str
    line: str


def load(home: Path) -> list[Favourite]:
    """All of them in the order in which they were named; a file that is no such list has none."""
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
        return [Favourite(*map(str, one)) for one in found if len(one) == len(Favourite._fields)]
    except (OSError, ValueError, TypeError):
        return []


def keep(home: Path, favourite: Favourite) -> None:
    """Keep one; another of the type with this name is replaced."""
    others = [one for one in load(home) if (one.type, one.name) != favourite[1::-1]]
    _save(home, [*others, favourite])


def drop(home: Path, favourite: Favourite) -> None:
    """Forget one."""
    _save(home, [one for one in load(home) if one != favourite])


def _save(home: Path, every: list[Favourite]) -> None:
    try:
        with replacement(home / FILE) as fresh:
            fresh.write_text(json.dumps(every, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise Refused(UNWRITTEN, path=FILE, reason=why(error)) from error
