"""A workspace: the folder that holds one person's book on one device, opened as a whole.

The folder has the database, the device's key and mark, drafts, settings, attached files and
backups. A person alone meets none of this: `begin` makes all of it from a name and a language.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import models.records  # noqa: F401  (declares every record type)
from models.book import people
from models.book.book import Book
from models.book.people import People
from models.schema.record import ROLES, kinds
from models.search import documents, engine
from models.search.engine import Search
from models.storage import blobs, settings
from models.storage.settings import Settings
from models.storage.store import BUSY, FULL, INDEXES, LOCK_SECONDS, READ_ONLY, Store
from models.storage.write_lock import WriteLock
from models.text.words import Lang, Refused, W
from sync.log import membership_store, tables
from sync.log.change_log import Log
from sync.trust import device_key
from sync.trust.device_key import Identity
from sync.workspace.rollback_guard import EVERY, Mark, same_device

if TYPE_CHECKING:
    from sync.trust.membership import Membership

DATABASE = "book.sqlite3"
FRESH = "first.sqlite3"
COMPANY: dict[Lang, str] = {"zh": "我的公司", "en": "My company"}
FIRST_PROJECT: dict[Lang, str] = {"zh": "我的项目", "en": "My project"}

NO_BOOK = W(
    "文件夹 {path} 中还没有现场簿。请先运行 sitebook，或 sitebook init --name 姓名。",
    "There is no sitebook in {path} yet. Run sitebook, or sitebook init --name NAME first.",
)
HAS_BOOK = W(
    "文件夹 {path} 中已有现场簿，没有改动它。",
    "There is a sitebook in {path} already; it was left as it is.",
)


class Workspace:
    """An open workspace: its folder, store, book, people, search and settings."""

    def __init__(self, home: Path, store: Store, log: Log, known: People, me: str) -> None:
        self.home = home
        self.store = store
        self.log = log
        self.people = known
        self.settings, self.warnings = settings.load(home)
        self.book = Book(store, log, known, me)
        self.book.zone = self.settings.zone
        self.search = Search(store.db, documents.texts(store), store.write)
        self.mark = Mark(home, log.device)
        self._saves = 0
        self.book.saved.append(self._note)

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
        self.book.zone = chosen.zone

    def close(self) -> None:
        """Put the mark on the disk and close the database."""
        if self._saves:
            with suppress(Refused):
                self._mark()
        self.store.close()


def exists(home: Path) -> bool:
    """Whether the folder holds a book."""
    return (home / DATABASE).exists()


def begin(home: Path, *, name: str, lang: Lang = "zh", project: str | None = None) -> Workspace:
    """The first run: a workspace, its founder with every role, and a first project.

    The book is built aside and put in place whole: a full disk or a power cut leaves none.
    """
    if exists(home):
        raise Refused(HAS_BOOK, path=home)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(READ_ONLY, path=home) from error
    fresh = home / FRESH
    with _alone(home):
        _sweep(fresh)
        try:
            store = Store(fresh)
            with _closing(store):
                opened = _found(home, store, name, lang)
                opened.book.add("project", {"name": project or FIRST_PROJECT[lang]})
                opened.close()
            _put_in_place(fresh, home / DATABASE)
        finally:
            _sweep(fresh)
    return open_book(home)


def _found(home: Path, store: Store, name: str, lang: Lang) -> Workspace:
    """A database with its founder in it, and the settings beside it."""
    from sync.trust.membership import found

    key = device_key.load(home) if device_key.read(home) else device_key.make(home)
    membership = found(
        key,
        organisation=device_key.new_id(),
        name=COMPANY[lang],
        person=device_key.new_id(),
        person_name=name,
        roles=ROLES,
    )
    _lay(store, membership, key.id)
    opened = _opened(home, store)
    opened.change(replace(opened.settings, lang=lang))
    return opened


def _lay(store: Store, membership: Membership, device: str) -> None:
    """The tables of a new book, and its members."""
    store.create()
    with store.write():
        _tables(store)
        store.set_meta("device", device)
        membership_store.keep(store.db, membership)
        membership_store.project(store.db, membership, pinyin=False)
        store.set_meta("members", membership.version)
        store.set_meta("schema", schema_mark())


def enter(home: Path, membership: Membership, lang: Lang) -> Workspace:
    """A book of an organisation that has admitted the key in this folder; records come later."""
    if exists(home):
        raise Refused(HAS_BOOK, path=home)
    with build(home, membership, lang):
        pass
    settle(home)
    return open_book(home)


@contextmanager
def build(home: Path, membership: Membership, lang: Lang) -> Iterator[Workspace]:
    """A book of this organisation, made aside; `settle` puts it in place, else it is left.

    Its numbers are not marked beside the key before it is the book.
    """
    fresh = home / FRESH
    _sweep(fresh)
    who = device_key.read(home)
    if who is None:
        raise Refused(device_key.MISSING, path=home.name)
    store = Store(fresh)
    try:
        _lay(store, membership, who.id)
        with store.write():
            _owned(store, who)
        opened = _opened(home, store, who.id)
        opened.book.saved.remove(opened._note)
        if opened.settings.lang != lang:
            opened.change(replace(opened.settings, lang=lang))
        yield opened
    except BaseException:
        store.close()
        _sweep(fresh)
        raise
    store.close()


def settle(home: Path) -> None:
    """Put what `build` made in place of the book, if there is one."""
    _put_in_place(home / FRESH, home / DATABASE)
    _sweep(home / FRESH)


def abandon(home: Path) -> None:
    """Throw away what `build` made."""
    _sweep(home / FRESH)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Nobody else begins a book here meanwhile."""
    lock = WriteLock(home / "begin.lock", LOCK_SECONDS)
    try:
        lock.take()
    except TimeoutError:
        raise Refused(BUSY, path=FRESH, seconds=int(LOCK_SECONDS)) from None
    except OSError as error:
        raise Refused(READ_ONLY, path=home) from error
    try:
        if exists(home):
            raise Refused(HAS_BOOK, path=home)
        yield
    finally:
        lock.close()
        with suppress(OSError):
            lock.path.unlink()


