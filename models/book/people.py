"""People: who may do what, as the membership log says; tables that are a copy of it.

Nothing here grants anything: `sync.log.membership_store.project` rewrites these tables from the
signed log, and the only row made here is a device that the log does not know (yet). Where `project`
is asked for, None means 'on any project' and '*' 'on every project'.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from peewee import SqliteDatabase

from models.frozen import NamedTuple
from models.storage.store import places
from models.text.pinyin import fold, initials_of, pinyin_of, squeeze

EVERY = "*"
"""In place of a project: the role is held on every project, later ones too."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS device(idx INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,"
    " person TEXT, tag TEXT, name TEXT, key BLOB, revoked INTEGER)",
    "CREATE TABLE IF NOT EXISTS person(id TEXT PRIMARY KEY, name TEXT, initials TEXT,"
    " pinyin TEXT, title TEXT, active INTEGER) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS role_grant(person TEXT, role TEXT, project TEXT,"
    " PRIMARY KEY(person, role, project)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS administrator(person TEXT PRIMARY KEY) WITHOUT ROWID",
)
_TAG_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def is_proper(name: str) -> bool:
    """Whether a text can be a person's name: 1 to 200 characters, none of which acts."""
    return bool(name.strip()) and len(name) <= 200 and name.isprintable()


def same_name(one: str, other: str) -> bool:
    """Whether two names look alike to people: case, width and spaces do not count."""
    return squeeze(fold(one)) == squeeze(fold(other))


class PersonDevice(NamedTuple):
    """One device; all but `idx` and `id` are None while the membership log does not know it."""

    idx: int
    id: str
    person: str | None
    tag: str | None
    name: str | None
    key: bytes | None
    revoked: int | None
    """The membership version that revoked it."""


class Person(NamedTuple):
    """One person; the pinyin columns are None until they are needed."""

    id: str
    name: str
    initials: str | None
    pinyin: str | None
    title: str
    active: bool


def create(db: SqliteDatabase) -> None:
    """Make the tables that are missing (inside the caller's transaction)."""
    for sql in _TABLES:
        db.execute_sql(sql)


def spare_tag(device: str) -> str:
    """The tag of a device that waits for admission, in its records' numbers: '0K3QX'.

    It begins with 0 and given tags are letters, so the two never meet.
    """
    number = int.from_bytes(hashlib.sha256(device.encode()).digest()[:3])
    return "0" + "".join(_TAG_LETTERS[number >> shift & 31] for shift in (15, 10, 5, 0))


