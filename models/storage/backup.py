"""Backup: the whole database as one file in another folder, opened and checked, seven kept.

A folder may hold the backups of several devices, and a clock may have been wrong: the name says
whose backup it is and which one, `sitebook-DEVICE-NUMBER-DAY-TIME.sqlite3`. A device counts and
removes its own alone. Names without those two are of an older version and stay.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from peewee import DatabaseError

from models.calendar.business_dates import DEFAULT_ZONE
from models.calendar.business_dates import zone as zone_of
from models.frozen import NamedTuple
from models.storage import blobs, format, integrity
from models.storage.atomic_file import create, make_folder, replacement, to_disk
from models.storage.atomic_file import put_in_place as put_file
from models.storage.store import Store
from models.text.os_errors import why
from models.text.words import Refused, W, say
from models.text.words import several as listed

FOLDER = "backups"
KEPT = 7
_NAME = re.compile(
    r"sitebook-(?:([0-9a-f]{8})-(\d{4,})-)?(\d{8}-\d{6})(?:-(\d+))?\.sqlite3", re.ASCII
)
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
SEVERAL = W(
    "{path} 中有几台设备的备份，请写明文件：{which}。",
    "{path} has backups of several devices. Name the file: {which}.",
)
OF = W("{file}（{who}）", "{file} ({who})")
SOMEBODY = W("未知", "unknown")
NO_SITEBOOK = W("不是现场簿的数据库", "it is no sitebook database")


class BackupName(NamedTuple):
    """What the name of a backup says; backups of one device are ordered by it."""

    device: str
    """The end of its device's id; '' of an older version."""
    number: int
    """Counts the device's backups in this folder, whatever its clock says; 0 of an older one."""
    stamp: str
    """The wall clock, '20261120-083000', in the book's zone."""
    more: int
    """Which one within the second, of an older version."""

    @property
    def order(self) -> tuple[int, str, int]:
        """Greater = made later, among those of one device."""
        return (self.number, self.stamp, self.more)


class BackupOwner(NamedTuple):
    """Whose book a backup is."""

    device: str
    person: str
    """Their name, '' where it is not known."""


def backup(store: Store, folder: Path, keep: int = KEPT, zone: str = DEFAULT_ZONE) -> Path:
    """Write a backup into a folder and return its file, once it is checked and on the disk.

    Attached files go along into a folder outside the workspace. Of this device's older backups
    there, those beyond `keep` are removed, and no other file ever is. The name has the wall clock
    of the zone. Raises `Refused` when it cannot be written.
    """
    device = device_tag(str(store.meta("device") or ""))
    try:
        make_folder(folder)
        fresh = folder / f"{os.urandom(8).hex()}.tmp"
        create(fresh).close()
        try:
            store.db.execute_sql("VACUUM INTO ?", (str(fresh),))
            usable(fresh)
            final = _named(folder, device, zone)
            put_file(fresh, final)
        finally:
            fresh.unlink(missing_ok=True)
        if not folder.resolve().is_relative_to(store.path.parent.resolve()):
            _take_files(store.path.parent, folder)
    except (OSError, ValueError) as error:
        raise Refused(CANNOT, path=folder, reason=why(error)) from error
    except (sqlite3.Error, DatabaseError) as error:
        raise Refused(CANNOT, path=folder, reason=store.fault(error)) from error
    for old in [path for path in backups(folder) if said(path).device == device][keep:]:
        if old != final:
            with suppress(OSError):
                old.unlink()
    return final


def device_tag(device: str) -> str:
    """What the name of a backup has of a device's id: its end, which differs most."""
    return device.replace("-", "")[-8:].rjust(8, "0")


def backups(folder: Path) -> list[Path]:
    """The backups in a folder, those of each device newest first."""
    try:
        found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:
        return []
    return sorted(found, key=lambda path: said(path).order, reverse=True)


def said(path: Path) -> BackupName:
    """What the name of a backup says."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return BackupName("", 0, "", 0)
    return BackupName(found[1] or "", int(found[2] or 0), found[3], int(found[4] or 1))


def owner(path: Path) -> BackupOwner:
    """Whose book a backup is, as it says itself; ('', '') of what cannot be read."""
    name = "SELECT p.name FROM device d JOIN person p ON p.id=d.person WHERE d.id=?"
    try:
        with closing(open_only(path)) as db:
            device = db.execute("SELECT value FROM meta WHERE key='device'").fetchone()
            person = db.execute(name, device).fetchone() if device else None
    except (sqlite3.Error, OSError, ValueError):
        return BackupOwner("", "")
    return BackupOwner(str(device[0]) if device else "", str(person[0] or "") if person else "")


def due(folder: Path, now: datetime, zone: str = DEFAULT_ZONE) -> bool:
    """Whether the newest backup is from another day of the zone, a later one too."""
    made = _made(folder, zone)
    return made is None or made.date() != now.astimezone(zone_of(zone)).date()


def age(folder: Path, now: datetime, zone: str = DEFAULT_ZONE) -> timedelta | None:
    """How old the newest backup is; None when there is none.

    One from days to come was made by a wrong clock: how far it is away is all that is known.
    """
    made = _made(folder, zone)
    return abs(now - made) if made is not None else None


def _made(folder: Path, zone: str) -> datetime | None:
    """The wall clock at the newest backup whose name is a time."""
    for path in backups(folder):
        name = said(path)
        with suppress(ValueError):
            made = datetime.strptime(name.stamp, "%Y%m%d-%H%M%S")
            return made.replace(tzinfo=zone_of(zone) if name.device else UTC).astimezone(
                zone_of(zone)
            )
    return None


def chosen(source: Path | None, home: Path, own: Collection[str] = ()) -> Path:
    """The backup file that is meant: the one named, or the newest one in a folder or the workspace.

    Of a folder that several devices share it is the newest of this device, which has had the ids
    `own`. Raises `Refused`, naming the files, where none of these is this device's.
    """
    if source is not None and not _is_folder(source):
        return source
    folder = source or home / FOLDER
    found = backups(folder)
    if not found:
        raise Refused(NO_BACKUP, path=folder)
    tags = {device_tag(id) for id in own}
    of = {path: said(path).device or _tag_within(path) for path in found}
    mine = [path for path in found if of[path] in tags]
    if mine or len(set(of.values())) == 1:
        return (mine or found)[0]
    newest = {device: path for path, device in reversed(of.items())}
    which = listed(
        say(OF, file=path.name, who=owner(path).person or SOMEBODY) for path in newest.values()
    )
    raise Refused(SEVERAL, path=folder, which=which)


def _tag_within(path: Path) -> str:
    """The tag of the device of a backup whose name does not say it."""
    device = owner(path).device
    return device_tag(device) if device else ""


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


def _named(folder: Path, device: str, zone: str) -> Path:
    own = [said(path).number for path in backups(folder) if said(path).device == device]
    stamp = datetime.now(zone_of(zone)).strftime("%Y%m%d-%H%M%S")
    number = max(own, default=0) + 1
    while (final := folder / f"sitebook-{device}-{number:04d}-{stamp}.sqlite3").exists():
        number += 1
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
