"""Space access: by the membership log as it is now, for people and for the devices they have."""

from __future__ import annotations

import pytest

from models.schema.natural_keys import file_space
from models.schema.roles import ENGINEER, PROJECT_MANAGER, QUALITY
from sync.trust.membership import Membership
from sync.trust.space_access import candidates, devices, entitled, may_give, members, own, speaker
from tests.support.incident_files import declared
from tests.support.signers import company, grant, signer, staffed


def with_role(role: str, project: str) -> Membership:
    """p1 with one role more."""
    return staffed().append("role", grant("p1", role, project), signer(0))


@pytest.mark.parametrize(
    ("role", "project", "space", "may"),
    [
        (ENGINEER, "two", "p:two", True),
        (ENGINEER, "two", "p:three", False),
        (ENGINEER, "*", "p:three", True),
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
    assert found == ["company", "p:one"]
    asked = ("company", "p:one", "p:two")
    may = [space for space in asked if entitled(log, "p1", space)]
    assert may == ["company", "p:one"] and set(may) <= set(found)
    assert candidates(log, "p0") is None  # a role on every project
    assert candidates(log, "p9") == ["company"]


def test_a_revoked_device_holds_nothing() -> None:
    log = staffed()
    assert [one.id for one in devices(log, "p:one")] == ["d0", "d1"]
    assert [one.id for one in devices(log, "p:two")] == ["d0"]
    stopped = log.append("revoke", {"device": "d1", "heads": {}}, signer(0))
    assert [one.id for one in devices(stopped, "p:one")] == ["d0"]
    assert [one.id for one in members(stopped)] == ["d0"]


def test_who_speaks_under_a_new_id_is_known_by_the_admitted_one() -> None:
    log = company()
    assert speaker(log, signer(0).public, "d0") == "d0"
    assert speaker(log, signer(0).public, "renewed") == "d0"
    assert speaker(log, signer(5).public, "d5") == "d5"
    assert speaker(log, signer(5).public, "d0") == "d0"  # its own claim; the signature decides


def test_a_restricted_record_is_for_the_declared_roles_and_the_people_named() -> None:
    with declared():
        space = file_space("responsibility", "two", "id")
        quality, manager = with_role(QUALITY, "two"), with_role(PROJECT_MANAGER, "two")
        assert entitled(quality, "p1", space) and not entitled(manager, "p1", space)
        assert not entitled(with_role(QUALITY, "one"), "p1", space)
        assert entitled(manager, "p1", space, {"p1"}) and not entitled(manager, "p9", space, {"p9"})
        assert [one.person for one in devices(manager, space, {"p1"})] == ["p0", "p1"]
        # Whoever has a role on the project may write into it, and is told of their own part.
        assert may_give(manager, "p1", space) and not may_give(
            with_role(QUALITY, "one"), "p1", space
        )
        assert own({"d0": 3, "d1": 2}, "p1", manager.person_of) == {"d1": 2}
        for other in ("f:unknown:two:id", "f:fix:two:id", "f:responsibility:id", "f:"):
            assert not entitled(quality, "p1", other), other
        assert may_give(manager, "p1", "f:unknown:two:id")
        assert not may_give(manager, "p1", "f:fix:two:id")
    assert not entitled(quality, "p1", space)  # a version that does not know the type


def test_a_record_of_no_project_is_for_the_role_on_any() -> None:
    with declared():
        space = file_space("responsibility", None, "id")
        assert entitled(with_role(QUALITY, "two"), "p1", space)
        assert not entitled(with_role(ENGINEER, "two"), "p1", space)
        assert may_give(with_role(ENGINEER, "two"), "p1", space) and not may_give(
            company(), "p9", space
        )
