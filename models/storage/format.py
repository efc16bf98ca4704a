"""Format: the number of what this program stores and sends, and the refusal of another number.

One number counts for the book, the hub, the bundle, the shared folder and their backups. Code that
opens one of these calls `accept` first, before anything is written. A database has the number as
its `user_version`, which is read through SQLite without changing a byte; an older database is
brought up to it by the migrations in a folder of scripts (see `models/README.md`).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from models.frozen import NamedTuple
from models.text.words import Refused, W

FORMAT = 4
"""The number that this version writes. A migration raises it."""
OLDEST = 4
"""The lowest number that this version can bring up to `FORMAT`."""
PLAUSIBLE = 10_000
"""No version reaches this number: such a one comes from damage."""

Thing = Literal["book", "backup", "hub", "bundle", "folder"]

OLD: dict[Thing, W] = {
    "book": W(
        "现场簿 {path} 由 0.2.0 之前的 sitebook 测试版建立，不能打开，也没有改动。"
        "请在另一个文件夹（--home）建立新的现场簿。",
        "The book {path} was made by a test version of sitebook before 0.2.0 and cannot be opened;"
        " it was not changed. Begin a new one in another folder (--home).",
    ),
    "backup": W(
        "备份 {path} 由 0.2.0 之前的 sitebook 测试版写成，不能恢复，没有改动。请换一个备份。",
        "The backup {path} was made by a test version of sitebook before 0.2.0 and cannot be"
        " restored; nothing was changed. Choose another one.",
    ),
    "hub": W(
        "同步服务器的数据库 {path} 由 0.2.0 之前的 sitebook 测试版建立，不能打开，也没有改动。"
        "请在另一个文件夹或空的数据库（hub init --db）建立新的同步服务器。",
        "The hub's database {path} was made by a test version of sitebook before 0.2.0 and cannot"
        " be opened; it was not changed. Begin a new hub in another folder or in an empty database"
        " (hub init --db).",
    ),
    "bundle": W(
        "离线同步包 {path} 由 0.2.0 之前的 sitebook 测试版写成，不能打开，也没有改动。"
        "请用 0.2.0 或更新的版本重新写一份，换一个文件名。",
        "The bundle {path} was made by a test version of sitebook before 0.2.0 and cannot be"
        " opened; it was not changed. Write a new one with 0.2.0 or later, under another name.",
    ),
    "folder": W(
        "共享文件夹 {path} 由 0.2.0 之前的 sitebook 测试版写成，不能使用，也没有改动。"
        "请换一个文件夹，或先把它移走。",
        "The shared folder {path} was made by a test version of sitebook before 0.2.0 and cannot"
        " be used; it was not changed. Choose another folder, or move this one away first.",
    ),
}
NEWER = W(
    "{path} 由更新的 sitebook 写成（格式 {number}，本机为 {own}），没有改动。"
    "请更新本机的 sitebook，再试一次。",
    "{path} was made by a newer sitebook (format {number}; this one has {own}) and was not"
    " changed. Update sitebook here and try again.",
)
DAMAGED: dict[Thing, W] = {
    "book": W(
        "数据库 {path} 的格式号是 {number}，没有版本会这样写：文件已损坏。"
        "请用 sitebook restore 从备份恢复；损坏的文件会保留。",
        "The format number of the database {path} is {number}, which no version writes: the file"
        " is damaged. Restore a backup: sitebook restore. The file is kept.",
    ),
    "backup": W(
        "备份 {path} 的格式号是 {number}，没有版本会这样写：文件已损坏。请换一个备份。",
        "The format number of the backup {path} is {number}, which no version writes: the file is"
        " damaged. Choose another one.",
    ),
    "hub": W(
        "同步服务器的数据库 {path} 的格式号是 {number}，没有版本会这样写：数据库已损坏。"
        "请恢复数据库的备份。",
        "The format number of the hub's database {path} is {number}, which no version writes: it"
        " is damaged. Put back a backup of the database.",
    ),
    "bundle": W(
        "离线同步包 {path} 的格式号是 {number}，没有版本会这样写：文件已损坏。"
        "请重新写一份或重新复制。",
        "The format number of the bundle {path} is {number}, which no version writes: it is"
        " damaged. Write or copy it again.",
    ),
    "folder": W(
        "共享文件夹 {path} 的格式号是 {number}，没有版本会这样写。请检查并移走它。",
        "The format number of the shared folder {path} is {number}, which no version writes."
        " Look at it and move it away.",
    ),
}


class DatabaseFormat(NamedTuple):
    """The number and the tables of an SQLite file."""

    number: int
    """0 where none was ever set."""
    tables: frozenset[str] = frozenset()
    """Names, read only where there is no number: that takes half a millisecond."""


def accept(thing: Thing, path: object, number: int) -> None:
    """Raise `Refused` unless this version can open a thing with this number; 0 is none."""
    if not 0 <= number < PLAUSIBLE:
        raise Refused(DAMAGED[thing], path=path, number=number)
    if number < OLDEST:
        raise Refused(OLD[thing], path=path)
    if number > FORMAT:
        raise Refused(NEWER, path=path, number=number, own=FORMAT)


def inspect(database: Path) -> DatabaseFormat:
    """The number and the tables of an SQLite file; no byte of its folder changes.

    Another process may have the file open. Raises `sqlite3.Error` for what is no database and
    `OSError` for what cannot be read.
    """
    with database.open("rb"):  # a missing file or a folder says so plainly
        pass
    for _ in range(3):
        try:
            return _asked(database)
        except sqlite3.OperationalError:  # its log went or came between look and opening
            continue
    return _asked(database)


def _asked(database: Path) -> DatabaseFormat:
    """An answer that takes the log of the file into account, if it has one.

    Without a log the file itself has everything. A log is read by way of its index, which is
    opened for reading only. Where the index is missing, SQLite would make one in the folder; so
    a copy is read.
    """
    log = database.with_name(database.name + "-wal")
    if not log.exists() or not log.stat().st_size:
        return _read(database, "mode=ro&immutable=1")
    if database.with_name(database.name + "-shm").exists():
        return _read(database, "mode=ro&readonly_shm=1")
    import shutil  # hardly any start copies a database
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sitebook-") as folder:
        for path in (database, log):
            shutil.copyfile(path, Path(folder) / path.name)
        return _read(Path(folder) / database.name, "mode=ro")


def _read(database: Path, how: str) -> DatabaseFormat:
    uri = f"{database.resolve().as_uri()}?{how}"
    with closing(sqlite3.connect(uri, uri=True)) as db:
        ((number,),) = db.execute("PRAGMA user_version")
        if number:
            return DatabaseFormat(int(number))
        tables = db.execute("SELECT name FROM sqlite_master WHERE type='table'")
        return DatabaseFormat(int(number), frozenset(str(name) for (name,) in tables))


def mark(db: Any) -> None:
    """Give an SQLite database the number of this version, inside the caller's transaction."""
    db.execute_sql(f"PRAGMA user_version={FORMAT:d}")


def begin_migrations(db: Any, scripts: Path, table: str = "migration") -> None:
    """Note in a new database that its tables are as the scripts would make them."""
    _runner(db, scripts, table).fake()


def migrate(db: Any, scripts: Path, table: str = "migration") -> list[str]:
    """Run the scripts that a database lacks, inside the caller's transaction; returns their names.

    The caller has made a backup, and sets the new number in the same transaction.
    """
    done: list[str] = _runner(db, scripts, table).up()
    return done


def _runner(db: Any, scripts: Path, table: str) -> Any:
    """Peewee's runner; `table` has the names of the scripts that were run."""
    from playhouse.migrations import Runner  # type: ignore[import-untyped]

    return Runner(db, str(scripts), table_name=table)
