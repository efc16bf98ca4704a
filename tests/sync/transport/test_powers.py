"""Powers: what the hub's key, one administrator and a recovery key may not do, at every door.

Everything forged here is numbered by the hub's own key: the thief has that too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from models.text.words import W
from sync.hub.storage.membership import NOT_UNDERSTOOD
from sync.organisation import administration
from sync.trust import device_key, entry_rules, membership_entry
from sync.trust.device_key import DeviceKey, new_id
from sync.trust.membership import Membership
from sync.trust.membership_entry import EntryStatement, MembershipEntry
from sync.trust.signature import Signer
from sync.trust.steering import code_key, hub_kinds, member_kinds, pair_rules
from sync.trust.steering.steering import HUB
from tests.support.signers import signer
from tests.sync.transport.hostile import DOORS, Stage
from tests.sync.transport.test_hostile import _says

CODE, PAPER = bytes(10), b"paper" * 4


class Steered(Stage):
    """The same team with a hub in its log, three administrators of whom two must sign, a recovery
    key, an open invitation, and a request that the founder made to stop the second's device.
    """

    def steered(self, log: Membership) -> Membership:
        """All of it is in the log before anything is forged."""
        workspace, hub = self.scene.workspace, device_key.load(self.hub)
        for who in ("lead", "mate"):
            administration.set_administrator(workspace, self.scene.actors[who].person, grant=True)
        body = {"person": HUB + hub.id, "device": hub.id, "key": hub.public.hex(), "name": "Hub"}
        paper = code_key.of_recovery(PAPER)
        log = administration.change(
            workspace,
            lambda log, key: log.append("recovery", {"key": paper.public.hex()}, key).append(
                "two", {"on": True}, key
            ),
        )
        invite: dict[str, Any] = {
            "invite": code_key.of_code(CODE).public.hex(),
            "person": "",
            "name": "客",
        }
        invite |= {"roles": [["engineer", "*"]], "until": 1_900_000_000_000}
        asked = {"kind": "revoke", "body": {"device": self.key("lead").id, "heads": {}}}
        steps: list[tuple[str, str, dict[str, Any]]] = [
            ("founder", "ask", {"kind": "hub", "body": {**body, "tag": log.next_tag()}}),
            ("lead", "confirm", {"n": len(log.entries) + 1}),
            ("founder", "invite", invite),
            ("founder", "ask", asked),
        ]
        for who, kind, said in steps:
            log = log.kept(log.append(kind, said, self.key(who)).entries[-1], hub)
        return log

    def key(self, who: str) -> DeviceKey:
        """Somebody's key."""
        return self.scene.actors[who].key


class Forger:
    """Signs what follows the log of a stage, and has the hub's key to number it."""

    def __init__(self, stage: Stage) -> None:
        self.log = Membership().extend(stage.entries)
        self.actors = stage.scene.actors
        self.hub = device_key.load(stage.hub)

    def by(self, who: Signer, kind: str, body: dict[str, Any], v: int = 1) -> MembershipEntry:
        """An entry as its writer would sign it, whether it may or not."""
        number = len(self.log.entries) + 1
        said = EntryStatement(v, number, self.log.head, kind, who.id, body)
        return membership_entry.write(said, who)

    def key(self, who: str) -> DeviceKey:
        """Somebody's key."""
        return self.actors[who].key

    def person(self, who: str) -> str:
        """Somebody's id."""
        return str(self.actors[who].person)

    def device(self, person: str) -> dict[str, Any]:
        """A thief's own device as a device of somebody."""
        key = {"device": "thief", "key": signer(66).public.hex(), "tag": self.log.next_tag()}
        return {"person": person, "name": "", **key}

    def coming(self, secret: bytes, proved: bytes, **more: Any) -> dict[str, Any]:
        """Somebody comes with the code of one secret and proves it by another."""
        invite, body = code_key.of_code(secret).public.hex(), self.device(new_id())
        told = code_key.asked(self.log.organisation, invite, "thief", body["key"], "")
        proof = code_key.of_code(proved).sign(told).hex()
        said = {**body, "invite": invite, "person_name": "", "at": 1, "proof": proof}
        return {**said, **more}


class Forgery(NamedTuple):
    """Who signs what, and the sentence against it."""

    make: Callable[[Forger], MembershipEntry]
    why: W


def by_hub(kind: str, body: Callable[[Forger], dict[str, Any]], why: W) -> Forgery:
    """Signed by the hub's key."""
    return Forgery(lambda one: one.by(one.hub, kind, body(one)), why)


def by(who: str, kind: str, body: Callable[[Forger], dict[str, Any]], why: W) -> Forgery:
    """Signed by somebody's device."""
    return Forgery(lambda one: one.by(one.key(who), kind, body(one)), why)


def _role(one: Forger) -> dict[str, Any]:
    return {"person": one.person("eng"), "role": "quality", "project": "*", "grant": True}


def _admin(one: Forger) -> dict[str, Any]:
    return {"person": one.person("eng"), "grant": True}


def _other_hub(one: Forger) -> dict[str, Any]:
    return {**one.device(HUB + "thief"), "name": "Hub"}


def _last(one: Forger) -> dict[str, Any]:
    return {"n": len(one.log.entries)}


def _recover(one: Forger) -> dict[str, Any]:
    return {"person": one.person("eng"), "instead": [], "hub_lost": False, "at": 1}


def _without_end(one: Forger) -> dict[str, Any]:
    return one.coming(CODE, CODE, at=1_900_000_000_001)


