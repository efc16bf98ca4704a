"""Hub kinds: which hub keeps the log, and that it gives only what an administrator signed."""

from __future__ import annotations

from functools import partial

import pytest

from models.text.words import W
from sync.trust import membership_entry
from sync.trust.membership import Membership, hub_of, replay
from sync.trust.steering import hub_kinds, member_kinds
from tests.support.signers import grant, signer, staffed
from tests.sync.trust.steering.keepers import (
    CODE,
    HUB_KEY,
    UNTIL,
    add,
    coming,
    hub_body,
    hubbed,
    invite,
)
from tests.sync.trust.test_membership import forge, refused


def test_who_comes_with_a_code_gets_what_was_signed_once() -> None:
    log = add(hubbed(), "invite", invite())
    came = log.append("join", coming(3), HUB_KEY)
    assert came.people["n3"].name == "客" and came.person_of("d3") == "n3"
    assert came.roles_at(came.version, "n3", "one") == {"engineer"}
    assert came.roles_at(came.version, "n3", "two") == set() and not came.is_admin("n3")
    refused(hub_kinds.NO_INVITATION, lambda: came.append("join", coming(4), HUB_KEY))
    assert replay(came.entries).steering == came.steering


def test_a_name_is_the_invitations_or_that_of_who_comes() -> None:
    log = add(hubbed(), "invite", invite(name=""))
    refused(member_kinds.WRONG, lambda: log.append("join", coming(3), HUB_KEY))
    came = log.append("join", coming(3, person_name="新人"), HUB_KEY)
    assert came.people["n3"].name == "新人"
    named = add(hubbed(), "invite", invite())
    assert named.append("join", coming(3, person_name="别人"), HUB_KEY).people["n3"].name == "客"


def test_a_further_device_is_of_the_person_who_was_invited() -> None:
    log = add(hubbed(), "invite", invite(person="p1", name="", roles=[]))
    refused(member_kinds.WRONG, lambda: log.append("join", coming(3), HUB_KEY))
    came = log.append("join", coming(3, person="p1"), HUB_KEY)
    assert came.person_of("d3") == "p1"
    assert came.roles_at(came.version, "p1", "one") == {"engineer"}
    for wrong in (invite(person="p1", name=""), invite(person="p1", roles=[])):
        refused(member_kinds.WRONG, partial(add, hubbed(), "invite", wrong))


@pytest.mark.parametrize(
    ("word", "before"),
    [
        (hub_kinds.NO_INVITATION, ("withdraw", {"invite": invite()["invite"]})),
        (hub_kinds.INVITER_GONE, ("revoke", {"device": "d1", "heads": {}})),
        (hub_kinds.INVITER_GONE, ("admin", {"person": "p1", "grant": False})),
        (hub_kinds.INVITER_GONE, ("active", {"person": "p1", "active": False})),
    ],
)
def test_an_invitation_ends_with_who_made_it(
    word: W, before: tuple[str, dict[str, object]]
) -> None:
    log = add(hubbed(), "admin", {"person": "p1", "grant": True})
    log = add(add(log, "invite", invite(), by=1), *before, by=1 if "invite" in before[1] else 0)
    refused(word, lambda: log.append("join", coming(3), HUB_KEY))


def test_it_has_its_time_and_its_code() -> None:
    log = add(hubbed(), "invite", invite())
    late = coming(3, at=UNTIL + 1)
    refused(hub_kinds.NO_INVITATION, lambda: log.append("join", late, HUB_KEY))
    assert log.append("join", coming(3, at=UNTIL), HUB_KEY).person_of("d3")
    other = {**coming(3), "device": "d9"}  # the proof is of another device
    refused(hub_kinds.NO_INVITATION, lambda: log.append("join", other, HUB_KEY))
    refused(member_kinds.ALREADY, lambda: add(log, "invite", invite()))
    refused(hub_kinds.NO_INVITATION, lambda: log.append("join", coming(3, b"guess"), HUB_KEY))


def test_without_a_hub_there_are_no_codes() -> None:
    refused(hub_kinds.NO_HUB, lambda: staffed().append("invite", invite(), signer(0)))


def test_a_hub_is_no_member() -> None:
    person = hub_body(HUB_KEY, "Z")["person"]
    device = {**hub_body(signer(3), "Y"), "name": ""}
    for kind, body in (
        ("admin", {"person": person, "grant": True}),
        ("role", grant(person, "engineer", "*")),
        ("device", device),
        ("active", {"person": person, "active": False}),
        ("invite", invite(person=person, name="", roles=[])),
        ("person", {"person": "hub-2", "name": "x", "title": ""}),
    ):
        refused(member_kinds.NO_MEMBER, partial(add, hubbed(), kind, dict(body)))


def test_a_new_key_takes_the_old_ones_place() -> None:
    log = add(hubbed(), "invite", invite())
    renewed = add(log, "hub", hub_body(signer(41), "Y"))
    assert hub_of(renewed) == signer(41).id
    assert renewed.devices[HUB_KEY.id].revoked == renewed.version
    refused(member_kinds.NO_DEVICE, lambda: renewed.append("join", coming(3), HUB_KEY))
    assert renewed.append("join", coming(3), signer(41)).person_of("d3")  # the code is open still
    person = {"person": "p9", "name": "x", "title": ""}
    old = membership_entry.numbered(forge(renewed, "person", person, signer(0)), HUB_KEY)
    refused(membership_entry.UNNUMBERED, lambda: renewed.extend([old]))


def test_every_entry_of_an_administrator_is_numbered() -> None:
    log = hubbed()
    bare = forge(log, "person", {"person": "p9", "name": "x", "title": ""}, signer(0))
    refused(membership_entry.UNNUMBERED, lambda: log.extend([bare]))
    other = membership_entry.numbered(bare, signer(5))
    refused(membership_entry.UNNUMBERED, lambda: log.extend([other]))
    assert "p9" in log.extend([membership_entry.numbered(bare, HUB_KEY)]).people
    assert "p9" in log.drafted(bare).people  # which nobody stores
    twice = staffed()
    number = membership_entry.numbered(
        forge(twice, "person", {"person": "p9", "name": "x", "title": ""}, signer(0)), HUB_KEY
    )
    refused(membership_entry.FORGED, lambda: twice.extend([number]))  # nobody numbers here


def test_what_a_newer_program_wrote_waits_only_with_a_number() -> None:
    log = hubbed()
    newer = forge(log, "blessing", {}, signer(0))
    assert log.extend([newer]).entries == log.entries
    assert log.extend([membership_entry.numbered(newer, HUB_KEY)]).waits == log.version + 1


def test_without_a_hub_only_who_keeps_the_log_makes_it_wait() -> None:
    log = staffed().append("admin", {"person": "p1", "grant": True}, signer(0))
    assert log.extend([forge(log, "blessing", {}, signer(1))]).entries == log.entries
    assert log.extend([forge(log, "blessing", {}, signer(0))]).waits
    assert isinstance(log, Membership) and CODE
