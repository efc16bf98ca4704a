"""Database: the hub's database, SQLite or by URL, and the one way to write to it.

Nothing here is for one database only: no advisory locks, no notifications. A write transaction
that the database calls off (a deadlock, a serialisation failure) is tried again whole.
"""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import peewee

from models.storage import format
from models.storage.atomic_file import create, replacement
from models.storage.write_lock import WriteLock
from models.text.os_errors import why
from models.text.words import Refused, W
from sync.hub.storage import tables
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError

T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"
"""The scripts that bring a hub of an older format up to this one."""
HISTORY = "hub_migration"
"""The table with the names of the scripts that were run."""
LOCK_SECONDS = 8.0
TRIES = 8
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "busy_timeout": 5000,
    "cache_size": -32768,
    "temp_store": "memory",
}
SCHEMES = ("sqlite:", "postgresql:", "postgres:", "cockroachdb:")
AGAIN = ("40001", "40P01")
"""SQLSTATEs of a transaction that may simply be tried again."""
THERE = ("23505", "42P07", "42710")
"""SQLSTATEs of a table or name that another process made at the same time."""

BAD_URL = W(
    "数据库地址 {url} 无法使用。例：postgresql://user@host/name、sqlite:///路径。",
    "The database address {url} cannot be used. Examples: postgresql://user@host/name,"
    " sqlite:///path.",
)
NO_DATABASE = W(
    "数据库 {url} 打不开：{reason}。请检查地址和数据库服务。",
    "The database {url} cannot be opened: {reason}. Check the address and the server.",
)
NO_DRIVER = W(
    "缺少数据库驱动。请在程序的目录里运行：pip install '.[hub]'。",
    "The database driver is missing. In the program's folder run: pip install '.[hub]'.",
)


class _Mark(NamedTuple):
    """The place of a value in a compiled query."""

    place: int


