"""Setup: a new book is built under another name in its folder and put in place when it is complete.

`begin` needs only a person's name and a language: it makes the key, the membership log with its
founder, the settings and a first project. A device that joins an organisation gets its book by
`enter`, or by `build` and `settle` when it brings records along.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.schema.roles import ROLES
from models.storage import format
from models.storage.atomic_file import make_folder, put_in_place
from models.storage.store import BUSY, FULL, LOCK_SECONDS, READ_ONLY, Store
from models.storage.write_lock import WriteLock
from models.text.words import Lang, Refused, W
from sync.log import membership_store
from sync.trust import device_key
from sync.trust.membership import Membership, found
from sync.workspace.workspace import (
    DATABASE,
    MIGRATIONS,
    Workspace,
    assembled,
    closing_unless_open,
    create_tables,
    exists,
    keep_person,
    open_book,
    schema_mark,
)

FRESH = "first.sqlite3"
COMPANY: dict[Lang, str] = {"zh": "我的公司", "en": "My company"}
FIRST_PROJECT: dict[Lang, str] = {"zh": "我的项目", "en": "My project"}

HAS_BOOK = W(
    "文件夹 {path} 中已有现场簿，没有改动它。",
    "There is a sitebook in {path} already; it was left as it is.",
)


def begin(home: Path, *, name: str, lang: Lang = "zh", project: str | None = None) -> Workspace:
    """The first run: a workspace, its founder with every role, and a first project.

    The book is built aside and put in place whole: a full disk or a power cut leaves none.
    """
    if exists(home):
        raise Refused(HAS_BOOK, path=home)
    try:
        make_folder(home)
    except OSError as error:
        raise Refused(READ_ONLY, path=home) from error
    fresh = home / FRESH
    with _alone(home):
        _sweep(fresh)
        try:
            store = Store(fresh)
            with closing_unless_open(store):
                opened = _found(home, store, name, lang)
                opened.book.add("project", {"name": project or FIRST_PROJECT[lang]})
                opened.close()
            _put_in_place(fresh, home / DATABASE)
        finally:
            _sweep(fresh)
    return open_book(home)


def _found(home: Path, store: Store, name: str, lang: Lang) -> Workspace:
    """A database with its founder in it, and the settings file."""
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
    opened = assembled(home, store)
    opened.change(opened.settings.but(lang=lang))
    return opened


def _lay(store: Store, membership: Membership, device: str) -> None:
    """The tables of a new book, and its members."""
    store.create()
    with store.write():
        create_tables(store)
        format.begin_migrations(store.db, MIGRATIONS)
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
    """A book of this organisation under another name; `settle` puts it in place.

    Its sequences are not marked in the rollback guard before it is in place.
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
            keep_person(store, who)
        opened = assembled(home, store, who.id)
        opened.book.saved.remove(opened._note)
        if opened.settings.lang != lang:
            opened.change(opened.settings.but(lang=lang))
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
    """Prevent another process from beginning a book here meanwhile."""
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
    """Give the complete book its name; a remaining write-ahead log means that the disk is full."""
    if fresh.with_name(fresh.name + "-wal").exists():
        raise Refused(FULL)
    try:
        put_in_place(fresh, database)
    except OSError as error:
        raise Refused(READ_ONLY, path=database.parent) from error
