"""Config: where a hub listens and keeps its data, in a file of its folder only its owner reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from models.storage.atomic_file import held, make_folder, write_whole
from models.text.words import Refused, W
from sync.hub import certificates
from sync.hub.handlers import enrolment
from sync.hub.hub import Hub
from sync.hub.recovery import next_key
from sync.hub.storage.database import Base
from sync.transport.http.invite_code import Code, bond, spelt
from sync.trust import device_key
from sync.trust.membership import hub_of
from sync.workspace import file_modes
from sync.workspace.workspace import exists

FILE = "hub-settings.json"
DATABASE = "hub.sqlite3"
SQLITE = "sqlite:///"
PORT = 8443

NO_HUB = W(
    "{path} 中还没有同步服务器。请先运行 sitebook --home {path} hub init。",
    "There is no hub in {path} yet. Run sitebook --home {path} hub init first.",
)
A_BOOK = W(
    "{path} 中是一个人的现场簿。同步服务器要有自己的文件夹：sitebook --home 文件夹 hub init。",
    "{path} is somebody's book. A hub needs a folder of its own: sitebook --home FOLDER hub init.",
)


class Config(NamedTuple):
    """What `hub init` decided."""

    db: str
    """The address of the database; of a file its whole path."""
    host: str
    """The name or address that devices call."""
    port: int
    book: str = ""
    """The folder of the administrator's book that signs what is done here; empty: not named."""

    @property
    def url(self) -> str:
        """Where devices call."""
        return f"https://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def load(home: Path) -> Config:
    """The settings of the hub in this folder; `Refused` when there is none."""
    try:
        data = json.loads((home / FILE).read_bytes())
        db, book = placed(home, str(data["db"])), str(data.get("book", ""))
        return Config(db, str(data["host"]), int(data["port"]), book)
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(NO_HUB, path=home) from None


def begin(
    home: Path, db: str | None, hosts: Sequence[str], port: int | None, book: str = ""
) -> Config:
    """Make a hub: its key, its authority, its database. Again: what is named is changed."""
    if exists(home):
        raise Refused(A_BOOK, path=home)
    new = not (home / FILE).exists()
    was = Config(placed(home, SQLITE + DATABASE), "127.0.0.1", PORT) if new else load(home)
    config = Config(
        placed(home, db) if db else was.db,
        hosts[0] if hosts else was.host,
        port or was.port,
        book or was.book,
    )
    certificates.check(hosts)
    database = Base(config.db)
    try:
        database.number()
        make_folder(home)
        database.create()
    finally:
        database.close()
    if device_key.read(home) is None:
        device_key.make(home)
    certificates.make(home, hosts or ([] if new else certificates.names(home)))
    save(home, config)
    return config


def save(home: Path, config: Config) -> None:
    """Keep the settings; a database in the folder without its path, so that it may be moved."""
    data = config._asdict()
    if config.db == f"{SQLITE}{home.absolute() / DATABASE}":
        data["db"] = SQLITE + DATABASE
    with held(home):
        write_whole(home / FILE, json.dumps(data, indent=1).encode())


def placed(home: Path, db: str) -> str:
    """The address with the whole path of a file, which a relative one has from the folder.

    A folder of an earlier version has its own whole path; where it was moved, the file moved too.
    """
    path = Path(db.removeprefix(SQLITE))
    if not db.startswith(SQLITE) or (path.name != DATABASE and path.is_absolute()):
        return db
    here = home.absolute() / (path if not path.is_absolute() else DATABASE)
    moved = path.is_absolute() and not path.exists() and here.exists()
    return f"{SQLITE}{here}" if moved or not path.is_absolute() else db


def opened(home: Path, db: str | None = None, passphrase: str | None = None) -> Hub:
    """The hub of this folder, its database ready.

    Raises `Refused` where its key has a passphrase that is not given, or is wrong.
    """
    file_modes.repair(home)
    hub = Hub(home, placed(home, db) if db else load(home).db, passphrase)
    try:
        hub.create()
        next_key.settle(home, hub_of(hub.membership.now()))
    except BaseException:
        hub.close()
        raise
    return hub


def code(hub: Hub, config: Config, secret: bytes, *, founding: bool = False) -> str:
    """A code as people type it."""
    root = b"" if founding else hub.membership.now().root
    tied = bond(certificates.authority(hub.home), root)
    return spelt(Code(config.host, config.port, secret, tied, founding))


def founding(hub: Hub, config: Config) -> str | None:
    """A first code; None when the hub has its organisation."""
    if hub.membership.now().entries:
        return None
    return code(hub, config, enrolment.founding_code(hub), founding=True)
