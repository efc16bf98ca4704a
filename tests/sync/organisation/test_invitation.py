"""Invitations: signed by an administrator's device, from afar or in the hub's own folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.schema.roles import ENGINEER, QUALITY
from models.text.words import Refused
from sync.organisation import administration, hub_enrolment, invitation
from sync.organisation.invitation import NO_SIGNER, WAITING, Guest
from sync.transport.http import invite_code
from sync.trust.entry_rules import NOT_ADMIN
from sync.trust.steering import code_key
from sync.trust.steering.hub_kinds import INVITER_GONE
from sync.workspace import hub_address
from tests.support.replicas import Team
from tests.sync.hub.conftest import postgres as postgres
from tests.sync.hub.conftest import running as running
from tests.sync.hub.conftest import team as team
from tests.sync.hub.conftest import url as url
from tests.sync.hub.running import Running, meet
from tests.sync.hub.test_round import colleague


def test_an_administrator_makes_a_code_from_afar(
    team: Team, running: Running, tmp_path: Path
) -> None:
    running.found(team.founder)
    guest = Guest(name="丁", roles=[(ENGINEER, team.project)])
    text = invitation.make(team.founder.workspace, guest)
    home = tmp_path / "fourth"
    home.mkdir()
    reply, _ = hub_enrolment.come(home, invite_code.read(text), "别的名字")
    log = reply.membership
    assert log.people[reply.person].name == "丁"
    assert log.roles_at(log.version, reply.person, team.project) == {ENGINEER}
    second = colleague(team, running, "乙")
    meet(second)
    assert hub_address.load(second.home) is not None
    with pytest.raises(Refused) as caught:
        invitation.make(second.workspace, Guest(name="戊"))
    assert caught.value.word is NOT_ADMIN


def test_in_the_hubs_folder_an_administrators_book_signs(
    team: Team, running: Running, tmp_path: Path
) -> None:
    running.found(team.founder)
    second = colleague(team, running, "乙")
    for book in (tmp_path / "none", running.home, second.home):
        with pytest.raises(Refused) as caught:
            invitation.at_hub(running.house, book, Guest())
        assert caught.value.word is NO_SIGNER and str(book) in str(caught.value)
    before = running.house.membership.now().version
    secret = invitation.at_hub(running.house, team.founder.home, Guest(roles=[(QUALITY, "*")]))
    log = running.house.membership.now()
    made = log.steering.invitations[code_key.of_code(secret).public.hex()]
    assert log.version == before + 1 and made.by == team.founder.device
    assert meet(team.founder).done  # it is numbered: everybody takes it
    running.house.base.write(running.house.wait.begin)
    with pytest.raises(Refused) as caught:
        invitation.at_hub(running.house, team.founder.home, Guest())
    assert caught.value.word is WAITING


def test_what_a_stopped_device_invited_is_void(
    team: Team, running: Running, tmp_path: Path
) -> None:
    """A thief's codes end with the laptop that signed them."""
    running.found(team.founder)
    second = colleague(team, running, "乙")
    administration.set_administrator(team.founder.workspace, team.person(second), grant=True)
    meet(second)
    code = invite_code.read(invitation.make(second.workspace, Guest(name="贼")))
    administration.revoke(team.founder.workspace, second.device)
    home = tmp_path / "late"
    home.mkdir()
    with pytest.raises(Refused, match=str(INVITER_GONE).partition("，")[0]):
        hub_enrolment.come(home, code, "贼")
