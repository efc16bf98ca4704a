"""Restore: a backup becomes the book again, and the device gets a new id where it has to.

A database that lacks changes which it once had must not give their numbers to new ones. On opening,
the mark in the folder of the key reveals such a database; before a restore the mark is made exact.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from models.storage import backup, format
from models.storage.atomic_file import make_folder
from models.storage.store import BUSY, FOREIGN, LOCK_SECONDS, READ_ONLY, reading_uri
from models.storage.write_lock import WriteLock
from models.text.words import Refused, W
from sync.log.change_log import FORMER
from sync.trust import device_key
from sync.workspace.rollback_guard import Mark
from sync.workspace.workspace import DATABASE, exists

IN_USE = W(
    "现场簿 {path} 正打开着。请先退出应用，再恢复备份。",
    "The sitebook in {path} is open. Leave the app first, then restore.",
)

OTHER = W(
    "备份 {path} 是{who}的另一台设备的，不是本机的。没有改动任何数据。"
    "确实要用它换下本机的现场簿，请加 --other。",
    "The backup {path} is of another device of {who}, not of this one. Nothing was changed."
    " To replace this book by it nevertheless, add --other.",
)


def meant(source: Path | None, home: Path) -> Path:
    """The file to restore: as `backup.chosen`, or the database in a folder that `restore` kept."""
    book = source / DATABASE if source is not None else None
    if source is not None and book is not None and _is_file(book) and not backup.backups(source):
        with suppress(sqlite3.Error), closing(sqlite3.connect(book)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what its log has belongs to it
        return book
    return backup.chosen(source, home, own_devices(home))


def own_devices(home: Path) -> set[str]:
    """The ids that the device in this folder has or had, under whatever key; none where nothing
    tells.
    """
    who = None
    with suppress(Refused):
        who = device_key.read(home)
    known = {who.id, *who.was} if who is not None else set[str]()
    device = backup.owner(home / DATABASE).device
    return known | _former(home / DATABASE) | ({device} if device else set())


def _former(database: Path) -> set[str]:
    """The ids of a device before it took a new key, as its book notes them."""
    try:
        with closing(sqlite3.connect(reading_uri(database), uri=True)) as db:
            row = db.execute("SELECT value FROM meta WHERE key=?", (FORMER,)).fetchone()
        return {str(id) for id in json.loads(row[0])} if row else set()
    except (sqlite3.Error, OSError, ValueError, TypeError):
        return set()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no system has: opening it says so
        return False


def only_in(kept: Path, source: Path) -> int:
    """How many changes of this device are in what a restore kept, and not in what it brought.

    0 where either cannot be read.
    """
    try:
        old, new = _own_heads(kept / DATABASE), _heads(source)
    except (sqlite3.Error, OSError, ValueError):
        return 0
    return sum(max(0, seq - new.get(place, 0)) for place, seq in old.items())


def _own_heads(database: Path) -> dict[tuple[str, str], int]:
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        found = db.execute("SELECT value FROM meta WHERE key='device'").fetchone()
    device = str(found[0]) if found else ""
    return {place: seq for place, seq in _heads(database).items() if place[1] == device}


def _heads(database: Path) -> dict[tuple[str, str], int]:
    """(space, device) -> the last sequence held."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        sql = "SELECT h.space, d.id, h.seq FROM head h JOIN device d ON d.idx=h.idx"
        return {(space, device): int(seq) for space, device, seq in db.execute(sql)}


def restore(home: Path, source: Path, *, other: bool = False) -> Path | None:
    """Put a backup in place; returns the folder with the files that were there before.

    The backup is checked whole first. Raises `Refused`, nothing changed, when it is damaged, the
    book is open somewhere, it or the backup has another format, the disk fails, or it is the backup
    of another device than the one in this folder, unless `other` says that it is wanted.
    """
    backup.usable(source)
    aside = _aside(home) if _replaceable(home) else None
    own, whose = own_devices(home), backup.owner(source)
    if own and whose.device not in own and not other:
        raise Refused(OTHER, path=source, who=whose.person or backup.SOMEBODY)
    make_folder(home)
    database = home / DATABASE
    lock = WriteLock(database.with_suffix(".lock"), LOCK_SECONDS)
    try:
        lock.take()
    except TimeoutError:
        raise Refused(BUSY, path=DATABASE, seconds=int(LOCK_SECONDS)) from None
    except OSError as error:
        raise Refused(READ_ONLY, path=home) from error
    try:
        known = _note_heads(home, database) if aside is not None else False
        backup.put_in_place(source, database, aside)
    finally:
        lock.close()
    if not known and device_key.read(home) is not None:
        device_key.renew(home)
    return aside


def _replaceable(home: Path) -> bool:
    """Whether there is a database to be put aside, damaged or not."""
    try:
        return exists(home)
    except Refused as refused:
        if refused.word in (format.DAMAGED["book"], FOREIGN):
            return True
        raise


def _aside(home: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    folder, more = home / f"before-restore-{stamp}", 2
    while folder.exists():
        folder, more = home / f"before-restore-{stamp}-{more}", more + 1
    return folder


def _note_heads(home: Path, database: Path) -> bool:
    """Mark the last sequences of the database to be replaced; False when it cannot be read.

    Raises `Refused` when another process has it open: its file must not change under it.
    """
    try:
        with closing(sqlite3.connect(database, timeout=0.5, isolation_level=None)) as db:
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            found = db.execute("SELECT value FROM meta WHERE key='device'").fetchone()
            own = "SELECT space, seq FROM head h JOIN device d ON d.idx=h.idx WHERE d.id=?"
            heads = dict(db.execute(own, found).fetchall())
            db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Refused(IN_USE, path=home) from None
        return False
    except (sqlite3.Error, TypeError):
        return False
    Mark(home, found[0]).flush(heads)
    return True