PAPER_KEY, OTHER_PAPER = code_key.of_recovery(PAPER), code_key.of_recovery(b"other")
FORGERIES: dict[str, Forgery] = {
    "the hub gives a role": by_hub("role", _role, entry_rules.NOT_ADMIN),
    "the hub makes an administrator": by_hub("admin", _admin, entry_rules.NOT_ADMIN),
    "the hub admits a device": by_hub(
        "device", lambda one: one.device(one.person("eng")), entry_rules.NOT_ADMIN
    ),
    "the hub invites": by_hub(
        "invite",
        lambda one: {
            "invite": "0f" * 32,
            "person": "",
            "name": "x",
            "roles": [],
            "until": 1,
        },
        entry_rules.NOT_ADMIN,
    ),
    "the hub names another hub": by_hub("hub", _other_hub, entry_rules.NOT_ADMIN),
    "the hub stops a device": by_hub(
        "revoke", lambda one: {"device": one.key("lead").id, "heads": {}}, entry_rules.NOT_ADMIN
    ),
    "the hub confirms": by_hub("confirm", _last, entry_rules.NOT_ADMIN),
    "a code that nobody signed": by_hub(
        "join", lambda one: one.coming(b"mine", b"mine"), hub_kinds.NO_INVITATION
    ),
    "the hub uses a code that it does not know": by_hub(
        "join", lambda one: one.coming(CODE, b"guess"), hub_kinds.NO_INVITATION
    ),
    "a code too old": by_hub("join", _without_end, hub_kinds.NO_INVITATION),
    "more than was invited": by_hub(
        "join",
        lambda one: one.coming(CODE, CODE, roles=[["quality", "*"]]),
        member_kinds.WRONG,
    ),
    "who comes lets themself in": by(
        "eng", "join", lambda one: one.coming(CODE, CODE), entry_rules.NOT_HUB
    ),
    "the hub as an administrator": by(
        "founder",
        "admin",
        lambda one: {"person": HUB + one.hub.id, "grant": True},
        pair_rules.TWO,
    ),
    "an administrator stops another alone": by(
        "founder", "revoke", lambda one: {"device": one.key("lead").id, "heads": {}}, pair_rules.TWO
    ),
    "an administrator makes another alone": by("founder", "admin", _admin, pair_rules.TWO),
    "a thief's device as another administrator's": by(
        "founder", "device", lambda one: one.device(one.person("lead")), pair_rules.TWO
    ),
    "one signature again, by one": by("founder", "two", lambda _: {"on": False}, pair_rules.TWO),
    "another recovery key by one": by(
        "founder", "recovery", lambda _: {"key": "0f" * 32}, pair_rules.TWO
    ),
    "another hub by one": by("founder", "hub", _other_hub, pair_rules.TWO),
    "confirmed by who asked": by("founder", "confirm", _last, pair_rules.ONESELF),
    "confirmed by whom it is about": by("lead", "confirm", _last, pair_rules.ONESELF),
    "confirmed by who is no administrator": by("eng", "confirm", _last, entry_rules.NOT_ADMIN),
    "a request dropped by another": by("lead", "drop", _last, pair_rules.NOT_YOURS),
    "recovered by an administrator": by("founder", "recover", _recover, entry_rules.NOT_RECOVERY),
    "recovered by another key": Forgery(
        lambda one: one.by(OTHER_PAPER, "recover", _recover(one)), membership_entry.FORGED
    ),
    "a role by the recovery key": Forgery(
        lambda one: one.by(PAPER_KEY, "role", _role(one)), entry_rules.NOT_RECOVERY
    ),
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Steered(tmp_path_factory.mktemp("steered"))
    yield made
    made.close()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", FORGERIES)
def test_no_replica_takes_it(stage: Stage, name: str, door: str) -> None:
    forger, at = Forger(stage), DOORS[door](stage)
    entry = FORGERIES[name].make(forger)
    if entry_rules.number_of(forger.log, membership_entry.read(entry)) is not None:
        entry = membership_entry.numbered(entry, forger.hub)
    before = at.now()
    met = at.entries([entry])
    assert [_says(one, FORGERIES[name].why) for one in met.refused] == [True]
    assert met.state == before.state
    at.close()


@pytest.mark.parametrize("door", [one for one in DOORS if one != "hub"])
def test_what_the_hub_did_not_number_is_not_taken(stage: Stage, door: str) -> None:
    """An administrator's stolen laptop cannot begin another log in a folder or on a stick."""
    forger, at = Forger(stage), DOORS[door](stage)
    before = at.now()
    person = {"person": new_id(), "name": "贼", "title": ""}
    bare = forger.by(forger.key("founder"), "person", person)
    for entry in (bare, membership_entry.numbered(bare, signer(66))):
        met = at.entries([entry])
        assert _says(met.refused[-1], membership_entry.UNNUMBERED)
        assert met.state == before.state
    if door == "peer":
        met = at.entries([membership_entry.numbered(bare, forger.hub)])
        assert met.refused == [] and met.state != before.state
    at.close()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("kind", "v"), [("blessing", 1), ("person", 2)])
def test_nobody_freezes_the_members(stage: Stage, door: str, kind: str, v: int) -> None:
    """What only a newer program understands is not numbered, so no replica waits for it."""
    forger, at = Forger(stage), DOORS[door](stage)
    before = at.now()
    met = at.entries([forger.by(forger.key("founder"), kind, {"person": "x"}, v)])
    assert met.state == before.state
    assert [_says(one, NOT_UNDERSTOOD) for one in met.refused] == [True] * (door == "hub")
    person = {"person": new_id(), "name": "新人", "title": ""}
    good = forger.by(forger.key("founder"), "person", person)
    if door in ("hub", "peer"):  # the members go on
        assert at.entries([membership_entry.numbered(good, forger.hub)]).state != before.state
    at.close()
