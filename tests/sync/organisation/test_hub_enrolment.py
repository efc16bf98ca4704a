"""Enrolment at a hub, from the device: a code leads to the hub and the person that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from sync.organisation import hub_enrolment
from sync.transport.http import invite_code
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


def test_a_mistyped_code_is_noticed_here(founded: Running) -> None:
    text = invite_code.spelt(founded.code())
    assert invite_code.read(f" {text.lower().replace('-', ' ')} ") == invite_code.read(text)
    for place in range(0, len(text), 7):
        wrong = text[:place] + ("7" if text[place] != "7" else "8") + text[place + 1 :]
        with pytest.raises(Refused, match="邀请码不对"):
            invite_code.read(wrong if text[place] != "-" else text[:place])
    for other in ("", "hello", text[:-1], text + "0", text * 9, "‮" + text[1:]):
        with pytest.raises(Refused, match="邀请码不对"):
            invite_code.read(other)


def test_a_code_names_its_hub(founded: Running, tmp_path: Path) -> None:
    """Somebody else answers at that address: nothing is said to them."""
    home = tmp_path / "led"
    home.mkdir()
    with Running(tmp_path / "other") as other:
        team = Team(tmp_path / "theirs")
        other.found(team.founder)
        led = founded.code()._replace(port=other.port)
        with pytest.raises(Refused, match="不是本机加入的同步服务器"):
            hub_enrolment.come(home, led, "丙")
        assert not [path for path in other.house.times if "join" in path]
        team.close()


def test_who_is_named_need_not_say_so(founded: Running, tmp_path: Path) -> None:
    for name in ("named", "nameless"):
        (tmp_path / name).mkdir()
    reply, _ = hub_enrolment.come(tmp_path / "named", founded.code(name="小林"), "")
    assert reply.membership.people[reply.person].name == "小林"
    code = founded.code()
    with pytest.raises(Refused, match="--name"):
        hub_enrolment.come(tmp_path / "nameless", code, "")
    reply, _ = hub_enrolment.come(tmp_path / "nameless", code, "小王")
    assert reply.membership.people[reply.person].name == "小王"


def test_a_further_device_of_a_member(founded: Running, team: Team, tmp_path: Path) -> None:
    home = tmp_path / "second"
    home.mkdir()
    me = team.person(team.founder)
    reply, _ = hub_enrolment.come(home, founded.code(person=me), "")
    assert reply.person == me
    assert len([one for one in reply.membership.devices.values() if one.person == me]) == 2
