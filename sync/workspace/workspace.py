"""A workspace: the folder that holds one person's book on one device, opened as a whole.

The folder has the database, the device's key and mark, drafts, settings, attached files and
backups. `sync.workspace.setup` makes one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import models.records  # noqa: F401  (declares every record type)
from models.book import people
from models.book.book import Book
from models.book.people import People
from models.calendar.business_dates import local
from models.schema.record import kinds
from models.search import documents, engine
from models.search.engine import Search
from models.storage import format, settings
from models.storage.settings import Settings
from models.storage.store import FOREIGN, INDEXES, LACKS, Store, why_only_read
from models.text.words import Refused, W
from sync.changes.hybrid_clock import believed, millis
from sync.log import membership_store, tables
from sync.log.change_log import Log
from sync.trust import device_key
from sync.trust.device_key import Identity
from sync.workspace import file_modes
from sync.workspace.people_reach import reach
from sync.workspace.rollback_guard import EVERY, Mark, same_device

DATABASE = "book.sqlite3"
MIGRATIONS = Path(__file__).parent / "migrations"
"""The scripts that bring a book of an older format up to this one."""

NO_BOOK = W(
    "文件夹 {path} 中还没有现场簿。请先运行 sitebook，或 sitebook init --name 姓名。",
    "There is no sitebook in {path} yet. Run sitebook, or sitebook init --name NAME first.",
)
CLOCK = W(
    "本机上次写入时的时间是 {last}，晚于现在的 {now}。请核对电脑的日期和时间。",
    "The last change on this device was written at {last}, later than now, {now}. Check the date"
    " and time of this computer.",
)


class Workspace:
    """An open workspace: its folder, store, book, people, search and settings."""

    def __init__(self, home: Path, store: Store, log: Log, known: People, me: str) -> None:
        self.home = home
        self.store = store
        self.log = log
        self.people = known
        self.settings, self.warnings = settings.load(home)
        self.warnings += clock_warning(log, int(store.meta("clock") or 0), self.settings.zone)
        self.book = Book(store, log, known, me)
        self.book.zone, self.book.week_due = self.settings.zone, self.settings.weekly_due
        self.book.reach = lambda: reach(store, self.book.me, log.now())
        self.search = Search(store.db, documents.texts(store), store.write)
        self._mark_of = Mark(home, log.device)
        self._saves = 0
        self.book.saved.append(self._note)

    @property
    def mark(self) -> Mark:
        """The mark of this device under its present id."""
        if self._mark_of.device != self.log.device:
            self._mark_of = Mark(self.home, self.log.device)
        return self._mark_of

    def _note(self, _touched: set[tuple[str, str]]) -> None:
        self._saves += 1
        if self._saves % EVERY == 0:
            with suppress(Refused):  # a disk that refuses it now will say so before sending
                self._mark()

    def _mark(self) -> None:
        sql = "SELECT space, seq FROM head WHERE idx=?"
        self.mark.flush(dict(self.store.rows(sql, (self.log.idx,))))

    def change(self, chosen: Settings) -> None:
        """Keep new settings."""
        settings.save(self.home, chosen)
        self.settings = chosen
        self.book.zone, self.book.week_due = chosen.zone, chosen.weekly_due

    def close(self) -> None:
        """Put the mark on the disk and close the database."""
        if self._saves:
            with suppress(Refused):
                self._mark()
        self.store.close()


def clock_warning(log: Log, last: int, zone: str) -> list[str]:
    """A sentence where the last change was written at a time that is still to come."""
    now = log.now()
    if believed(last, now):
        return []
    times = {"last": millis(last), "now": now}
    told = {name: f"{local(ms, zone):%Y-%m-%d %H:%M}" for name, ms in times.items()}
    return [str(Refused(CLOCK, **told))]


def exists(home: Path) -> bool:
    """Whether the folder holds a book.

    Raises `Refused` as `accept`.
    """
    accept(home)
    return (home / DATABASE).exists()


def accept(home: Path) -> None:
    """Raise `Refused`, nothing changed, for a book of another format or another program's file.

    A damaged file passes: opening it says what is wrong. So does a folder without a book.
    """
    database = home / DATABASE
    try:
        found = format.inspect(database)
    except (sqlite3.Error, OSError):
        return
    if not found.number and "meta" not in found.tables:
        raise Refused(FOREIGN, path=database, reason=Refused(LACKS, name="meta"))
    format.accept("book", database, found.number)


def open_book(home: Path) -> Workspace:
    """Open the book in this folder. Raises `Refused` when there is none or it cannot be read.

    In a folder that cannot be written, or has no room, it is opened all the same, to be read.
    A book of an older format is brought up to this one first, after a backup. A copied or
    restored database takes a new device id before its first write.
    """
    if not exists(home):
        raise Refused(NO_BOOK, path=home)
    file_modes.repair(home)
    store = Store(home / DATABASE, only_read=why_only_read(home / DATABASE))
    with closing_unless_open(store):
        if store.number() < format.FORMAT:
            _migrate(home, store)
        return assembled(home, store)


def _migrate(home: Path, store: Store) -> None:
    """Bring the tables up to this format: all steps in one transaction, or none."""
    from models.storage import backup  # a migration alone makes one

    backup.backup(store, home / backup.FOLDER)
    with store.write():
        if store.number() < format.FORMAT:  # else another process was faster
            format.migrate(store.db, MIGRATIONS)
            format.mark(store.db)


@contextmanager
def closing_unless_open(store: Store) -> Iterator[None]:
    """A store that cannot be used is not left open."""
    try:
        yield
    except BaseException:
        store.close()
        raise


def assembled(home: Path, store: Store, device: str | None = None) -> Workspace:
    """A workspace on this store, whose record tables have what the declarations added."""
    if store.meta("schema") != schema_mark():
        with store.write():
            store.grow()
            store.set_meta("schema", schema_mark())
    device = device or _device(home, store)
    known = People(store.db, device)
    with store.write() if known.facts(device) is None else nullcontext():
        idx = known.idx_of(device)
    log = Log(store.db, device, idx, known.idx_of, known.device_of)
    return Workspace(home, store, log, known, known.me or device)


def _device(home: Path, store: Store) -> str:
    device = store.meta("device")
    if store.only_read:
        return str(device)
    device_key.settle(home, str(device))
    own = "SELECT h.space, h.seq FROM head h JOIN device d ON d.idx=h.idx WHERE d.id=?"
    heads = dict(store.rows(own, (device,)))
    if same_device(home, device, heads) != "ok":
        device = _again(home, store)
    return str(device)


def _again(home: Path, store: Store) -> str:
    """A new incarnation: the key vouches for it, so it stays the same person's device."""
    who = device_key.renew(home)
    with store.write():
        store.set_meta("device", who.id)
        keep_person(store, who)
    return who.id


def keep_person(store: Store, who: Identity) -> None:
    """A device that goes on under a new id is its person's all the same."""
    known = People(store.db)
    known.idx_of(who.id)
    persons = [known.person_of(id) for id in (who.id, *who.was)]
    person = next((person for person in persons if person), None)
    store.db.execute_sql("UPDATE device SET person=? WHERE id=?", (person, who.id))


def schema_mark() -> str:
    """What the declared types look like; a difference means something to add to their tables."""
    import zlib

    declared = (
        f"{name}:{','.join((*cls.fields(), *map(str, cls.kind.indexes)))}"
        for name, cls in sorted(kinds.items())
    )
    text = ";".join((*declared, INDEXES))
    return f"{zlib.crc32(text.encode()):08x}"


def create_tables(store: Store) -> None:
    """Make the tables of a new book that are no records', beside the store's own.

    A book that exists gets changes of these by migrations alone.
    """
    people.create(store.db)
    Log.create(store.db)
    membership_store.create(store.db)
    engine.create(store.db)
    tables.create(store.db)
