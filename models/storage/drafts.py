"""Drafts: what is typed and not yet saved, one small file each, outside the database and the log.

A draft names its form by a key, and the open form that wrote it by a window: two windows filling in
the same form have a draft each. While a form is open it holds a lock, which the system frees when
its process dies; only then is the draft offered again. A draft keeps values and half-typed texts by
field name, whatever the record type declares today, so a changed or retired type takes nothing with
it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, field, fields
from pathlib import Path
from typing import Any

from models.frozen import Frozen
from models.storage.atomic_file import make_folder, replacement
from models.storage.write_lock import WriteLock
from models.text.os_errors import why
from models.text.words import Refused, W

FOLDER = "drafts"
PATIENCE = 1.0
"""Seconds that a form waits for its own lock, which others look at for a moment."""
NOT_KEPT = W(
    "草稿没有写到磁盘：{reason}。请先保存（Ctrl+S）或腾出空间；输入的内容还在屏幕上。",
    "The draft is not on the disk: {reason}. Save now (Ctrl+S) or free some space; what you typed "
    "is still on the screen.",
)


class FormDraft(Frozen, kw_only=True):
    """The content of one form when it was last saved as a draft."""

    key: str
    """Names the form, so that the same form finds it again."""
    type: str
    window: str = ""
    """Names the open form that wrote it, letters and digits alone; part of the file's name."""
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

    @property
    def id(self) -> str:
        """Names this draft among all."""
        return f"{self.key} {self.window}" if self.window else self.key


class DraftHold:
    """The lock of one open form; `release` it when the form is left."""

    def __init__(self, lock: WriteLock) -> None:
        self._lock = lock

    def release(self) -> None:
        """The form is left: its draft, if there is one, may be offered again."""
        self._lock.close()
        with suppress(OSError):
            self._lock.path.unlink(missing_ok=True)


class Drafts:
    """The drafts of one workspace; safe to use from several threads, one writer per open form."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def keep(self, draft: FormDraft) -> FormDraft:
        """Put a draft on the disk, whole or not at all. Raises `Refused` when the disk fails."""
        draft = draft.but(at=draft.at or time.time_ns() // 1_000_000)
        plain = asdict(draft)
        del plain["window"]
        text = json.dumps(plain.pop("more") | plain)  # ASCII: a broken character is kept as well
        try:
            make_folder(self.folder)
            with replacement(self._path(draft.key, draft.window)) as fresh:
                fresh.write_text(text, encoding="utf-8")
        except OSError as error:
            raise Refused(NOT_KEPT, reason=why(error)) from error
        return draft

    def get(self, key: str) -> FormDraft | None:
        """The newest draft of this form that no open form holds, or None."""
        return next((one for one in self._waiting(self._paths(_hash(key))) if one.key == key), None)

    def drop(self, key: str, window: str = "") -> None:
        """Forget a draft: it was saved or thrown away."""
        with suppress(OSError):
            self._path(key, window).unlink(missing_ok=True)

    def all(self) -> list[FormDraft]:
        """Every draft, the newest first; a file that cannot be read is left where it is."""
        return _sorted(self._paths())

    def waiting(self) -> list[FormDraft]:
        """The drafts that no open form holds, in this process or another; the newest first."""
        return self._waiting(self._paths())

    # -- open forms ----------------------------------------------------------------------------

    def hold(self, key: str, window: str) -> DraftHold:
        """Have the draft of an open form be its own until it is left or its process dies."""
        lock = WriteLock(self._path(key, window).with_suffix(".lock"), PATIENCE)
        with suppress(OSError):  # a disk that takes no lock is told when it takes no draft
            make_folder(self.folder)
            lock.take()
        return DraftHold(lock)

    def take_over(self, draft: FormDraft, key: str, window: str) -> FormDraft | None:
        """Make a waiting draft that of an open form; None where another window was quicker."""
        old = self._path(draft.key, draft.window)
        try:
            old.replace(self._path(key, window))
        except OSError:
            return None
        with suppress(OSError):
            old.with_suffix(".lock").unlink(missing_ok=True)
        return draft.but(window=window)

    def _waiting(self, paths: Iterable[Path]) -> list[FormDraft]:
        return [one for one in _sorted(paths) if not self._is_open(one)]

    def _is_open(self, draft: FormDraft) -> bool:
        path = self._path(draft.key, draft.window).with_suffix(".lock")
        if not draft.window or not path.exists():
            return False
        lock = WriteLock(path, 0)
        try:
            lock.take()
        except TimeoutError:
            return True
        except OSError:
            return False
        finally:
            lock.close()
        return False

    def _paths(self, begins: str = "") -> list[Path]:
        try:
            every = list(self.folder.iterdir())
        except OSError:
            return []
        return [one for one in every if one.suffix == ".json" and one.name.startswith(begins)]

    def _path(self, key: str, window: str = "") -> Path:
        """A file name made from the key alone: keys hold names from data, never paths."""
        return self.folder / ".".join([_hash(key), *([window] if window else []), "json"])


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _sorted(paths: Iterable[Path]) -> list[FormDraft]:
    found = [draft for path in paths if (draft := _read(path)) is not None]
    return sorted(found, key=lambda draft: -draft.at)


def _read(path: Path) -> FormDraft | None:
    window = path.stem.partition(".")[2]
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        known = {one.name: plain.pop(one.name) for one in fields(FormDraft) if one.name in plain}
        return FormDraft(**(known | {"window": window}), more=plain)
    except (OSError, ValueError, TypeError, AttributeError):
        return None
