"""Space access: by the membership log as it is now, for people and for the devices they have."""

from __future__ import annotations

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, QUALITY
from sync.trust.membership import Membership
from sync.trust.space_access import candidates, devices, entitled, members, speaker
from tests.support.signers import company, grant, signer, staffed


def with_role(role: str, project: str) -> Membership:
    """p1 with one role more."""
    return staffed().append("role", grant("p1", role, project), signer(0))


@pytest.mark.parametrize(
    ("role", "project", "space", "may"),
    [
        (ENGINEER, "two", "p:two", True),
        (ENGINEER, "two", "p:three", False),
        (ENGINEER, "two", "r:two", False),
        (ENGINEER, "*", "p:three", True),
        (QUALITY, "two", "r:two", True),
        (DEPARTMENT_MANAGER, "*", "r:three", True),
        (QUALITY, "*", "x:two", False),
        (QUALITY, "*", "two", False),
        (QUALITY, "*", "", False),
    ],
)
def test_a_space_follows_from_a_role(role: str, project: str, space: str, may: bool) -> None:
    assert entitled(with_role(role, project), "p1", space) is may


def test_the_companys_space_is_every_members() -> None:
    log = staffed()
    assert entitled(log, "p2", "company") and not entitled(log, "p9", "company")
    gone = log.append("active", {"person": "p1", "active": False}, signer(0))
    assert not entitled(gone, "p1", "company") and not entitled(gone, "p1", "p:one")


def test_candidates_hold_every_space_a_person_may_be_entitled_to() -> None:
    log = staffed()
    found = candidates(log, "p1")
    assert found == ["company", "p:one", "r:one"]
    asked = ("company", "p:one", "r:one", "p:two", "r:two")
    may = [space for space in asked if entitled(log, "p1", space)]
    assert may == ["company", "p:one"] and set(may) <= set(found)
    assert candidates(log, "p0") is None  # a role on every project
    assert candidates(log, "p9") == ["company"]


def test_a_revoked_device_holds_nothing() -> None:
    log = staffed()
    assert [one.id for one in devices(log, "p:one")] == ["d0", "d1"]
    assert [one.id for one in devices(log, "p:two")] == ["d0"]
    stopped = log.append("revoke", {"device": "d1", "last": {}}, signer(0))
    assert [one.id for one in devices(stopped, "p:one")] == ["d0"]
    assert [one.id for one in members(stopped)] == ["d0"]


def test_who_speaks_under_a_new_id_is_known_by_the_admitted_one() -> None:
    log = company()
    assert speaker(log, signer(0).public, "d0") == "d0"
    assert speaker(log, signer(0).public, "renewed") == "d0"
    assert speaker(log, signer(5).public, "d5") == "d5"
    assert speaker(log, signer(5).public, "d0") == "d0"  # its own claim; the signature decides
