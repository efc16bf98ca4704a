"""Bustle: random people at work on real books, and random post between them.

Whatever the books refuse is left out; whatever they allow has to come out the same everywhere.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random

from models.schema.record import Record
from models.schema.roles import PROJECT_MANAGER
from models.text.words import Refused
from sync.apply.reevaluation.rebuild import rebuild
from sync.apply.transaction import Transaction
from tests.support import checks
from tests.support.escalations import ESCALATED
from tests.support.replicas import Replica, Team, contents, differences, give

WORDS = (None, "甲", "乙", "丙", "a\r\nb")
RESULTS = ("ok", "not_ok", "unchecked")

FILLED = {"cause": "c", "correction": "d", "typical": True, **ESCALATED}
"""What moves of a fix may ask for."""


class Bustle:
    """A team, the records it works on, the forms left open and the letters under way."""

    def __init__(self, folder: Path, seed: int, *, snapshots: bool = False) -> None:
        self.random = Random(seed)
        self.snapshots = snapshots
        self.team = Team(folder, "b", "c", roles=("engineer", PROJECT_MANAGER))
        book = self.team.founder.book
        self.template = checks.template(book, items=({"text_zh": "温度"},))
        (self.item,) = checks.items(book, self.template)
        self.team.meet()
        self.forms: list[tuple[Replica, str, str]] = []
        self.letters: list[tuple[Replica, list[bytes]]] = []
        self.met: dict[str, int] = {}

    def run(self, steps: int) -> None:
        """Random steps, then everybody meets."""
        acts = [self.add] * 2 + [self.double] * 3 + [self.edit] * 6 + [self.open] * 2
        acts += [self.save] * 3 + [self.move] * 4 + [self.void] * 2 + [self.carry] * 5
        acts += [self.post] * 2 + [self.deliver] * 3 + [self.freeze] * 3 * self.snapshots
        for _ in range(steps):
            act = self.random.choice(acts)
            with suppress(Refused):
                act()
                self.met[act.__name__] = self.met.get(act.__name__, 0) + 1
        self.team.meet()

    def who(self) -> Replica:
        return self.random.choice(self.team.all)

    def some(self, one: Replica, *types: str) -> Record | None:
        """A record that this replica has."""
        found = list[Record]()
        for type in types or ("fix", "sheet", "answer"):
            from models.storage import rows

            found += rows.fetch(one.workspace.store, one.book.cls(type), "ORDER BY id")
        return self.random.choice(found) if found else None

    def add(self) -> None:
        self.team.fix(self.who(), phenomenon=self.random.choice(WORDS))

    def double(self) -> None:
        """Somebody begins what others may begin as well."""
        one = self.who()
        key = {"template": self.template, "day": "2026-11-20", "round": self.random.randint(1, 3)}
        sheet = one.book.ensure("sheet", key, project=self.team.project)
        values = {"sheet": sheet.id, "item": self.item, "result": self.random.choice(RESULTS)}
        with suppress(Refused):
            one.book.ensure("answer", {**values, "reason": "x", "reading": "23.5"})

    def values(self, record: Record) -> dict[str, object]:
        if record.type == "answer":
            if self.random.random() < 0.5:
                return {"result": self.random.choice(RESULTS), "reason": "y"}
            return {"remark": self.random.choice(WORDS)}
        if record.type == "sheet":
            return {"remark": self.random.choice(WORDS)}
        names = self.random.sample(["cause", "place", "measure", "correction"], 2)
        return {name: self.random.choice(WORDS) for name in names if name in record.specs()}

    def edit(self) -> None:
        one = self.who()
        record = self.some(one)
        if record is not None:
            one.book.edit(record.id, self.values(record))

    def open(self) -> None:
        one = self.who()
        record = self.some(one)
        if record is not None:
            self.forms.append((one, record.id, record.dots))

    def save(self) -> None:
        if self.forms:
            one, id, seen = self.forms.pop(self.random.randrange(len(self.forms)))
            one.book.edit(id, self.values(one.get(id)), seen=seen)

    def move(self) -> None:
        one = self.who()
        record = self.some(one, "fix", "sheet")
        if record is None:
            return
        chances = [chance.move.id for chance in one.book.chances(record) if chance.ok]
        if chances:
            filled = FILLED if record.type == "fix" else {}
            one.book.move(record.id, self.random.choice(chances), filled, comment="好")

    def void(self) -> None:
        one = self.who()
        record = self.some(one)
        if record is not None and record.void is None:
            one.book.void(record.id, self.random.choice(("重复", "写错")))
        elif record is not None:
            one.book.restore(record.id)

    def pair(self) -> tuple[Replica, Replica]:
        giver, taker = self.random.sample(self.team.all, 2)
        return giver, taker

    def carry(self) -> None:
        give(*self.pair())

    def post(self) -> None:
        """A letter that may arrive late, twice, cut or out of order."""
        giver, taker = self.pair()
        for space in giver.exchange.spaces():
            blobs = list(giver.exchange.offer(space, taker.exchange.vector(space)))
            if self.random.random() < 0.5:
                self.random.shuffle(blobs)
            if blobs and self.random.random() < 0.4:
                blobs.remove(self.random.choice(blobs))
            self.letters.append((taker, blobs))

    def freeze(self) -> None:
        """A snapshot, handed over at once or sent as a letter."""
        giver, taker = self.pair()
        taker.exchange.take_members(giver.exchange.members(0))
        for space in giver.exchange.spaces():
            blobs = list(giver.exchange.snapshot(space, taker.exchange.wanted(space)))
            if self.random.random() < 0.5:
                taker.exchange.take(blobs)
            elif blobs:
                self.random.shuffle(blobs)
                self.letters.append((taker, blobs[self.random.randrange(2) :]))

    def deliver(self) -> None:
        if self.letters:
            letter = self.random.choice(self.letters)
            if self.random.random() < 0.7:
                self.letters.remove(letter)
            letter[0].exchange.take(letter[1])

    def same(self) -> bool:
        """Whether all books say the same, in every form in which they say it."""
        first = self.team.founder
        digests = {one.digest() for one in self.team.all}
        return len(digests) == 1 and not any(differences(first, one) for one in self.team.all)


def rebuilt(one: Replica) -> dict[str, object]:
    """The contents of a book after every record was made anew from the log by the plain rule."""
    store = one.workspace.store
    with store.write():
        db = store.db.connection()
        for space in one.exchange.spaces():
            tx = Transaction(one.workspace, one.exchange.trust, space)
            sql = "SELECT DISTINCT type, record FROM change WHERE space=?"
            rebuild(tx, db.execute(sql, (space,)).fetchall())
    return contents(one.book)
