"""Backup: the whole database as one file in another folder, opened and checked, seven kept."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from peewee import DatabaseError

from models.storage import blobs, format, integrity
from models.storage.atomic_file import create, make_folder, replacement, to_disk
from models.storage.atomic_file import put_in_place as put_file
from models.storage.store import Store
from models.text.os_errors import why
from models.text.words import Refused, W

FOLDER = "backups"
KEPT = 7
_NAME = re.compile(r"sitebook-(\d{8}-\d{6})(?:-(\d+))?\.sqlite3")
NEEDED = ("meta", "change", "head", "membership", "device")
"""Tables without which a file is no sitebook."""

CANNOT = W(
    "不能写入备份 {path}：{reason}。请检查磁盘空间和权限，或用 --to 换一个文件夹。",
    "The backup {path} cannot be written: {reason}. Check space and permissions, or use --to.",
)
NO_BACKUP = W(
    "{path} 中没有备份。请写明备份文件，或先运行 sitebook backup。",
    "There is no backup in {path}. Name a backup file, or run sitebook backup first.",
)
UNUSABLE = W(
    "备份 {path} 不能用：{reason}。没有改动任何数据；请换一个备份。",
    "The backup {path} cannot be used: {reason}. Nothing was changed; choose another one.",
)
NO_SITEBOOK = W("不是现场簿的数据库", "it is no sitebook database")


def backup(store: Store, folder: Path, keep: int = KEPT) -> Path:
    """Write a backup into a folder and return its file, once it is checked and on the disk.

    Attached files go along into a folder outside the workspace. Older backups beyond `keep` are
    removed. Raises `Refused` when it cannot be written.
    """
    try:
        make_folder(folder)
        fresh = folder / f"{os.urandom(8).hex()}.tmp"
        create(fresh).close()
        try:
            store.db.execute_sql("VACUUM INTO ?", (str(fresh),))
            usable(fresh)
            final = _named(folder)
            put_file(fresh, final)
        finally:
            fresh.unlink(missing_ok=True)
        if not folder.resolve().is_relative_to(store.path.parent.resolve()):
            _take_files(store.path.parent, folder)
    except (OSError, ValueError) as error:
        raise Refused(CANNOT, path=folder, reason=why(error)) from error
    except (sqlite3.Error, DatabaseError) as error:
        raise Refused(CANNOT, path=folder, reason=store.fault(error)) from error
    for old in backups(folder)[keep:]:
        with suppress(OSError):
            old.unlink()
    return final


def backups(folder: Path) -> list[Path]:
    """The backups in a folder, newest first."""
    try:
        found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:
        return []
    return sorted(found, key=_when, reverse=True)


def _when(path: Path) -> tuple[str, int]:
    """The second a backup was made, and which one within it."""
    found = _NAME.fullmatch(path.name)
    return (found[1], int(found[2] or 1)) if found else ("", 0)


def due(folder: Path, now: datetime) -> bool:
    """Whether the newest backup is from another day (UTC)."""
    newest = backups(folder)[:1]
    return not newest or _when(newest[0])[0][:8] != now.astimezone(UTC).strftime("%Y%m%d")


def age(folder: Path, now: datetime) -> timedelta | None:
    """How old the newest backup is; None when there is none."""
    for path in backups(folder)[:1]:
        made = datetime.strptime(_when(path)[0], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
        return now - made
    return None


def chosen(source: Path | None, home: Path) -> Path:
    """The backup file that is meant: the one named, the newest of a folder, or of the workspace."""
    if source is not None and not _is_folder(source):
        return source
    folder = source or home / FOLDER
    found = backups(folder)
    if not found:
        raise Refused(NO_BACKUP, path=folder)
    return found[0]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no system has: opening it says so
        return False


def usable(path: Path) -> None:
    """Open a backup and check it whole; `Refused` with the first fault."""
    try:
        with closing(open_only(path)) as db:

            def run(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
                return db.execute(sql, params).fetchall()

            tables = {row[0] for row in run("SELECT name FROM sqlite_master WHERE type='table'")}
            if not tables.issuperset(NEEDED):
                raise Refused(UNUSABLE, path=path, reason=NO_SITEBOOK)
            format.accept("backup", path, run("PRAGMA user_version")[0][0])
            for finding in integrity.database(run):
                raise Refused(UNUSABLE, path=path, reason=finding)
    except (sqlite3.Error, OSError, ValueError) as error:
        raise Refused(UNUSABLE, path=path, reason=why(error)) from error


def open_only(path: Path) -> sqlite3.Connection:
    """A connection that reads a database file that no process writes; it makes no other file."""
    with path.open("rb"):  # so that a missing file says so plainly
        pass
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def put_in_place(source: Path, database: Path, aside: Path | None) -> None:
    """Make a backup the database; the old one, damaged or not, goes to the folder `aside`.

    No process may have the database open. After a power cut the old one or the new one is there.
    """
    try:
        make_folder(database.parent)
        with replacement(database, database.name + ".tmp") as fresh:
            shutil.copyfile(source, fresh)
            to_disk(fresh)
            if aside is not None:
                _keep(database, aside)
    except OSError as error:
        raise Refused(CANNOT, path=database, reason=why(error)) from error
    _bring_files(source.parent, database.parent)


def _keep(database: Path, aside: Path) -> None:
    make_folder(aside)
    if database.exists():
        create(aside / database.name).close()
        shutil.copyfile(database, aside / database.name)
        to_disk(aside / database.name)
    for suffix in ("-wal", "-shm"):
        beside = database.with_name(database.name + suffix)
        if beside.exists():
            shutil.move(beside, aside / beside.name)


def _named(folder: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    final, more = folder / f"sitebook-{stamp}.sqlite3", 2
    while final.exists():
        final, more = folder / f"sitebook-{stamp}-{more}.sqlite3", more + 1
    return final


def _take_files(home: Path, folder: Path) -> None:
    """Attached files that the backup folder lacks; names are checksums, so none ever changes."""
    for path in sorted((home / blobs.FOLDER).glob("??/*")):
        _copy(path, blobs.place(folder, path.name))


def _bring_files(folder: Path, home: Path) -> None:
    for path in sorted((folder / blobs.FOLDER).glob("??/*")):
        with suppress(OSError):  # the records are restored; `check` names the files that lack
            _copy(path, blobs.place(home, path.name))


def _copy(source: Path, target: Path) -> None:
    if not target.exists():
        make_folder(target.parent.parent)
        make_folder(target.parent)
        with replacement(target, target.name + ".tmp") as fresh:
            shutil.copyfile(source, fresh)