class People:
    """Questions about people, devices and roles of one book; `device` is this one's id.

    Answers are remembered: who rewrites the tables (even if it is rolled back), or notices
    that another process wrote, calls `refresh`.
    """

    def __init__(self, db: SqliteDatabase, device: str | None = None) -> None:
        self.db = db
        self.device = device
        self.refresh()

    def refresh(self) -> None:
        """Forget every remembered answer."""
        self._devices: dict[str, PersonDevice] = {}
        self._ids: dict[int, str] = {}
        self._people: dict[str, Person] | None = None
        self._roles: dict[tuple[str, str | None], frozenset[str]] = {}
        self._equipped: dict[tuple[str, ...], list[Any]] = {}

    def go_on(self, device: str) -> None:
        """This device has a new id."""
        self.device = device
        self.refresh()

    @property
    def me(self) -> str | None:
        """The person this device belongs to; None before it is admitted."""
        return self.person_of(self.device) if self.device else None

    def roles(self, person: str, project: str | None) -> frozenset[str]:
        """The roles a person holds on a project now; none for one who has left."""
        found = self._roles.get((person, project))
        if found is None:
            where, params = _on(project)
            rows = self._rows(
                f"SELECT role FROM role_grant WHERE person=?{where}", (person, *params)
            )
            found = self._roles[person, project] = frozenset(row[0] for row in rows)
        return found

    def holders(self, role: str, project: str) -> list[str]:
        """Who holds a role on a project, by id: those given it there, else those who have it on
        every one."""
        sql = "SELECT person, project FROM role_grant WHERE role=? AND project IN (?, ?) ORDER BY 1"
        found = self._rows(sql, (role, project, EVERY))
        here = [str(person) for person, where in found if where == project]
        return here or [str(person) for person, _ in found]

    def is_administrator(self, person: str) -> bool:
        """Whether the person may change the membership log."""
        return bool(self._rows("SELECT 1 FROM administrator WHERE person=?", (person,)))

    def second_person(self, project: str | None, roles: Iterable[str], except_person: str) -> bool:
        """Whether another person, with a device to do it on, holds one of the roles."""
        return bool(self.second_people(project, tuple(roles), {except_person}))

    def second_people(
        self, project: str | None, roles: Iterable[str], besides: Collection[str]
    ) -> list[str]:
        """The people with a device who hold one of the roles, without those named, by id."""
        wanted = tuple(roles)
        held = self._equipped.get(wanted)
        if held is None:  # of all projects at once: a look at many asks for each of them
            held = self._equipped[wanted] = self._rows(
                f"SELECT person, project FROM role_grant WHERE role IN ({places(wanted)})"
                " AND person IN (SELECT person FROM device WHERE revoked IS NULL)",
                wanted,
            )
        here = (project, EVERY)
        found = sorted({str(who) for who, where in held if project is None or where in here})
        return [person for person in found if person not in besides]

    def person(self, person: str) -> Person | None:
        """What is known of a person."""
        if self._people is None:
            rows = self._rows("SELECT id, name, initials, pinyin, title, active FROM person")
            everybody = map(Person._make, rows)
            self._people = {one.id: one._replace(active=bool(one.active)) for one in everybody}
        return self._people.get(person)

    def name(self, person: str) -> str:
        """The person's name; the id itself while the membership log does not know it."""
        known = self.person(person)
        return known.name if known else person

    def find(self, text: str, limit: int = 20, *, gone: bool = False) -> list[Person]:
        """People by a part of the name, of its pinyin or of its initials; best first.

        Those who have left are found with `gone` only. No text finds everybody.
        """
        self.person("")
        found = []
        for person in list((self._people or {}).values()):
            if gone or person.active:
                person = self._spelt(person)
                place = _match(person, fold(text).strip(), squeeze(text))
                if place is not None:
                    found.append((place, person.pinyin or "", person.name, person))
        return [one[-1] for one in sorted(found)[:limit]]

    def called(self, text: str) -> list[Person]:
        """The people whose name a text is a part of, those who have left among them.

        Names are spelt only to put several in order: the dictionary is slow to load.
        """
        wanted = fold(text).strip()
        self.person("")
        every = list((self._people or {}).values()) if wanted else []
        found = [one for one in every if wanted in fold(one.name)]
        if len(found) < 2:
            return found
        spelt = {one.id for one in found}
        ordered = self.find(text, len(every), gone=True)
        return [one for one in ordered if one.id in spelt][:20]

    def _spelt(self, person: Person) -> Person:
        """The person with pinyin, worked out now where no one needed it before."""
        if person.pinyin is not None or self._people is None:
            return person
        person = person._replace(
            initials=initials_of(person.name, person=True),
            pinyin=pinyin_of(person.name, person=True),
        )
        self._people[person.id] = person
        return person

    def facts(self, device: str) -> PersonDevice | None:
        """What is known of a device; None when it was never heard of."""
        found = self._devices.get(device)
        if found is None:
            rows = self._rows(
                "SELECT idx, id, person, tag, name, key, revoked FROM device WHERE id=?", (device,)
            )
            if rows:
                found = PersonDevice(*rows[0])
                # A row of a transaction that is rolled back later must not be remembered:
                # its number would go to another device.
                if not self._writing():
                    self._devices[device] = found
        return found

    def idx_of(self, device: str) -> int:
        """The small number of a device here, given at first sight (in the caller's transaction)."""
        found = self.facts(device)
        if found is None:
            self.db.execute_sql("INSERT INTO device(id) VALUES(?)", (device,))
            found = self.facts(device)
            assert found is not None
        return found.idx

    def device_of(self, idx: int) -> str:
        """The id of the device with this number; KeyError when no device has it."""
        found = self._ids.get(idx)
        if found is None:
            rows = self._rows("SELECT id FROM device WHERE idx=?", (idx,))
            if not rows:
                raise KeyError(idx)
            found = str(rows[0][0])
            if not self._writing():
                self._ids[idx] = found
        return found

    def person_of(self, device: str) -> str | None:
        """Whose device it is; None while the membership log does not know it."""
        known = self.facts(device)
        return known.person if known else None

    def tag_of(self, device: str) -> str:
        """The tag in the numbers of records made there: given at admission, spare before."""
        known = self.facts(device)
        return (known.tag if known else None) or spare_tag(device)

    def _writing(self) -> bool:
        return bool(self.db.connection().in_transaction)

    def _rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return list(self.db.execute_sql(sql, params).fetchall())


def _on(project: str | None) -> tuple[str, tuple[str, ...]]:
    """The SQL condition for a role held on this project, and its parameters."""
    return ("", ()) if project is None else (" AND project IN (?, ?)", (project, EVERY))


def _match(person: Person, text: str, bare: str) -> int | None:
    """How well a person fits (0 best), None when not at all."""
    name = fold(person.name)
    tries = [(name, text), (person.initials or "", bare), (person.pinyin or "", bare)]
    for place, (where, what) in enumerate(tries):
        if (what or not text) and where.startswith(what):
            return place
    for place, (where, what) in enumerate(tries, len(tries)):
        if what and what in where:
            return place
    return None
