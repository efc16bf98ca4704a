"""Honest work at random: several people with roles, each through the book's own door."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random

from models.schema.record import Record, kinds
from models.schema.roles import QUALITY
from models.storage import rows
from models.text.words import Refused
from sync.organisation import administration
from tests.support import checks
from tests.support.scene import TEAM, Actor, Scene

WORDS = (None, "甲", "乙", "a\r\nb", "23.5")
TYPES = ("fix", "escalation", "site", "equipment", "weekly", "sheet", "answer", "note", "project")


class Work:
    """A scene in which people do whatever their books allow; what those refuse is not written."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.scene = Scene(folder)
        lead = self.scene.actors["lead"].book
        self.template = checks.template(lead, self.scene.project, ({"text_zh": "温度"},))
        (self.item,) = checks.items(lead, self.template)
        self.forms: list[tuple[Actor, str, str]] = []
        self.did: set[str] = set()

    def run(self, steps: int) -> Scene:
        """Random steps, sealed now and then."""
        acts = [self.add] * 4 + [self.edit] * 4 + [self.move] * 16 + [self.open, self.save] * 2
        acts += [self.void, self.restore, self.bring, self.roles, self.seal]
        for _ in range(steps):
            act = self.random.choice(acts)
            with suppress(Refused):
                act()
                self.did.add(act.__name__)
        self.scene.seal()
        return self.scene

    def who(self) -> Actor:
        """Somebody."""
        return self.scene.actors[self.random.choice([*TEAM, "founder"])]

    def some(self, *types: str) -> Record | None:
        """A record of one of these types."""
        store = self.scene.workspace.store
        type = self.random.choice(types or TYPES)
        found = rows.fetch(store, kinds[type], "ORDER BY n DESC LIMIT 6")
        return self.random.choice(found) if found else None

    def values(self, actor: Actor, type: str) -> dict[str, object]:
        """Values of a new record."""
        draw = self.random.choice
        fix = self.some("fix", "escalation", "project", "site")
        sheet = self.some("sheet")
        found: dict[str, dict[str, object]] = {
            "fix": {"phenomenon": draw(WORDS[1:]), "correction": draw(WORDS), "cause": draw(WORDS)},
            "escalation": {"phenomenon": draw(WORDS[1:])},
            "site": {"name": draw(WORDS[1:])},
            "equipment": {"name": draw(WORDS[1:])},
            "weekly": {"week": f"2026-W{draw((46, 47, 48))}", "person": actor.person},
            "sheet": {"template": self.template, "day": f"2026-11-2{draw('1234567')}", "round": 1},
            "answer": {"sheet": sheet.id if sheet else "", "item": self.item, "result": "ok"},
            "note": {"about": fix.id if fix else "", "text": draw(WORDS[1:])},
            "project": {"name": draw(WORDS[1:])},
        }
        return found[type]

    def add(self) -> None:
        """A new record; a sheet often with its answers."""
        actor, type = self.who(), self.random.choice(TYPES)
        made = actor.book.add(type, self.values(actor, type), project=self.scene.project)
        if type == "sheet" and self.random.random() < 0.7:
            answer = {"sheet": made.id, "item": self.item, "result": "ok"}
            actor.book.add("answer", answer, project=self.scene.project)

    def bring(self) -> None:
        """An import: created, and given a state that it had elsewhere."""
        actor, type = self.who(), self.random.choice(("fix", "escalation", "site", "weekly"))
        book, state = actor.book, self.random.choice(kinds[type].kind.states).name
        if self.random.random() < 0.5:
            with book.saving():
                made = book.add(type, self.values(actor, type), project=self.scene.project)
                book.imported(made.id, state, source="old.xlsx")
        else:
            made = book.add(type, self.values(actor, type), project=self.scene.project)
            book.edit(made.id, {})
            book.imported(made.id, state)

    def edit(self) -> None:
        """One field of some record."""
        record = self.some()
        if record is not None:
            self.who().book.edit(record.id, self._fields(record))

    def _fields(self, record: Record) -> dict[str, object]:
        specs = type(record).specs()
        plain = [n for n, s in specs.items() if s.kind in ("line", "prose") and not s.by_move]
        return {self.random.choice(plain): self.random.choice(WORDS)} if plain else {}

    def open(self) -> None:
        """A form is opened, and left open."""
        record = self.some()
        if record is not None:
            self.forms.append((self.who(), record.id, record.dots))

    def save(self) -> None:
        """A form that was opened some time ago is saved."""
        if self.forms:
            actor, id, seen = self.forms.pop(0)
            record = actor.book.get(id)
            actor.book.edit(id, self._fields(record), seen=seen)

    def move(self) -> None:
        """Any move that somebody may make; what it needs comes along."""
        likely = ("fix", "escalation", "escalation", "weekly", "sheet", *TYPES)
        some = [one for one in (self.some(*likely) for _ in range(4)) if one is not None]
        if not some:
            return
        far = max(some, key=lambda one: one.kind.rank[one.state] / len(one.kind.states))
        record, actor = self.random.choice([some[0], far]), self.who()
        moves = [chance.move for chance in actor.book.chances(record) if chance.ok]
        if moves:
            rank = record.kind.rank
            onward = [one for one in moves if rank[one.to] > rank[record.state]]
            move = self.random.choice([*moves, *onward, *onward])
            values = {
                name: getattr(record, name) or self._value(record, name) for name in move.needs
            }
            values |= {"solution": "换"} if move.id == "draft" else {}
            actor.book.move(record.id, move.id, values, comment="理由")
            self.did.add(f"{record.type} {move.id}")

    def _value(self, record: Record, name: str) -> object:
        """Something that a field may hold."""
        spec = type(record).specs()[name]
        if spec.choices:
            return spec.choices[0].name
        if spec.kind == "flag":
            return True
        if spec.target == "person":
            return self.scene.actors["boss"].person
        return "2026-12-31" if spec.kind == "day" else "补上"

    def void(self) -> None:
        """Something is taken out of use."""
        record = self.some()
        if record is not None:
            self.who().book.void(record.id, "重复")

    def restore(self) -> None:
        """Something is brought back."""
        record = self.some()
        if record is not None:
            self.who().book.restore(record.id)

    def roles(self) -> None:
        """A role is given or taken away; what was written before is sealed before."""
        self.scene.seal()
        person = self.scene.actors[self.random.choice(["mate", "guest"])].person
        role, grant = self.random.choice(["engineer", QUALITY]), self.random.random() < 0.6
        administration.set_role(self.scene.workspace, person, role, "*", grant=grant)

    def seal(self) -> None:
        """Everybody seals."""
        self.scene.seal()