class Base:
    """One database; connections are one per thread."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.db: Any = _database(url)
        self.sqlite = isinstance(self.db, peewee.SqliteDatabase)
        try:
            self.t: Any = tables.of(self.db)
        except peewee.ImproperlyConfigured:
            raise Refused(NO_DRIVER) from None
        self._compiled: dict[tuple[Any, int], tuple[str, list[Any]]] = {}
        self._turn = threading.RLock()
        path = Path(str(self.db.database))
        self._lock = WriteLock(path.with_suffix(".lock"), LOCK_SECONDS) if self.sqlite else None

    def create(self) -> None:
        """Make the tables of a new database, or bring one of an older format up to this one.

        Raises `Refused`, nothing written, when the database cannot be reached or its format
        cannot be opened by this version.
        """
        try:
            self._ready()
        except (peewee.PeeweeException, sqlite3.Error, OSError) as error:
            reason = str(why(error)).split("\n")[0].rstrip(".")[:200]
            raise Refused(NO_DATABASE, url=veiled(self.url), reason=reason) from error

    def _ready(self) -> None:
        """Make the tables or bring them up; again, when another process was faster at it."""
        for attempt in range(TRIES):
            number = self.number()
            try:
                if number is None:
                    self._begin()
                elif number < format.FORMAT:
                    self._migrate(number)
                return
            except peewee.PeeweeException as error:
                if not _said(error, (*AGAIN, *THERE)) or attempt == TRIES - 1:
                    raise
            time.sleep(random.uniform(0, 0.02 * 2**attempt))

    def number(self) -> int | None:
        """The number of its format; None for a database without a hub. Nothing is written.

        Raises `Refused` for a number that this version cannot open.
        """
        number = self._file_number() if self.sqlite else self._row_number()
        if number is not None:
            format.accept("hub", veiled(self.url), number)
        return number

    def _file_number(self) -> int | None:
        path = Path(str(self.db.database))
        if not path.exists():
            return None
        found = format.inspect(path)
        return found.number if found.number or "hub_fact" in found.tables else None

    def _row_number(self) -> int | None:
        have = set(self.db.get_tables())
        if "hub_format" in have:
            return int(self.t.Format.select().scalar() or 0)
        return 0 if "hub_fact" in have else None

    def _begin(self) -> None:
        names = [name for name in tables.ALL if name != "Format" or not self.sqlite]
        if self.sqlite:
            with suppress(FileExistsError):
                create(Path(str(self.db.database))).close()
        with self._alone(), self._atomic():
            self.db.create_tables([getattr(self.t, name) for name in names])
            format.begin_migrations(self.db, MIGRATIONS, HISTORY)
            self._mark()

    def _migrate(self, number: int) -> None:
        """Bring the tables up to this format: all steps in one transaction, or none.

        An SQLite file is copied into its folder first. A server's database is backed up by its
        owner.
        """
        with self._alone():
            if self.sqlite:
                kept = Path(str(self.db.database)).with_suffix(f".format-{number}.sqlite3")
                with replacement(kept) as fresh:
                    self.db.execute_sql("VACUUM INTO ?", (str(fresh),))
            with self._atomic():
                if self._locked_number() < format.FORMAT:  # else another process was faster
                    format.migrate(self.db, MIGRATIONS, HISTORY)
                    self._mark()

    def _locked_number(self) -> int:
        """The number, read inside the transaction that may change it."""
        if self.sqlite:
            return int(self.db.execute_sql("PRAGMA user_version").fetchone()[0])
        return int(self.locked(self.t.Format.select()).scalar())

    def _mark(self) -> None:
        """Give the database the number of this version, inside a transaction."""
        if self.sqlite:
            format.mark(self.db)
            return
        self.t.Format.delete().execute()
        self.t.Format.insert(number=format.FORMAT).execute()

    def write(self, work: Callable[[], T]) -> T:
        """Do this in one durable transaction; it may be done more than once before it counts."""
        for attempt in range(TRIES):
            try:
                with self._alone(), self._atomic():
                    return work()
            except (peewee.OperationalError, peewee.InternalError) as error:
                if _full(error):
                    raise HubError(507, hub_errors.FULL) from error
                if not _again(error) or attempt == TRIES - 1:
                    raise
            time.sleep(random.uniform(0, 0.01 * 2**attempt))
        raise AssertionError("not reached")

    def run(self, build: Callable[..., Any], *values: Any) -> Any:
        """Run the query that `build` makes of as many values; it is compiled once.

        To put a query into words costs Peewee several times what it costs the database to answer.
        So `build` is called with marks, the first time only, and must make the same query always.
        """
        known = build.__code__, len(values)
        if known not in self._compiled:
            places = map(_Mark, range(len(values)))
            marks = [peewee.Value(one, converter=False, unpack=False) for one in places]
            self._compiled[known] = build(*marks).sql()
        sql, params = self._compiled[known]
        found = [values[one.place] if type(one) is _Mark else one for one in params]
        return self.db.execute_sql(sql, found)

    def rows(self, build: Callable[..., Any], *values: Any) -> list[Any]:
        """The rows of such a query."""
        found: list[Any] = self.run(build, *values).fetchall()
        return found

    def fact(self, key: str) -> str | None:
        """What the hub noted about itself."""
        fact = self.t.Fact
        rows = self.rows(lambda key: fact.select(fact.value).where(fact.key == key), key)
        return str(rows[0][0]) if rows else None

    def note(self, key: str, value: str) -> None:
        """Note something (inside a transaction)."""
        fact = self.t.Fact
        (
            fact.insert(key=key, value=value)
            .on_conflict(conflict_target=[fact.key], update={fact.value: value})
            .execute()
        )

    def locked(self, query: Any) -> Any:
        """The query with its rows locked; SQLite locks whole transactions and needs none."""
        return query if self.sqlite else query.for_update()

    def let_go(self) -> None:
        """Close this thread's connection, which may be broken; the next use opens another."""
        if not self.db.is_closed():
            with suppress(peewee.PeeweeException):
                self.db.close()

    def close(self) -> None:
        """Close this thread's connection and the lock."""
        self.let_go()
        if self._lock is not None:
            self._lock.close()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Everything read meanwhile is as it was at one moment; of a file, nothing is written."""
        postgres = self.url.startswith("postgres")  # CockroachDB reads so always
        how = {"isolation_level": "REPEATABLE READ"} if postgres else {}
        with self._alone(), self.db.atomic(**how) if how else self._atomic():
            yield

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """SQLite before 3.51.3 may harm its log when two connections write: one at a time."""
        if self._lock is None:
            yield
            return
        with self._turn:
            try:
                self._lock.take()
            except TimeoutError:
                raise HubError(503, hub_errors.BUSY) from None
            try:
                yield
            finally:
                self._lock.give()

    def _atomic(self) -> Any:
        return self.db.atomic("IMMEDIATE") if self.sqlite else self.db.atomic()


def _database(url: str) -> Any:
    from playhouse import db_url  # type: ignore[import-untyped]

    if not url.startswith(SCHEMES):
        raise Refused(BAD_URL, url=veiled(url))
    try:
        if url.startswith("sqlite:"):
            return peewee.SqliteDatabase(url.removeprefix("sqlite:///"), pragmas=PRAGMAS)
        return db_url.connect(url, unquote_user=True, unquote_password=True)
    except (ValueError, RuntimeError):
        raise Refused(BAD_URL, url=veiled(url)) from None
    except (ImportError, peewee.ImproperlyConfigured):
        raise Refused(NO_DRIVER) from None


def veiled(url: str) -> str:
    """The address without a password."""
    before, at, after = url.rpartition("@")
    return f"{before.rpartition(':')[0]}:***@{after}" if at and before.count(":") > 1 else url


def _again(error: BaseException) -> bool:
    return _said(error, AGAIN)


def _said(error: BaseException, states: Sequence[str]) -> bool:
    return any(getattr(one, "sqlstate", "") in states for one in _chain(error))


def _full(error: BaseException) -> bool:
    """Whether the disk is full, which Peewee hides behind a rollback that fails."""
    disk = ("disk is full", "no space left")
    return any(word in str(one).lower() for one in _chain(error) for word in disk)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def parts(some: Iterable[Any], size: int = 400) -> Iterator[list[Any]]:
    """In portions for one query each, since a query is compiled for a number of values."""
    every = list(some)
    for at in range(0, len(every), size):
        yield every[at : at + size]
