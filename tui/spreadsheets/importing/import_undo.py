"""Import undo: what an import made is noted in the book, and taken back as a whole.

Notes stay on this device. Taking back voids what the import added, the last first; what was changed
since is left as it is, and named.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.book.book import Book
from models.book.writing.batch import alone, batch
from models.calendar import business_dates
from models.storage.store import Store
from models.text.words import Refused, W, say, several

KEY = "imports"
KEPT = 5
"""Imports that are remembered."""
NAMED = 20
"""Records named that were not taken back."""
NONE = W("没有可以撤销的导入。", "There is no import to undo.")
REASON = W("撤销导入：{file}", "Import undone: {file}")
UNDONE = W(
    "已撤销 {when} 对 {file} 的导入：作废 {count} 条。",
    "The import of {file} at {when} is undone: {count} voided.",
)
LEFT = W(
    "{count} 条在导入后改过或不能作废，没有动：{which}。",
    "{count} were changed since or cannot be voided, and were left: {which}.",
)
UPDATED = W(
    "导入时更新过的 {count} 条没有改回。",
    "The {count} that the import updated were not changed back.",
)


@dataclass(slots=True)
class ImportNote:
    """One import, as it is remembered while it goes on."""

    file: str
    at: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    """When it began, ms UTC."""
    made: list[tuple[str, str]] = field(default_factory=list)
    """(id, versions) of each record that it added, in order."""
    updated: int = 0


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of taking an import back."""

    note: ImportNote
    voided: tuple[str, ...]
    """Numbers of the records that are void now."""
    left: tuple[str, ...]
    """Numbers of those that were changed since, or cannot be voided."""

    def lines(self, zone: str) -> Iterable[str]:
        """What happened, in sentences."""
        when = f"{business_dates.local(self.note.at, zone):%m-%d %H:%M}"
        yield say(UNDONE, file=self.note.file, when=when, count=len(self.voided))
        if self.left:
            more = "…" if len(self.left) > NAMED else ""
            yield say(LEFT, count=len(self.left), which=several(self.left[:NAMED]) + more)
        if self.note.updated:
            yield say(UPDATED, count=self.note.updated)


def keep(book: Book, note: ImportNote, ids: Sequence[str]) -> None:
    """Note what was made, in the transaction that made it."""
    note.made += [(id, found.dots) for id in ids if (found := book.find(id)) is not None]
    if note.made or note.updated:
        others = [one for one in _notes(book.store) if (one["file"], one["at"]) != _key(note)]
        plain = {"file": note.file, "at": note.at, "made": note.made, "updated": note.updated}
        _save(book.store, [*others, plain])


def undo(book: Book) -> TakenBack:
    """Take the newest import back that still stands. Raises `Refused` where there is none."""
    every = _notes(book.store)
    last = next((one for one in reversed(every) if not one.get("undone")), None)
    if last is None:
        raise Refused(NONE)
    note = ImportNote(last["file"], last["at"], [(i, d) for i, d in last["made"]], last["updated"])
    reason, voided, left = say(REASON, file=note.file), list[str](), list[str]()
    with batch(book):
        for id, dots in reversed(note.made):
            record = book.find(id)
            if record is None or record.void is not None:
                continue
            if record.dots != dots or not _voided(book, id, reason):
                left.append(record.number)
            else:
                voided.append(record.number)
        last["undone"] = True
        _save(book.store, every)
    return TakenBack(note, tuple(reversed(voided)), tuple(reversed(left)))


def taken_back(store: Store) -> set[str]:
    """The ids of what imports made that were taken back: importing it again brings it back."""
    return {id for one in _notes(store) if one.get("undone") for id, _ in one["made"]}


def _voided(book: Book, id: str, reason: str) -> bool:
    try:
        with alone(book):
            book.void(id, reason)
    except Refused:
        return False
    return True


def _key(note: ImportNote) -> tuple[str, int]:
    return note.file, note.at


def _notes(store: Store) -> list[dict[str, Any]]:
    """The imports remembered, the oldest first."""
    return list(json.loads(store.meta(KEY) or "[]"))


def _save(store: Store, notes: Sequence[dict[str, Any]]) -> None:
    store.set_meta(KEY, json.dumps(notes[-KEPT:]))
