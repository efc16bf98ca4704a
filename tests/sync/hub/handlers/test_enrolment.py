"""Codes: each brings one device in, once, in time, to the hub and organisation that it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.schema.roles import ENGINEER
from models.text.words import Refused
from sync.hub.handlers import enrolment
from sync.organisation import hub_enrolment
from sync.transport.http import invite_code
from sync.trust.steering.steering import HUB
from sync.workspace.setup import begin
from tests.support.replicas import Team
from tests.sync.hub.conftest import postgres as postgres
from tests.sync.hub.conftest import running as running
from tests.sync.hub.conftest import team as team
from tests.sync.hub.conftest import url as url
from tests.sync.hub.running import Running


@pytest.fixture
def founded(team: Team, running: Running) -> Running:
    """A hub with an organisation."""
    running.found(team.founder)
    return running


def test_a_code_brings_one_device(founded: Running, tmp_path: Path) -> None:
    code = founded.code(roles=[(ENGINEER, "*")])
    here, there = tmp_path / "here", tmp_path / "there"
    for home in (here, there):
        home.mkdir()
    first, known = hub_enrolment.come(here, code, "乙")
    before = founded.house.membership.now().version
    with pytest.raises(Refused, match="用过"):
        hub_enrolment.come(there, code, "丙")
    again, _ = hub_enrolment.come(
        here, code, "乙"
    )  # the answer was lost: the same device asks again
    assert again.membership.version == first.membership.version == before
    assert again.person == first.person
    assert first.membership.people[first.person].name == "乙"
    assert known.url == founded.url


def test_a_code_has_its_time(
    founded: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, now = founded.code(days=2), founded.house.now()
    home = tmp_path / "late"
    home.mkdir()
    monkeypatch.setattr(founded.house, "now", lambda: now + 2 * enrolment.DAY + 60_000)
    with pytest.raises(Refused, match="过期"):
        hub_enrolment.come(home, code, "丙")
    monkeypatch.setattr(founded.house, "now", lambda: now + enrolment.DAY)
    hub_enrolment.come(home, code, "丙")


def test_a_code_that_nobody_made(founded: Running, tmp_path: Path) -> None:
    home = tmp_path / "guess"
    home.mkdir()
    real = founded.code()
    with pytest.raises(Refused, match="无效"):
        hub_enrolment.come(home, real._replace(secret=invite_code.new_secret()), "丙")
    log = founded.house.membership.now()
    assert len(log.steering.invitations) == 1  # the real one is open still
    secret = real.secret.hex().encode()
    assert not [one for one in log.entries if secret in one.body]  # what is kept opens nothing


def test_the_first_code_founds_once(team: Team, running: Running, tmp_path: Path) -> None:
    old = running.code(founding=True)
    code = old._replace(secret=enrolment.founding_code(running.house))
    with pytest.raises(Refused, match="无效"):
        hub_enrolment.found(team.founder.workspace, old)  # another first code was made since
    home = tmp_path / "early"
    home.mkdir()
    with pytest.raises(Refused):
        hub_enrolment.come(home, code._replace(founding=False), "丙")
    hub_enrolment.found(team.founder.workspace, code)
    hub_enrolment.found(team.founder.workspace, code)  # the same device again
    assert running.house.membership.now().root == team.founder.exchange.trust.membership.root
    stranger = begin(tmp_path / "stranger", name="别人", project="别的")
    with pytest.raises(Refused):
        hub_enrolment.found(stranger, code)
    assert running.house.membership.now().name == team.founder.exchange.trust.membership.name
    stranger.close()


def test_a_guess_costs_nothing(founded: Running) -> None:
    """The code is looked at before anything else: no log is read, no lock is taken."""
    with founded.asker() as anybody, founded.house.base._alone():
        body = {
            "code": "00" * invite_code.SECRET,
            "device": "x",
            "entries": "no list",
            "signature": "",
        }
        reply = anybody("POST", "/v1/found", json.dumps(body).encode())
        assert (reply.status_code, reply.json()["reason"]) == (403, "no-such-code")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("{founder}", "已有成员叫"),
        (" {founder} ", "已有成员叫"),
        ("甲\x1b[31m", "控制字符"),
        ("\u202e乙", "控制字符"),
    ],
)
def test_a_newcomer_is_named_by_the_rules_of_admission(
    founded: Running, team: Team, tmp_path: Path, name: str, why: str
) -> None:
    code, home = founded.code(), tmp_path / "new"
    home.mkdir()
    log = founded.house.membership.now()
    (founder,) = [one.name for one in log.people.values() if not one.id.startswith(HUB)]
    with pytest.raises(Refused, match=why):
        hub_enrolment.come(home, code, name.format(founder=founder))
    assert founded.house.membership.now().version == log.version
    reply, _ = hub_enrolment.come(home, code, "乙")  # the code is still good
    assert reply.membership.people[reply.person].name == "乙"


def test_a_name_that_the_code_gives_is_held_to_them_too(founded: Running, tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("one", "two")]
    for home in homes:
        home.mkdir()
    hub_enrolment.come(homes[0], founded.code(name="Ann"), "")
    with pytest.raises(Refused, match="hub invite --person"):
        hub_enrolment.come(homes[1], founded.code(name="ANN"), "")


def test_a_first_code_founds_nothing_more(founded: Running) -> None:
    founded.code(founding=True)
    with founded.asker() as anybody:
        reply = anybody("POST", "/v1/found", b"{}")
        assert (reply.status_code, reply.json()["reason"]) == (403, "no-such-code")
