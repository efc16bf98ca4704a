"""Drafts: what is typed and not yet saved, one small file each, outside the database and the log.

A draft names its form by a key. It keeps values and half-typed texts by field name, whatever the
record type declares today, so a changed or retired type takes nothing with it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from models.storage.atomic_file import make_folder, replacement
from models.text.os_errors import why
from models.text.words import Refused, W

FOLDER = "drafts"
NOT_KEPT = W(
    "草稿没有写到磁盘：{reason}。请先保存（Ctrl+S）或腾出空间；输入的内容还在屏幕上。",
    "The draft is not on the disk: {reason}. Save now (Ctrl+S) or free some space; what you typed "
    "is still on the screen.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """The content of one form when it was last saved as a draft."""

    key: str
    """Names the form, so that the same form finds it again."""
    type: str
    values: Mapping[str, Any] = field(default_factory=dict)
    """Changed fields as they would be saved."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Changed fields whose text is no value (yet)."""
    start: Mapping[str, Any] = field(default_factory=dict)
    """What a new record's form was opened with."""
    record: str | None = None
    move: str | None = None
    project: str | None = None
    base: str | None = None
    """The record's `dots` when the form was opened: the versions that the person read."""
    left: bool = False
    """Whether the person left the form; a crash or the end of the app leaves it False."""
    at: int = 0
    """When it was saved, ms UTC."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further content that a newer version wrote."""


class Drafts:
    """The drafts of one workspace; safe to use from several threads, one writer per key."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def keep(self, draft: FormDraft) -> FormDraft:
        """Put a draft on the disk, whole or not at all. Raises `Refused` when the disk fails."""
        draft = replace(draft, at=draft.at or time.time_ns() // 1_000_000)
        plain = asdict(draft)
        text = json.dumps(plain.pop("more") | plain)  # ASCII: a broken character is kept as well
        try:
            make_folder(self.folder)
            with replacement(self._path(draft.key)) as fresh:
                fresh.write_text(text, encoding="utf-8")
        except OSError as error:
            raise Refused(NOT_KEPT, reason=why(error)) from error
        return draft

    def get(self, key: str) -> FormDraft | None:
        """The draft of this form, or None."""
        found = _read(self._path(key))
        return found if found is not None and found.key == key else None

    def drop(self, key: str) -> None:
        """Forget a draft: it was saved or thrown away."""
        with suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    def all(self) -> list[FormDraft]:
        """Every draft, the newest first; a file that cannot be read is left where it is."""
        try:
            paths = [path for path in self.folder.iterdir() if path.suffix == ".json"]
        except OSError:
            return []
        found = [draft for path in paths if (draft := _read(path)) is not None]
        return sorted(found, key=lambda draft: -draft.at)

    def _path(self, key: str) -> Path:
        """A file name made from the key alone: keys hold names from data, never paths."""
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"


def _read(path: Path) -> FormDraft | None:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        known = {one.name: plain.pop(one.name) for one in fields(FormDraft) if one.name in plain}
        return FormDraft(**known, more=plain)
    except (OSError, ValueError, TypeError, AttributeError):
        return None
