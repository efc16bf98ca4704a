"""A company's book: projects, people and weeks of work, as sealed segments; the same by a seed.

The founder's book is begun by the program itself: projects, checklists, people with their devices.
What the people wrote is made as changes and sealed with their keys, without a book of theirs, and
taken by the founder's book as from any carrier, with all its checks. So a company of any size is
written in little more than the time of a first sync. Every segment is a file; a run that was
stopped goes on where it was, and a company that is there is not written again.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from models.book.approval import coverage
from models.book.people import EVERY
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.schema import natural_keys
from models.schema.record import kinds
from models.schema.roles import ENGINEER, PROJECT_MANAGER, QUALITY
from sync.apply.open_book import open_book
from sync.changes.change import Change, Dot, chain, genesis
from sync.encoding.segment import encode, make
from sync.organisation import administration
from sync.transport.exchange import Exchange
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support import checks

FIRST = date(2024, 1, 1)
"""The Monday of the first week."""
DAYS, ITEMS, FIXES = 5, 10, 3
"""Rounds of a week, items of a round, fixes of a week."""
SIGNS = [
    "回风温度偏高",
    "输出电压波动",
    "端口频繁闪断",
    "风扇异响",
    "链路丢包",
    "内存占用过高",
    "漏水告警",
]
PLACES = 40


class Size(NamedTuple):
    """How large a company is."""

    projects: int
    people: int
    weeks: int
    seed: int = 1

    @property
    def name(self) -> str:
        """Names its folder."""
        return f"company-{self.projects}-{self.people}-{self.weeks}-{self.seed}"


DEMO, SOME, MANY = Size(3, 13, 26), Size(10, 30, 26), Size(40, 80, 130)
"""As large as the demonstration; some 20,000 changes; some 400,000."""


def build(folder: Path, size: Size) -> Path:
    """The home of such a company's book; what is there already is not written again."""
    home = folder / size.name
    opened = open_book(home) if (home / "begun").exists() else _begun(home, size)
    exchange, staff = Exchange(opened), _staff(size)
    with_work = all_projects(opened.store)
    for at, project in enumerate(with_work):
        done = home / "taken" / str(at)
        if not done.exists():
            done.parent.mkdir(exist_ok=True)
            manager, *engineers = staff[at]
            writing = Writing(opened, project.id, manager, engineers, size.seed + at)
            exchange.take(writing.segments(size.weeks))
            done.touch()
    while opened.search.index_some(500):
        pass
    opened.close()
    return home


def _begun(home: Path, size: Size) -> Workspace:
    """The founder's part: everything but the work."""
    opened = begin(home, name="创办人", lang="zh", project="项目 1")
    for number in range(2, size.projects + 1):
        opened.book.add("project", {"name": f"项目 {number}"})
    items: Any = tuple({"text_zh": f"第 {n} 项"} for n in range(1, ITEMS + 1))
    checks.template(opened.book, None, items)
    places = [one.id for one in all_projects(opened.store)]
    staff = _staff(size)

    def grow(log: Membership, signer: DeviceKey) -> Membership:
        for at, crew in enumerate(staff):
            for one in crew:
                role = PROJECT_MANAGER if one is crew[0] else ENGINEER
                if one.person not in log.people:
                    body = {"person": one.person, "name": one.name, "title": ""}
                    log = log.append("person", body, signer)
                    log = log.admit(one.person, one.key.id, one.key.public, one.name, signer)
                held = {"person": one.person, "role": role, "project": places[at]}
                log = log.append("role", {**held, "grant": True}, signer)
        body = {"person": _id(QUALITY), "name": "质量专员", "title": ""}
        log = log.append("person", body, signer)
        held = {"person": _id(QUALITY), "role": QUALITY, "project": EVERY}
        return log.append("role", {**held, "grant": True}, signer)

    administration.change(opened, grow)
    (home / "begun").touch()
    return opened


