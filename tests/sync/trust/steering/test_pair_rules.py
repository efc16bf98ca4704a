"""Pair rules: what two administrators must sign, and that nobody is locked out."""

from __future__ import annotations

from typing import Any

import pytest

from sync.trust.membership import Membership, replay
from sync.trust.membership_entry import Head
from sync.trust.steering import code_key, hub_kinds, pair_rules
from tests.support.signers import signer, staffed
from tests.sync.trust.steering.keepers import (
    HUB_KEY,
    add,
    coming,
    hub_body,
    hubbed,
    invite,
    three,
)
from tests.sync.trust.test_membership import refused

PAPER = code_key.of_recovery(b"paper")
KEY: dict[str, Any] = {"key": PAPER.public.hex()}
STOP: dict[str, Any] = {"device": "d1", "heads": {"d1": {"company": [3, "ab" * 32]}}}


def paired(log: Membership | None = None) -> Membership:
    """Two must sign."""
    return (log or three()).append("two", {"on": True}, signer(0))


def ask(log: Membership, kind: str, body: dict[str, Any], by: int = 0) -> Membership:
    """Somebody asks for this."""
    return log.append("ask", {"kind": kind, "body": body}, signer(by))


def confirm(log: Membership, by: int, n: int | None = None) -> Membership:
    """Somebody confirms what was asked last."""
    return log.append("confirm", {"n": n or log.version}, signer(by))


GUARDED: list[tuple[str, dict[str, Any]]] = [
    ("revoke", STOP),
    ("admin", {"person": "p1", "grant": False}),
    ("active", {"person": "p1", "active": False}),
    ("two", {"on": False}),
    ("recovery", KEY),
    ("hub", hub_body(HUB_KEY, "Z")),
]


@pytest.mark.parametrize(("kind", "body"), GUARDED)
def test_one_asks_and_another_confirms(kind: str, body: dict[str, Any]) -> None:
    log = paired()
    refused(pair_rules.TWO, lambda: log.append(kind, body, signer(0)))
    asked = ask(log, kind, body)
    assert [one.kind for one in pair_rules.every(asked)] == [kind]
    assert (asked.devices["d1"].revoked, asked.is_admin("p1")) == (None, True)
    refused(pair_rules.ONESELF, lambda: confirm(asked, 0))
    done = confirm(asked, 2)
    assert done.steering != log.steering or done.devices != log.devices or not done.is_admin("p1")
    assert pair_rules.every(done) == []
    refused(pair_rules.NO_REQUEST, lambda: confirm(done, 2, asked.version))
    assert replay(done.entries).steering == done.steering


def test_whom_it_is_about_does_not_confirm_it() -> None:
    asked = ask(paired(), "revoke", STOP)
    refused(pair_rules.ONESELF, lambda: confirm(asked, 1))
    done = confirm(asked, 2)
    assert done.devices["d1"].revoked == done.version
    assert done.revoked_after("d1", "company") == Head(3, b"\xab" * 32)


def test_what_concerns_others_needs_one() -> None:
    log = paired().append("person", {"person": "p3", "name": "x", "title": ""}, signer(0))
    log = log.admit("p3", "d3", signer(3).public, "", signer(0))
    refused(pair_rules.ALONE, lambda: ask(log, "revoke", {"device": "d3", "heads": {}}))
    assert log.append("revoke", {"device": "d3", "heads": {}}, signer(1)).devices["d3"].revoked
    own = log.admit("p1", "d4", signer(4).public, "", signer(1))  # a further device of one's own
    assert own.person_of("d4") == "p1"
    refused(pair_rules.TWO, lambda: log.admit("p1", "d4", signer(4).public, "", signer(0)))


def test_two_administrators_are_not_made_by_one() -> None:
    """Nor by an invitation: else a thief would confirm to himself."""
    device = {"person": "p2", "device": "d2", "name": "", "key": signer(2).public.hex(), "tag": "T"}
    log = add(hubbed(), "device", device)
    for person in ("p1", "p2"):
        log = add(log, "admin", {"person": person, "grant": True})
    early = add(log, "invite", invite(person="p1", name="", roles=[]))
    log = add(early, "two", {"on": True})
    here = coming(3, person="p1")
    refused(hub_kinds.ONE_SIGNED, lambda: log.append("join", here, HUB_KEY))
    again = invite(b"again", person="p1", name="", roles=[])
    refused(pair_rules.TWO, lambda: add(log, "invite", again))
    asked = add(log, "ask", {"kind": "invite", "body": again})
    open_ = add(asked, "confirm", {"n": asked.version}, by=2)
    came = open_.append("join", coming(3, b"again", person="p1"), HUB_KEY)
    assert came.person_of("d3") == "p1"


def test_a_request_ends_with_who_made_it_or_by_them() -> None:
    asked = ask(paired(), "revoke", STOP)
    refused(pair_rules.NOT_YOURS, lambda: asked.append("drop", {"n": asked.version}, signer(1)))
    dropped = asked.append("drop", {"n": asked.version}, signer(0))
    refused(pair_rules.NO_REQUEST, lambda: confirm(dropped, 2, asked.version))
    refused(pair_rules.NO_REQUEST, lambda: dropped.append("drop", {"n": 99}, signer(0)))
    other = ask(asked, "revoke", {"device": "d0", "heads": {}}, by=1)
    gone = confirm(other, 2)  # who asked first is stopped
    refused(pair_rules.NO_REQUEST, lambda: confirm(gone, 2, asked.version))
    assert pair_rules.every(gone) == []


def test_it_is_asked_for_only_where_it_can_be_kept() -> None:
    alone = staffed()
    refused(pair_rules.FEW, lambda: paired(alone))
    two = alone.append("admin", {"person": "p1", "grant": True}, signer(0))
    refused(pair_rules.FEW, lambda: paired(two))
    assert paired(two.append("recovery", KEY, signer(0))).steering.pair


def test_the_last_administrator_acts_alone() -> None:
    log = confirm(ask(paired(), "revoke", STOP), 2)
    assert log.able() == {"p0", "p2"}
    last = log.append("admin", {"person": "p2", "grant": False}, signer(0))  # nobody else is left
    assert last.able() == {"p0"} and last.steering.pair
    more = last.append("admin", {"person": "p2", "grant": True}, signer(0))
    assert more.able() == {"p0", "p2"}


def test_of_two_the_recovery_key_is_the_other() -> None:
    two = staffed().append("admin", {"person": "p1", "grant": True}, signer(0))
    log = paired(two.append("recovery", KEY, signer(0)))
    refused(pair_rules.TWO, lambda: log.append("revoke", STOP, signer(0)))
    asked = ask(log, "revoke", STOP)
    done = asked.append("confirm", {"n": asked.version}, PAPER)
    assert done.devices["d1"].revoked == done.version
    assert done.append("two", {"on": False}, signer(0)).steering.pair is False  # alone again


def test_who_may_confirm_is_neither_asker_nor_subject() -> None:
    log = ask(paired(), "revoke", STOP)
    (one,) = log.steering.requests.values()
    asker, about = log.person_of(one.by), log.person_of("d1")
    assert pair_rules.agreeing(log, one) == log.able() - {asker, about} != set()
    refused(pair_rules.ONESELF, lambda: confirm(log, 1))
