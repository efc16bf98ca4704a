"""A scene: an organisation at work, everybody on a device of their own, and its sealed history.

All of them write into one store, one after another, so what each one does builds on the others'
work; the history is then cut into the segments that they would have sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from models.book.book import Book
from models.book.projects import all_projects
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from sync.changes.change import Change, genesis
from sync.encoding.segment import Segment, make
from sync.log import logged_changes, membership_store
from sync.log.change_log import Log
from sync.organisation import administration
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.workspace.setup import begin
from tests.support.escalations import ESCALATED, taken_up

TEAM = {
    "eng": (ENGINEER,),
    "mate": (ENGINEER,),
    "lead": (PROJECT_MANAGER,),
    "boss": (DEPARTMENT_MANAGER,),
    "idle": (ENGINEER,),
    "guest": (),
}


@dataclass
class Actor:
    """Somebody with a device and a book."""

    name: str
    person: str
    key: DeviceKey
    book: Book

    @property
    def device(self) -> str:
        """The device's id."""
        return self.key.id


class Scene:
    """The organisation; `founder` has every role, the others those of `TEAM`."""

    def __init__(self, folder: Path) -> None:
        self.workspace = begin(folder / "book", name="创办人", project="项目")
        self.project = all_projects(self.workspace.store)[0].id
        self.space = f"p:{self.project}"
        key = device_key.load(self.workspace.home)
        self.actors = {
            "founder": Actor("founder", self.workspace.book.me, key, self.workspace.book)
        }
        self.ids: dict[str, str] = {}
        """Records by the name that a test gives them."""
        self.before_taking = 0
        """The membership version before roles were taken from people."""
        self.sealed: list[Segment] = []
        self.tips: dict[tuple[str, str], tuple[int, bytes]] = {}
        """(space, device) -> last sequence sealed, and its hash."""
        self._done: dict[str, int] = {}
        self._known: Membership | None = None
        for name, roles in TEAM.items():
            self.enrol(name, roles)

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.__dict__["actors"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def membership(self) -> Membership:
        """The membership log as it is now."""
        store = self.workspace.store
        count = store.rows("SELECT COUNT(*) FROM membership")[0][0]
        if self._known is None or len(self._known.entries) != count:
            self._known = membership_store.load(store.db)
        return self._known

    @property
    def organisation(self) -> str:
        """The id of the organisation."""
        return self.membership.organisation

    def enrol(self, name: str, roles: tuple[str, ...] = ()) -> Actor:
        """Admit somebody with a new device."""
        person = administration.add_person(self.workspace, name, "")
        for role in roles:
            administration.set_role(self.workspace, person, role, "*", grant=True)
        key = fresh_key()
        administration.change(
            self.workspace, lambda log, by: log.admit(person, key.id, key.public, name, by)
        )
        self.actors[name] = Actor(name, person, key, self._book(person, key.id))
        return self.actors[name]

    def _book(self, person: str, device: str) -> Book:
        store, known = self.workspace.store, self.workspace.people
        with store.write():
            idx = known.idx_of(device)
        log = Log(store.db, device, idx, known.idx_of, known.device_of)
        return Book(store, log, known, person)

    def add(self, who: str, type: str, **values: Any) -> Record:
        """A new record of the project."""
        return self.actors[who].book.add(type, values, project=self.project)

    def changes(self, space: str | None = None) -> list[tuple[Change, bytes]]:
        """The log in the order written, with canonical bodies."""
        sql = "SELECT body FROM change WHERE space=? ORDER BY n"
        found = self.workspace.store.rows(sql, (space or self.space,))
        return [(Change.parse(row[0]), row[0]) for row in found]

    def last(self, record: str) -> Change:
        """The last change of a record."""
        return [change for change, _ in self.changes() if change.record == record][-1]

    def seal(self) -> list[Segment]:
        """Seal what is not sealed yet, at the membership version of now; all seals so far.

        Each run of changes of one device becomes a segment.
        """
        keys_of = {actor.device: actor.key for actor in self.actors.values()}
        membership = self.membership
        for space in self.spaces():
            fresh = self.changes(space)[self._done.get(space, 0) :]
            self._done[space] = self._done.get(space, 0) + len(fresh)
            for device, run in groupby(fresh, key=lambda one: one[0].device):
                bodies = [body for _, body in run]
                prev = self.tips.get((space, device), (0, genesis(space, device)))[1]
                made = make(
                    keys_of[device], bodies, organisation=membership.organisation, prev=prev,
                    members=membership.version,
                )  # fmt: skip
                self.tips[space, device] = made.last, made.hash
                self.sealed.append(made)
        return self.sealed

    def spaces(self) -> list[str]:
        """The spaces with changes, the company's first."""
        return [row[0] for row in self.workspace.store.rows("SELECT DISTINCT space FROM head")]

    def close(self) -> None:
        """Close the book."""
        self.workspace.close()


def _of_another_history(scene: Scene, double: Actor) -> None:
    """A role is taken by an administrator who has another history of the person's device."""
    said = {"person": double.person, "role": DEPARTMENT_MANAGER, "project": "*", "grant": False}
    heads = {double.device: {scene.space: [2, "5a" * 32]}}
    administration.change(
        scene.workspace, lambda log, by: log.append("role", {**said, "heads": heads}, by)
    )


def fresh_key() -> DeviceKey:
    """A key that nobody knows."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = Ed25519PrivateKey.generate()
    public = secret.public_key().public_bytes_raw()
    return DeviceKey(device_key.new_id(), public, (), secret.private_bytes_raw())


def furnished(folder: Path) -> Scene:
    """A scene with records in many states, named in `ids`, for the forge."""
    scene = Scene(folder)
    eng, mate, lead, boss = (scene.actors[name] for name in ("eng", "mate", "lead", "boss"))
    ids = scene.ids
    ids["site"] = scene.add("lead", "site", name="一号机房").id
    for name in ("open", "fixed", "verified", "closed", "escalated", "void"):
        ids[name] = scene.add("eng", "fix", phenomenon=name, cause="x", correction="y").id
    ids["open of mate"] = scene.add("mate", "fix", phenomenon="x").id
    for name in ("fixed", "verified", "closed"):
        eng.book.move(ids[name], "fix")
    for name in ("verified", "closed"):
        mate.book.move(ids[name], "verify")
    eng.book.move(ids["closed"], "close")
    eng.book.move(ids["escalated"], "escalate", ESCALATED)
    ids["its escalation"] = _escalation(scene, ids["escalated"])
    eng.book.void(ids["void"], "重复")
    ids["reported"] = scene.add("eng", "escalation", phenomenon="x").id
    for name, who in (("drafted by boss", boss), ("drafted by mate", mate)):
        ids[name] = scene.add("eng", "escalation", phenomenon="x").id
        boss.book.move(ids[name], "accept", taken_up(boss.book))
        who.book.move(ids[name], "draft", {"solution": "z"})
    ids["written by boss"] = scene.add("eng", "escalation", phenomenon="x").id
    boss.book.move(ids["written by boss"], "accept", taken_up(boss.book))
    boss.book.edit(ids["written by boss"], {"solution": "z"})
    mate.book.move(ids["written by boss"], "draft")
    ids["note"] = scene.add("eng", "note", about=ids["open"], text="先看看").id
    ids["draft of mate"] = scene.add("mate", "weekly", week="2026-W47", person=mate.person).id
    lead.book.edit(ids["open"], {"place": "A-01"})
    scene.seal()
    return _without(scene)


def _escalation(scene: Scene, fix: str) -> str:
    found = scene.workspace.store.rows("SELECT id FROM escalation WHERE fix=?", (fix,))
    return str(found[0][0])


def _without(scene: Scene) -> Scene:
    """More colleagues: one whose device is revoked, one who leaves, and some who lose a role."""
    for name in ("gone", "left"):
        scene.enrol(name, (ENGINEER,))
        scene.add(name, "fix", phenomenon="x")
    for name in ("former", "again", "double"):
        scene.enrol(name, (ENGINEER, DEPARTMENT_MANAGER))
        scene.add(name, "fix", phenomenon="x")
    scene.enrol("dropped", (ENGINEER,))
    scene.add("dropped", "fix", phenomenon="x")
    scene.seal()
    scene.before_taking = scene.membership.version
    give = partial(administration.set_role, scene.workspace)
    for name, role in (("former", DEPARTMENT_MANAGER), ("again", DEPARTMENT_MANAGER)):
        give(scene.actors[name].person, role, "*", grant=False)
    give(scene.actors["dropped"].person, ENGINEER, "*", grant=False)
    _of_another_history(scene, scene.actors["double"])
    give(scene.actors["again"].person, DEPARTMENT_MANAGER, "*", grant=True)
    gone, left = scene.actors["gone"], scene.actors["left"]
    who, db = gone.device, scene.workspace.store.db.connection()
    end = logged_changes.hash_at(db, scene.space, who, scene.workspace.people.idx_of(who), 1)
    heads = {who: {scene.space: [1, end.hex()]}}
    administration.change(
        scene.workspace,
        lambda log, by: log.append("revoke", {"device": who, "heads": heads}, by),
    )
    administration.change(
        scene.workspace,
        lambda log, by: log.append("active", {"person": left.person, "active": False}, by),
    )
    return scene
