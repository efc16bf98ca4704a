"""The store: one SQLite file per workspace, and the one way to write to it.

`synchronous=FULL` is fixed: with NORMAL, a power cut loses acknowledged records. An operating
system lock is held per write transaction, checkpoint included (two connections that write and
checkpoint at once can corrupt the log of SQLite before 3.51.3), never for a process's life.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import peewee

from models.calendar.business_dates import business_day
from models.schema.record import Record, kinds
from models.storage import atomic_file, format
from models.storage.write_lock import WriteLock
from models.text.words import Refused, W

Look = TypeVar("Look")
LOCK_SECONDS = 10.0
CACHE_KIB = 8192
ROOM = 64 << 10
"""Bytes without which a database cannot be opened to be written."""
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "busy_timeout": 5000,
    "cache_size": -CACHE_KIB,
    "foreign_keys": 0,
    "temp_store": "memory",
}

BUSY = W(
    "另一个程序正在写 {path}，等了 {seconds} 秒仍未让出。请关闭它或稍后再试。",
    "Another program has been writing {path} for {seconds} seconds. Close it or try again later.",
)
FULL = W(
    "磁盘已满，没有保存。请腾出空间后再试。",
    "The disk is full; nothing was saved. Free some space and try again.",
)
UNWRITABLE = W(
    "读写 {path} 失败：磁盘可能已满、已拔出或损坏。请检查磁盘后再试；没有保存。",
    "Reading or writing {path} failed: the disk may be full, unplugged or damaged."
    " Check it and try again; nothing was saved.",
)
READ_ONLY = W(
    "不能写入 {path}：文件夹只读或没有权限。请换一个文件夹（--home）或改权限。",
    "Cannot write {path}: the folder is read-only or not permitted. Choose another (--home).",
)
ONLY_READ = W(
    "{path} 只能读取，没有保存。要继续填写，请把整个文件夹复制到可写的地方（--home），或改权限。",
    "{path} can only be read; nothing was saved. To write on, copy the whole folder to a place"
    " where you may write (--home), or change its mode.",
)
DAMAGED = W(
    "数据库 {path} 已损坏。请用 sitebook restore 从备份恢复；损坏的文件会保留。",
    "The database {path} is damaged. Restore a backup: sitebook restore. The file is kept.",
)
HARMED = ("malformed", "not a database", "corrupt")
"""What SQLite reports for a file that is no database, or no longer one."""
FOREIGN = W(
    "数据库 {path} 里{reason}：它不是现场簿，或来自别的版本。请核对文件夹（--home）；"
    "确是本簿，用 sitebook restore 从备份恢复。",
    "The database {path} has {reason}: it is no sitebook, or of another version. Check the folder"
    " (--home); if it is yours, sitebook restore brings back a backup.",
)
LACKS = W("没有“{name}”", "no “{name}”")
ABSENT = r"no such (?:table|column): ([\w.]+)"
TROUBLE = W(
    "数据库 {path} 出错：{reason}。没有保存。",
    "The database {path} failed: {reason}. Nothing was saved.",
)


INDEXES = "4"
"""Counts the changes of the indexes below, so that a book made before one gets them too."""
TABLES = (
    "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value)",
    "CREATE TABLE IF NOT EXISTS sibling(record TEXT, register TEXT, idx INTEGER, seq INTEGER,"
    " at INTEGER, value TEXT, PRIMARY KEY(record, register, idx, seq)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS serial(code TEXT, year INTEGER, last INTEGER,"
    " PRIMARY KEY(code, year)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS transition(n INTEGER PRIMARY KEY, record TEXT, type TEXT,"
    " project TEXT, move TEXT, origin TEXT, state TEXT, at INTEGER, author TEXT, role TEXT,"
    " comment TEXT, device TEXT, seq INTEGER, alone INTEGER)",
    "CREATE INDEX IF NOT EXISTS transition_record ON transition(record)",
    "CREATE INDEX IF NOT EXISTS transition_type ON transition(type, move, at)",
    "CREATE TABLE IF NOT EXISTS approval(record TEXT PRIMARY KEY, type TEXT NOT NULL,"
    " move TEXT NOT NULL, author TEXT NOT NULL, changed TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS approval_changed ON approval(author) WHERE changed<>''",
)


def why_only_read(database: Path) -> W | None:
    """Why this process can read a database and not write it; None where it can.

    A disk that has no room for the files that SQLite makes beside it can be read as well.
    """
    log = database.with_name(database.name + "-wal")
    some = [database.parent, database, *([log] if log.exists() else [])]
    if not all(os.access(one, os.W_OK) for one in some):
        return ONLY_READ
    with suppress(OSError):
        if shutil.disk_usage(database.parent).free < ROOM:
            return FULL
    return None


def _database(name: str, pragmas: dict[str, Any], **how: Any) -> peewee.SqliteDatabase:
    return peewee.SqliteDatabase(name, pragmas=pragmas, check_same_thread=False, **how)


def reading_uri(path: Path) -> str:
    """The URI by which a database is only read and no file is left beside it.

    Without a log the file itself has everything.
    """
    log = path.with_name(path.name + "-wal")
    how = "readonly_shm=1" if log.exists() and log.stat().st_size else "immutable=1"
    return f"{path.resolve().as_uri()}?mode=ro&{how}"


def _reading(path: Path) -> peewee.SqliteDatabase:
    kept = {"cache_size": -CACHE_KIB, "temp_store": "memory"}
    return _database(reading_uri(path), kept, uri=True)


def _today() -> date:
    return business_day(time.time_ns() // 1_000_000)


class Store:
    """The database of one workspace, and its write transactions.

    Reads go through `rows`; writes only inside `with store.write():`. Connections are one per
    thread. Faults of the disk or the file arrive as `Refused`.
    """

    def __init__(self, path: Path, *, only_read: W | None = None) -> None:
        self.path = path
        self.only_read = only_read
        """The sentence that refuses every write, where the file can only be read."""
        self.db = _reading(path) if only_read else _database(str(path), PRAGMAS)
        self.lock = WriteLock(path.with_suffix(".lock"), LOCK_SECONDS)
        self.today: Callable[[], date] = _today
        """The business day, by which what is derived runs out; a book sets its own."""
        self._looks: dict[Callable[[Store], Any], tuple[tuple[object, ...], Any]] = {}
        self._turn = threading.RLock()
        self._depth = 0

    def create(self) -> None:
        """Make the tables of a new database, and give it the number of this format.

        Its file is its owner's alone; SQLite gives the files beside it the same mode.
        """
        try:
            with suppress(FileExistsError):
                atomic_file.create(self.path).close()
        except OSError as error:
            raise Refused(READ_ONLY, path=self.path.parent) from error
        with self.write():
            if not self.row("SELECT 1 FROM sqlite_master WHERE name='meta'"):
                format.mark(self.db)
            for sql in TABLES:
                self.db.execute_sql(sql)
            self.grow()

    def grow(self) -> None:
        """Make the record tables, columns and indexes that newer declarations added.

        What a declaration adds needs no migration: nothing that is stored changes by it.
        """
        with self.write():
            for cls in kinds.values():
                self._table(cls)

    def _table(self, cls: type[Record]) -> None:
        name = cls.kind.name
        have = {row[1] for row in self.db.execute_sql(f'PRAGMA table_info("{name}")')}
        if not have:
            for sql in table_of(cls):
                self.db.execute_sql(sql)
            # Costs a save nothing, and spares lists the count of what is not void (160 ms).
            self.db.execute_sql(
                f'CREATE INDEX IF NOT EXISTS "{name}_void" ON "{name}"(state)'
                " WHERE void IS NOT NULL"
            )
            self._indexes(cls)
            return
        for field in cls.fields().values():
            if field.column_name not in have:
                self.db.execute_sql(f'ALTER TABLE "{name}" ADD COLUMN {column_of(field)}')
        self._indexes(cls)

    def _indexes(self, cls: type[Record]) -> None:
        name = cls.kind.name
        # Two devices may each have given a ref before they met: the index is not unique any more.
        self.db.execute_sql(f'DROP INDEX IF EXISTS "{name}_ref"')
        made = f'"{name}_refs" ON "{name}"(ref) WHERE ref IS NOT NULL'
        self.db.execute_sql(f"CREATE INDEX IF NOT EXISTS {made}")
        if any(state.waits for state in cls.kind.states):
            # Who a state waits for, and what is due first, is answered from this alone, however
            # many wait (`models.queries.waiting.agenda.waiting_groups`).
            self.db.execute_sql(f'DROP INDEX IF EXISTS "{name}_waits"')  # that of before
            days = sorted({cls.kind.due_in(state.name) for state in cls.kind.states} - {""})
            owner = [cls.kind.owner] if cls.kind.owner else []
            more = "".join(f', "{column}"' for column in (*days, *owner))
            made = f'"{name}_due_waits" ON "{name}"(state, n, project, author, void{more})'
            self.db.execute_sql(f"CREATE INDEX IF NOT EXISTS {made} WHERE void IS NULL")
        for columns in cls.kind.indexes:
            listed = ",".join(f'"{column}"' for column in columns)
            made = f'"{name}_{"_".join(columns)}" ON "{name}"({listed})'
            self.db.execute_sql(f"CREATE INDEX IF NOT EXISTS {made}")
        # Marked rows are few and found at once; those without the mark cost a save nothing.
        for column in (column for column, spec in cls.specs().items() if spec.kind == "flag"):
            made = f'"{name}_{column}_is" ON "{name}"("{column}") WHERE "{column}"=1'
            self.db.execute_sql(f"CREATE INDEX IF NOT EXISTS {made}")

    @contextmanager
    def write(self) -> Iterator[None]:
        """One write transaction: all of it is on the disk when the block ends, or nothing.

        Nested blocks join the outer one. Raises `Refused` when the lock is not had in time or
        the disk, the folder or the file fails.
        """
        with self._turn:
            if self._depth:
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1
                return
            if self.only_read is not None:
                raise Refused(self.only_read, path=self.path.parent)
            try:
                self.lock.take()
            except TimeoutError:
                seconds = int(self.lock.timeout)
                raise Refused(BUSY, path=self.path.name, seconds=seconds) from None
            except OSError as error:
                raise Refused(READ_ONLY, path=self.path.parent) from error
            self._depth = 1
            try:
                with self.db.atomic("IMMEDIATE"):
                    yield
            except (peewee.DatabaseError, sqlite3.Error) as error:
                raise self.fault(error) from error
            finally:
                self._depth = 0
                self.lock.give()

    def fault(self, error: BaseException) -> Refused:
        """The sentence for an error of SQLite, which Peewee's own errors may hide."""
        reasons = list(_chain(error))
        text = " ".join(str(reason).lower() for reason in reasons)
        if "full" in text:
            return Refused(FULL)
        if "disk i/o error" in text:
            return Refused(UNWRITABLE, path=self.path)
        if "readonly" in text or "unable to open" in text:
            return Refused(READ_ONLY, path=self.path.parent)
        if any(sign in text for sign in HARMED):
            return Refused(DAMAGED, path=self.path)
        absent = re.search(ABSENT, text)
        if absent is not None:
            return Refused(FOREIGN, path=self.path, reason=Refused(LACKS, name=absent[1]))
        if "locked" in text or "busy" in text:
            return Refused(BUSY, path=self.path.name, seconds=5)
        return Refused(TROUBLE, path=self.path.name, reason=reasons[-1])

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a read; faults arrive as `Refused`."""
        try:
            return list(self.db.execute_sql(sql, params).fetchall())
        except peewee.DatabaseError as error:
            raise self.fault(error) from error

    def row(self, sql: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a read, or None."""
        try:
            found = self.db.execute_sql(sql, params).fetchone()
        except peewee.DatabaseError as error:
            raise self.fault(error) from error
        return tuple(found) if found is not None else None

    def meta(self, key: str) -> Any:
        """A fact about this database, or None."""
        found = self.row("SELECT value FROM meta WHERE key=?", (key,))
        return found[0] if found else None

    def set_meta(self, key: str, value: object) -> None:
        """Keep a fact about this database (inside `write`)."""
        self.db.execute_sql("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)", (key, value))

    def number(self) -> int:
        """The number of the format that this database is in."""
        found = self.row("PRAGMA user_version")
        return int(found[0]) if found else 0

    def version(self) -> int:
        """Changes when another connection has written: time to look again."""
        found = self.row("PRAGMA data_version")
        return int(found[0]) if found else 0

    def look(self, make: Callable[[Store], Look]) -> Look:
        """What this makes of the store, kept until anything is written or the day changes.

        Inside a write it is made for each caller: what is written may be taken back.
        """
        version = self.version()
        connection = self.db.connection()
        if connection.in_transaction:
            return make(self)
        mark = (connection, connection.total_changes, version, self.today())
        kept = self._looks.get(make)
        if kept is None or kept[0] != mark:
            kept = self._looks[make] = (mark, make(self))
        found: Look = kept[1]
        return found

    def close(self) -> None:
        """Close this thread's connection; the closing checkpoint runs under the write lock."""
        self._looks.clear()
        with self._turn:
            try:
                self.lock.take()
            except OSError:  # the folder is gone or held for long: close all the same
                self.db.close()
            else:
                self.db.close()
                self.lock.give()
            self.lock.close()