def _sweep(fresh: Path) -> None:
    """What an interrupted beginning left."""
    for path in fresh.parent.glob(f"{fresh.stem}.*"):
        with suppress(OSError):
            path.unlink()


def _put_in_place(fresh: Path, database: Path) -> None:
    """The whole book under its name; a log that was not worked in means that the disk is full."""
    if fresh.with_name(fresh.name + "-wal").exists():
        raise Refused(FULL)
    try:
        fresh.replace(database)
        blobs.sync_folder(database.parent)
    except OSError as error:
        raise Refused(READ_ONLY, path=database.parent) from error


def open_book(home: Path) -> Workspace:
    """Open the book in this folder. Raises `Refused` when there is none or it cannot be read.

    A copied or restored database takes a new device id before its first write.
    """
    if not exists(home):
        raise Refused(NO_BOOK, path=home)
    store = Store(home / DATABASE)
    with _closing(store):
        return _opened(home, store)


@contextmanager
def _closing(store: Store) -> Iterator[None]:
    """A store that cannot be used is not left open."""
    try:
        yield
    except BaseException:
        store.close()
        raise


def _opened(home: Path, store: Store, device: str | None = None) -> Workspace:
    if store.meta("schema") != schema_mark():
        store.create()
        with store.write():
            _tables(store)
            store.set_meta("schema", schema_mark())
    device = device or _device(home, store)
    known = People(store.db, device)
    with store.write() if known.facts(device) is None else nullcontext():
        idx = known.idx_of(device)
    log = Log(store.db, device, idx, known.idx_of, known.device_of)
    return Workspace(home, store, log, known, known.me or device)


def _device(home: Path, store: Store) -> str:
    device = store.meta("device")
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
        _owned(store, who)
    return who.id


def _owned(store: Store, who: Identity) -> None:
    """A device that goes on under a new id is its person's all the same."""
    known = People(store.db)
    known.idx_of(who.id)
    persons = [known.person_of(id) for id in (who.id, *who.was)]
    person = next((person for person in persons if person), None)
    store.db.execute_sql("UPDATE device SET person=? WHERE id=?", (person, who.id))


def schema_mark() -> str:
    """What the declared types look like; a difference means something to add to the tables."""
    import zlib

    fields = (f"{name}:{','.join(cls.fields())}" for name, cls in sorted(kinds.items()))
    text = ";".join((*fields, *tables.TABLES, INDEXES))
    return f"{zlib.crc32(text.encode()):08x}"


def _tables(store: Store) -> None:
    people.create(store.db)
    Log.create(store.db)
    membership_store.create(store.db)
    engine.create(store.db)
    tables.create(store.db)
