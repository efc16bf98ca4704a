"""Recovery kinds: the key on paper makes an administrator, and everybody can see that it did."""

from __future__ import annotations

from typing import Any

from sync.trust import entry_rules, membership_entry
from sync.trust.membership import Membership, hub_of, replay
from sync.trust.steering import code_key, member_kinds, recovery_kinds
from sync.trust.steering.steering import RECOVERY
from tests.support.signers import signer, staffed
from tests.sync.trust.steering.keepers import HUB_KEY, add, hubbed
from tests.sync.trust.test_membership import refused

PAPER, OTHER = code_key.of_recovery(b"paper"), code_key.of_recovery(b"other")


def keyed(log: Membership | None = None) -> Membership:
    """There is a recovery key."""
    body = {"key": PAPER.public.hex()}
    return (log or staffed()).append("recovery", body, signer(0))


def use(person: str = "p1", *instead: str, hub_lost: bool = False) -> dict[str, Any]:
    """It makes somebody an administrator."""
    return {"person": person, "instead": list(instead), "hub_lost": hub_lost, "at": 7}


def test_a_member_takes_the_place_of_a_lost_founder() -> None:
    log = keyed().append("recover", use("p1", "p0"), PAPER)
    assert log.is_admin("p1") and not log.is_admin("p0")
    assert [tuple(one) for one in log.steering.used] == [(log.version, "p1", ("p0",), 7)]
    person = {"person": "p9", "name": "x", "title": ""}
    refused(entry_rules.NOT_ADMIN, lambda: log.append("person", person, signer(0)))
    stopped = log.append("revoke", {"device": "d0", "heads": {}}, signer(1))
    assert stopped.devices["d0"].revoked and replay(stopped.entries).steering == log.steering
    fresh = stopped.append("recovery", {"key": OTHER.public.hex()}, signer(1))
    refused(
        membership_entry.FORGED, lambda: fresh.append("recover", use("p1", hub_lost=True), PAPER)
    )


def test_it_makes_no_nonsense() -> None:
    log = keyed()
    refused(recovery_kinds.NO_KEY, lambda: staffed().append("recover", use(), PAPER))
    refused(membership_entry.FORGED, lambda: log.append("recover", use(), OTHER))
    refused(entry_rules.NOT_RECOVERY, lambda: log.append("recover", use(), signer(0)))
    refused(member_kinds.NO_PERSON, lambda: log.append("recover", use("p9"), PAPER))
    refused(member_kinds.NO_PERSON, lambda: log.append("recover", use("p1", "p2"), PAPER))
    refused(member_kinds.WRONG, lambda: log.append("recover", use("p0", "p0"), PAPER))
    refused(member_kinds.ALREADY, lambda: log.append("recover", use("p0"), PAPER))
    refused(entry_rules.LAST, lambda: log.append("recover", use("p2", "p0"), PAPER))  # no device
    refused(member_kinds.ALREADY, lambda: keyed(log))
    named = {"person": RECOVERY, "name": "x", "title": ""}
    refused(member_kinds.TAKEN, lambda: log.append("person", named, signer(0)))


def test_it_needs_no_number_and_ends_a_hub_that_is_lost() -> None:
    log = add(hubbed(), "recovery", {"key": PAPER.public.hex()})
    recovered = log.append("recover", use("p1", "p0", hub_lost=True), PAPER)
    assert hub_of(recovered) is None and recovered.devices[HUB_KEY.id].revoked
    assert replay(recovered.entries).is_admin("p1")
    person = {"person": "p9", "name": "x", "title": ""}
    assert "p9" in replay(recovered.append("person", person, signer(1)).entries).people
    kept = log.append("recover", use("p1", "p0"), PAPER)
    assert hub_of(kept) == HUB_KEY.id