def places(values: Sized) -> str:
    """The places in a statement for so many values: '?,?,?'."""
    return ",".join("?" * len(values))


def _chain(error: BaseException) -> Iterable[BaseException]:
    """The error and everything below it: Peewee hides a full disk behind a failed rollback."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo += [one.__cause__, one.__context__]


def table_of(cls: type[Record]) -> list[str]:
    """The statements that make a type's table and the indexes of its fields.

    They are Peewee's own, which takes 1 ms a type to write them.
    """
    name, fields = cls.kind.name, cls._meta.sorted_fields
    made = [f'CREATE TABLE IF NOT EXISTS "{name}" ({", ".join(map(column_of, fields))})']
    for field in fields:
        if field.index or field.unique:
            kind = "UNIQUE INDEX" if field.unique else "INDEX"
            place = f'"{name}_{field.column_name}" ON "{name}" ("{field.column_name}")'
            made.append(f"CREATE {kind} IF NOT EXISTS {place}")
    return made


def column_of(field: peewee.Field[Any]) -> str:
    """A field's column as SQL declares it."""
    kind = "INTEGER" if field.field_type in ("INT", "INTEGER", "BOOL") else "TEXT"
    needed = "" if field.null else " NOT NULL"
    return f'"{field.column_name}" {kind}{needed}{" PRIMARY KEY" if field.primary_key else ""}'
