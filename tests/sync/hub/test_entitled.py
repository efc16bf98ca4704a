"""Entitled: a person is given, and may bring, the spaces of their roles and no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.schema.roles import ENGINEER, PROJECT_MANAGER
from tests.sync.hub.devices import Organisation
from tests.sync.hub.running import Running
from tests.sync.hub.test_hub import refused


@pytest.fixture
def two(tmp_path: Path, url: str) -> Iterator[tuple[Running, Organisation]]:
    """A hub with two projects, an engineer on each."""
    with Running(tmp_path / "hub", url) as one:
        yield one, one.staff(Organisation(one.house.key, 2, ("north", "south")))


def role(organisation: Organisation, person: str, role: str, project: str, grant: bool) -> None:
    """An entry of the log."""
    body = {"person": person, "role": role, "project": project, "grant": grant}
    body |= {} if grant else {"heads": {}}
    organisation.say("role", body)


def test_everybody_has_their_own(two: tuple[Running, Organisation]) -> None:
    running, organisation = two
    north, south = organisation.devices
    with running.asker(north.key) as a, running.asker(south.key) as b:
        blob, other = north.wrote(3), south.wrote(2)
        assert a.bring("p:north", blob).status_code == 200
        assert b.bring("p:south", other).status_code == 200
        assert set(a.meet().json()["spaces"]) == {"p:north"}
        assert set(b.meet().json()["spaces"]) == {"p:south"}
        assert a.fetch("p:north", {north.key.id: 0}) == [blob]
        files = b"piece"
        for space in ("p:south", "r:north", "f:fix:north:x", "p:nowhere", "x:south"):
            name = space.replace(":", "%3A")
            calls: list[Any] = [
                a.bring(space, other),
                a("POST", "/v1/fetch", b"{}", query=f"space={name}&after=0"),
                a("GET", "/v1/files", query=f"space={name}"),
                a("POST", "/v1/held", b'{"%s":[1,""]}' % (space).encode()),
                a("PUT", "/v1/file", files,
                  query=f"space={name}&sha256={'0' * 64}&start=0&size=5"),
            ]  # fmt: skip
            for reply in calls:
                refused(reply, 403, "not-entitled")
        assert b.fetch("p:south", {south.key.id: 0}) == [other]
        told = a.bring("p:north", other).json()  # of a space that it is not for
        assert told["refused"] and not told["segments"]


def test_a_withdrawn_role_opens_nothing(two: tuple[Running, Organisation]) -> None:
    running, organisation = two
    north, south = organisation.devices
    role(organisation, south.person, ENGINEER, "north", True)
    running.staff(organisation)
    with running.asker(north.key) as a, running.asker(south.key) as b:
        blob = north.wrote(3)
        a.bring("p:north", blob)
        assert b.fetch("p:north", {north.key.id: 0}) == [blob]
        assert set(b.meet().json()["spaces"]) == {"p:north"}
        role(organisation, south.person, ENGINEER, "north", False)
        running.staff(organisation)
        assert not b.meet().json()["spaces"]
        refused(b("POST", "/v1/fetch", b"{}", query="space=p%3Anorth&after=0"), 403, "not-entitled")
        late = north.wrote(1)
        a.bring("p:north", late)
        refused(b("GET", "/v1/files", query="space=p%3Anorth"), 403, "not-entitled")


def test_files_follow_their_space(two: tuple[Running, Organisation]) -> None:
    import hashlib

    running, organisation = two
    north, south = organisation.devices
    data = b"a photo"
    sha = hashlib.sha256(data).hexdigest()
    with running.asker(north.key) as a, running.asker(south.key) as b:
        query = f"space=p%3Anorth&sha256={sha}&start=0&size={len(data)}"
        assert a("PUT", "/v1/file", data, query=query).json()["held"] == len(data)
        assert a("GET", "/v1/file", query=f"sha256={sha}&start=2").content == data[2:]
        refused(b("GET", "/v1/file", query=f"sha256={sha}&start=0"), 404, "not-there")


def test_only_administrators_write_the_log(two: tuple[Running, Organisation]) -> None:
    from sync.transport.http.payloads import entry_told
    from sync.transport.http.signed_request import written

    running, organisation = two
    north = organisation.devices[0]
    before = running.house.membership.now().version
    body = {"person": north.person, "role": PROJECT_MANAGER, "project": "*", "grant": True}
    forged = _by(organisation, north.key, body)
    with running.asker(north.key) as a:
        told = a("POST", "/v1/members", written({"entries": [entry_told(forged)]}))
        refused(told, 409, "refused")
    assert running.house.membership.now().version == before


def _by(organisation: Organisation, key: Any, body: dict[str, Any]) -> Any:
    """An entry as its writer would sign it, whether it may or not."""
    from sync.trust import membership_entry
    from sync.trust.membership_entry import EntryStatement

    log = organisation.log
    return membership_entry.write(
        EntryStatement(
            membership_entry.VERSION, len(log.entries) + 1, log.head, "role", key.id, body
        ),
        key,
    )


def test_asked_of_a_few_spaces_only() -> None:
    """Whose roles are on a few projects is asked about these, however many the hub has."""
    from sync.trust.space_access import candidates, entitled
    from tests.sync.hub.devices import signer

    found = Organisation(signer(77), 4, ("north", "south"))
    names = candidates(found.log, found.devices[0].person)
    assert names == ["company", "p:north"]
    every = ["company", "p:north", "p:south"]
    for device in found.devices:
        may = [space for space in every if entitled(found.log, device.person, space)]
        assert set(may) <= set(candidates(found.log, device.person) or ())
    assert candidates(found.log, found.person) is None
