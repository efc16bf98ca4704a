"""Inviting from afar: an administrator alone, and only with words of the right form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from models.schema.roles import ENGINEER
from sync.hub.handlers.invitation import MOST_DAYS, MOST_ROLES
from sync.transport.http.invite_code import hashed
from tests.sync.hub.devices import Asker, Organisation
from tests.sync.hub.running import Running
from tests.sync.hub.test_hub import refused

GOOD: dict[str, Any] = {"name": "丁", "roles": [[ENGINEER, "*"]], "days": 7}


@pytest.fixture
def founder(hub: Running, organisation: Organisation) -> Iterator[Asker]:
    """The founder's device speaks."""
    with hub.asker(organisation.key) as one:
        yield one


def asked(asker: Asker, **said: Any) -> Any:
    """A request for a code."""
    return asker("POST", "/v1/invite", json.dumps({**GOOD, **said}).encode())


def test_the_hub_keeps_what_the_code_is_for_and_not_the_code(hub: Running, founder: Asker) -> None:
    secret = bytes.fromhex(asked(founder).json()["code"])
    table = hub.house.base.t.Invite
    row = table.select().where(table.code == hashed(secret)).first()
    assert (row.name, json.loads(row.roles), row.person) == ("丁", [[ENGINEER, "*"]], "")
    assert row.device == "" and not row.founding
    days = (row.until - hub.house.now()) / 86_400_000
    assert 6.9 < days < 7.01
    everything = [str(value) for one in table.select().tuples() for value in one]
    assert secret.hex() not in everything


def test_a_further_device_of_a_member(
    hub: Running, organisation: Organisation, founder: Asker
) -> None:
    person = organisation.devices[0].person
    secret = bytes.fromhex(asked(founder, name="", roles=[], person=person).json()["code"])
    table = hub.house.base.t.Invite
    assert table.select().where(table.code == hashed(secret)).first().person == person


def test_nobody_else_invites(hub: Running, asker: Asker) -> None:
    before = hub.house.base.t.Invite.select().count()
    refused(asked(asker), 403, "not-administrator")
    assert hub.house.base.t.Invite.select().count() == before


@pytest.mark.parametrize(
    "said",
    [
        {"days": 0},
        {"days": MOST_DAYS + 1},
        {"days": "7"},
        {"days": True},
        {"days": None},
        {"name": "x" * 5000},
        {"name": 7},
        {"person": "nobody"},
        {"person": "0190a1b2-ffff-7000-8000-000000000000"},
        {"person": 7},
        {"roles": "engineer"},
        {"roles": [["engineer"]]},
        {"roles": [["no role", "*"]]},
        {"roles": [[ENGINEER, "no project's id\n"]]},
        {"roles": [[ENGINEER, "*"]] * (MOST_ROLES + 1)},
    ],
    ids=repr,
)
def test_other_words_make_no_code(hub: Running, founder: Asker, said: dict[str, Any]) -> None:
    before = hub.house.base.t.Invite.select().count()
    refused(asked(founder, **said), 400, "malformed")
    assert hub.house.base.t.Invite.select().count() == before
