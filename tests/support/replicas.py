"""Replicas: several real workspaces of one organisation, exchanging encoded segments in memory.

The founder's device writes the membership log; each colleague has a folder, a key and a book of
their own. Nothing here stands in for a part of the program: admission, sealing and taking are
those that carriers use.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.book.book import Book
from models.book.projects import all_projects
from models.book.writing.record_writer import value_of
from models.schema.record import Record, kinds
from models.schema.roles import ENGINEER
from models.schema.versions import FieldVersions
from models.storage import rows
from models.storage.store import Store
from sync.apply.open_book import open_book
from sync.log import membership_store
from sync.log.change_log import wall
from sync.log.state_digest import fingerprint
from sync.organisation import administration
from sync.transport.exchange import Exchange
from sync.transport.incoming import ExchangeReport
from sync.trust import device_key
from sync.trust.membership import Membership
from sync.workspace import workspace
from sync.workspace.setup import begin
from sync.workspace.workspace import DATABASE, Workspace

VALUES = {"phenomenon": "回风温度偏高", "place": "3 号机柜"}


@dataclass
class Replica:
    """One person's device."""

    workspace: Workspace
    exchange: Exchange

    @property
    def book(self) -> Book:
        """Its book."""
        return self.workspace.book

    @property
    def device(self) -> str:
        """Its device id."""
        return self.workspace.log.device

    @property
    def home(self) -> Path:
        """Its folder."""
        return self.workspace.home

    def clock(self, now: int | None) -> None:
        """Stop this device's clock at a time (ms UTC); None: the real one again."""
        self.workspace.log._now = wall if now is None else lambda: now

    def reopen(self) -> None:
        """Close the book and open it again, as a new start of the program does."""
        self.workspace.close()
        self.workspace = open_book(self.home)
        self.exchange = Exchange(self.workspace)

    def digest(self) -> str:
        """One line over everything."""
        return fingerprint(self.book)

    def get(self, id: str) -> Record:
        """A record as it stands here."""
        return self.book.get(id)


def replica(opened: Workspace) -> Replica:
    """A replica of an open workspace."""
    return Replica(opened, Exchange(opened))


class Team:
    """An organisation: its founder first, then whoever was admitted."""

    def __init__(self, folder: Path, *names: str, roles: Sequence[str] = (ENGINEER,)) -> None:
        self.folder = folder
        self.founder = replica(begin(folder / "founder", name="创办人", project="项目"))
        self.project = all_projects(self.founder.workspace.store)[0].id
        self.all = [self.founder]
        for name in names:
            self.admit(name, roles)

    @classmethod
    def copied(
        cls, folder: Path, *names: str, roles: Sequence[str] = (ENGINEER,), met: bool = False
    ) -> Team:
        """The same, as a copy of a team that this process makes once; `met`: all are in sync.

        Two of them with the same names and roles are copies of one organisation.
        """
        kept = _prepared(names, tuple(roles), met, workspace.schema_mark())
        found = cls.__new__(cls)
        found.folder = folder
        for name in ("founder", *names):
            shutil.copytree(kept / name, folder / name)
        found.all = [replica(open_book(folder / name)) for name in ("founder", *names)]
        found.founder = found.all[0]
        found.project = all_projects(found.founder.workspace.store)[0].id
        return found

    def admit(self, name: str, roles: Sequence[str] = (ENGINEER,)) -> Replica:
        """A colleague with a device of their own; everybody learns of it."""
        home = self.folder / name
        home.mkdir()
        key = device_key.make(home)
        person = administration.add_person(self.founder.workspace, name, "")
        for role in roles:
            administration.set_role(self.founder.workspace, person, role, "*", grant=True)
        grown = administration.change(
            self.founder.workspace,
            lambda log, signer: log.admit(person, key.id, key.public, name, signer),
        )
        found = replica(book_of(home, grown))
        self.all.append(found)
        self.tell()
        return found

    def tell(self) -> None:
        """Everybody has the founder's membership log."""
        for one in self.all[1:]:
            one.exchange.take_members(self.founder.exchange.members(0))

    def person(self, one: Replica) -> str:
        """Whose device it is."""
        found = one.workspace.people.me
        assert found is not None
        return found

    def fix(self, one: Replica, **values: object) -> str:
        """A new fix in the project; returns its id."""
        return one.book.add("fix", {**VALUES, **values}, project=self.project).id

    def meet(self, *some: Replica) -> None:
        """Everybody gives everybody what they lack until nothing is left."""
        who = some or tuple(self.all)
        for _ in range(2):
            for giver in who:
                for taker in who:
                    if giver is not taker:
                        give(giver, taker)

    def close(self) -> None:
        """Close every book."""
        for one in self.all:
            one.workspace.close()


@cache
def _prepared(names: Sequence[str], roles: Sequence[str], met: bool, _schema: str) -> Path:
    """The books of a team, closed; they go when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="team-")
    _kept.append(folder)
    team = Team(Path(folder.name), *names, roles=roles)
    if met:
        team.meet()
    team.close()
    return team.folder


_kept: list[tempfile.TemporaryDirectory[str]] = []


def book_of(home: Path, membership: Membership) -> Workspace:
    """A book of an organisation, on a device whose key is in the folder already."""
    who = device_key.read(home)
    assert who is not None
    store = Store(home / DATABASE)
    store.create()
    with store.write():
        workspace.create_tables(store)
        store.set_meta("device", who.id)
        membership_store.keep(store.db, membership)
        membership_store.project(store.db, membership, pinyin=False)
        store.set_meta("members", membership.version)
        store.set_meta("schema", workspace.schema_mark())
    store.close()
    return open_book(home)


def give(giver: Replica, taker: Replica, spaces: Iterable[str] | None = None) -> ExchangeReport:
    """Hand over all that the taker lacks."""
    taker.exchange.take_members(giver.exchange.members(0))
    report = ExchangeReport()
    for space in spaces if spaces is not None else giver.exchange.spaces():
        blobs = list(giver.exchange.offer(space, taker.exchange.wanted(space)))
        report.add(taker.exchange.take(blobs))
    return report


def standing(book: Book, record: Record) -> dict[str, list[tuple[str, int, str]]]:
    """Register -> every version that stands: (device, sequence, value as JSON)."""
    cls, dots = type(record), FieldVersions(record.dots)
    beside = book.writer.siblings(record.id)
    found = {}
    for register, fields in {"state": ("state",), "void": ("void",), **cls.registers()}.items():
        present = any(getattr(record, name) is not None for name in fields)
        value = value_of(cls, register, record.__data__)
        versions = [(device, seq, other) for device, seq, _, other in beside.get(register, [])]
        for idx, seq in dots.standing(register, present):
            versions.append((book.people.device_of(idx), seq, value))
        if versions:
            found[register] = sorted((d, s, json.dumps(v, sort_keys=True)) for d, s, v in versions)
    return found


def contents(book: Book) -> dict[str, object]:
    """All records: header and what stands."""
    header = ("ref", "number", "project", "occurred", "recorded", "author", "device")
    found: dict[str, object] = {}
    for cls in kinds.values():
        for record in rows.fetch(book.store, cls, "ORDER BY id"):
            named = {name: getattr(record, name) for name in header}
            found[record.id] = [named, standing(book, record), record.values(), record.state]
    return found


def differences(one: Replica, other: Replica) -> list[object]:
    """The records that differ between two books; nothing on replicas in sync."""
    left, right = contents(one.book), contents(other.book)
    ids = sorted({**left, **right})
    return [(left.get(id), right.get(id)) for id in ids if left.get(id) != right.get(id)]