def person(size: Size, role: str) -> str:
    """The id of the manager of the first project, or of the quality specialist of all."""
    return _id(QUALITY) if role == QUALITY else _staff(size)[0][0].person


class Writer(NamedTuple):
    """Somebody with a device."""

    person: str
    name: str
    key: DeviceKey


def _staff(size: Size) -> list[list[Writer]]:
    """For each project its manager and its engineers; a person works on one or more."""
    people = [_writer(number) for number in range(size.people)]
    leads, rest = people[: size.projects], people[size.projects :] or people
    each = max(1, len(rest) // size.projects)
    crews = []
    for at in range(size.projects):
        some = [rest[(at * each + k) % len(rest)] for k in range(each)]
        crews.append([leads[at % len(leads)], *some])
    return crews


def _writer(number: int) -> Writer:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = hashlib.sha256(f"company {number}".encode()).digest()
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    key = DeviceKey(_id("device", number), public, (), secret)
    return Writer(_id("person", number), f"成员 {number}", key)


def _id(*parts: object) -> str:
    """An id that these parts always have."""
    digest = hashlib.sha256(repr(parts).encode()).digest()[:16]
    return str(UUID(bytes=digest, version=4))


class Hand:
    """One device's chain in a project."""

    def __init__(self, space: str, who: Writer, tag: str, members: int) -> None:
        self.space, self.who, self.tag, self.members = space, who, tag, members
        self.seq, self.sealed = 0, genesis(space, who.key.id)
        self.bodies: list[bytes] = []
        self.counts: dict[str, int] = {}

    def write(self, type: str, record: str, when: int, fields: dict[str, Any], **more: Any) -> Dot:
        """One more change, of a time in ms UTC; its version."""
        self.seq += 1
        place = self.space, self.who.key.id, self.seq, when << 16
        base = more.pop("base", {})
        made = Change(*place, type, record, self.seq, fields, base, **more)
        self.bodies.append(made.canonical())
        return made.dot

    def number(self, code: str, when: date) -> str:
        """The next number of a type."""
        place = f"{code}-{when.year}"
        self.counts[place] = self.counts.get(place, 0) + 1
        return f"{place}-{self.tag}-{self.counts[place]:04}"

    def segment(self, organisation: str) -> bytes:
        """What was written since the last one, sealed."""
        made = make(
            self.who.key, self.bodies, organisation=organisation, prev=self.sealed,
            members=self.members,
        )  # fmt: skip
        for body in self.bodies:
            self.sealed = chain(self.sealed, body)
        self.bodies = []
        return encode(made)


class Writing:
    """The work of one project's people, week by week."""

    def __init__(
        self, opened: Workspace, project: str, manager: Writer, engineers: list[Writer], seed: int
    ) -> None:
        self.project, self.chance = project, random.Random(seed)
        exchange = Exchange(opened)
        log = exchange.trust.membership
        self.organisation, space = log.organisation, f"p:{project}"
        tags = {one.id: one.tag for one in log.devices.values()}
        hands = [Hand(space, one, tags[one.key.id], log.version) for one in (manager, *engineers)]
        self.manager, *self.engineers = hands
        row = opened.store.row("SELECT id FROM template")
        assert row is not None
        self.template = str(row[0])
        self.items = checks.items(opened.book, self.template)
        self.space, self.members = space, log.version
        self._later: list[tuple[Hand, str, int, Dot]] = []

    def segments(self, weeks: int) -> Iterator[bytes]:
        """All of it, in an order in which everything is known when it is taken."""
        for week in range(weeks):
            monday = FIRST + timedelta(weeks=week)
            for hand, record, when, on in self._later:  # what the manager verified last week
                self._move(hand, "fix", record, when, ("verified", "close", "closed"), on, ENGINEER)
            self._later = []
            for day in range(DAYS):
                self._round(monday + timedelta(days=day), self.engineers[day % len(self.engineers)])
            for number in range(FIXES):
                place = self.engineers[(week + number) % len(self.engineers)]
                self._fix(monday + timedelta(days=number), place, number)
            for hand in (*self.engineers, self.manager):
                if hand.bodies:
                    yield hand.segment(self.organisation)

    def _header(self, hand: Hand, number: str, when: int) -> dict[str, Any]:
        return {
            "ref": None, "number": number, "project": self.project, "occurred": when,
            "recorded": when, "author": hand.who.person,
        }  # fmt: skip

    def _keyed(self, type: str, values: dict[str, Any]) -> str:
        return natural_keys.key_id(kinds[type].kind, self.space, self.project, "", values)

    def _round(self, day: date, hand: Hand) -> None:
        """A sheet, answered, submitted and reviewed."""
        when = instant(day, 9 * 60)
        key = {"template": self.template, "day": day.isoformat(), "round": 1}
        sheet = self._keyed("sheet", key)
        number = f"CK-{day.isoformat()}-1-{natural_keys.sign(sheet, 8)}"
        header = self._header(hand, number, when)
        first = hand.write("sheet", sheet, when, {**key, "state": "open"}, header=header)
        covered = {}
        for item in self.items:
            id = self._keyed("answer", {"sheet": sheet, "item": item})
            when += 20_000
            header = self._header(hand, f"AN-{natural_keys.sign(id, 10)}", when)
            bad = self.chance.random() < 0.02
            outcome = {"result": "not_ok" if bad else "ok", "reading": None, "reason": None}
            fields = {"sheet": sheet, "item": item, "outcome": outcome, "state": "kept"}
            covered[id] = frozenset({hand.write("answer", id, when, fields, header=header)})
        saw = {"rows": coverage.encode(covered), "saw": {name: [list(first)] for name in key}}
        sent = self._move(hand, "sheet", sheet, when + 1, ("open", "submit", "submitted"), first,
                          ENGINEER, **saw)  # fmt: skip
        self._move(self.manager, "sheet", sheet, when + 3_600_000,
                   ("submitted", "review", "reviewed"), sent, PROJECT_MANAGER, **saw)  # fmt: skip

    def _move(
        self, hand: Hand, type: str, record: str, when: int, move: tuple[str, str, str], on: Dot,
        role: str, **more: Any,
    ) -> Dot:  # fmt: skip
        from_, name, to = move
        fields = {"state": to, **more.pop("fields", {})}
        base = {"state": [on], **more.pop("base", {})}
        said = {"from": from_, "members": self.members, "move": name, "role": role, "to": to}
        return hand.write(type, record, when, fields, base=base, move={**said, **more})

    def _fix(self, day: date, hand: Hand, number: int) -> None:
        """Something wrong: mended, verified by the manager, closed by who mended it."""
        when = instant(day, 10 * 60 + number)
        record = _id(self.project, day, number)
        sign, place = self.chance.choice(SIGNS), self.chance.randrange(PLACES)
        text = {"phenomenon": f"{place} 号机柜{sign}", "place": f"{place} 号机柜"}
        header = self._header(hand, hand.number("FX", day), when)
        born = hand.write("fix", record, when, {"state": "open", **text}, header=header)
        names = ("cause", "correction", "fixed_at", "fixed_by")
        done = {"cause": "接头松动", "correction": "重新压接并复测", "fixed_at": when + 60_000}
        fixed = self._move(
            hand, "fix", record, when + 60_000, ("open", "fix", "fixed"), born, ENGINEER,
            fields={**done, "fixed_by": hand.who.person}, base={name: [born] for name in names},
        )  # fmt: skip
        asked = ("verified_at", "verified_by", "verify_result")
        found = {"verified_at": when + 90_000, "verified_by": self.manager.who.person}
        verified = self._move(
            self.manager, "fix", record, when + 90_000, ("fixed", "verify", "verified"), fixed,
            PROJECT_MANAGER, fields={**found, "verify_result": "conforms"},
            base={name: [born] for name in asked},
        )  # fmt: skip
        self._later.append((hand, record, when + 120_000, verified))
