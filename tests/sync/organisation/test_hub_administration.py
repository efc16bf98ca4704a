"""The membership log at a hub: administrators change it there, and nobody makes a second end."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.schema.roles import ENGINEER, QUALITY
from models.text.words import Refused
from sync.log import membership_store
from sync.organisation import administration, admission
from sync.trust.membership import Membership
from sync.workspace import hub_address
from tests.support.replicas import Team
from tests.sync.hub.conftest import postgres as postgres
from tests.sync.hub.conftest import running as running
from tests.sync.hub.conftest import team as team
from tests.sync.hub.conftest import url as url
from tests.sync.hub.running import Running, meet
from tests.sync.hub.test_round import colleague


def log_of(one: object) -> Membership:
    """The log as it stands in somebody's book."""
    return membership_store.load(one.workspace.store.db)  # type: ignore[attr-defined]


def test_what_the_hub_appended_meanwhile_comes_first(team: Team, running: Running) -> None:
    founder = team.founder
    running.found(founder)
    second = colleague(team, running, "乙")  # the hub's own entries, unknown to the founder
    person = team.person(second)
    with pytest.raises(Refused):
        administration.set_role(founder.workspace, "nobody", QUALITY, "*", grant=True)
    administration.set_role(founder.workspace, person, QUALITY, "*", grant=True)
    assert founder.workspace.people.roles(person, None) == {ENGINEER, QUALITY}
    assert log_of(founder).entries == running.house.membership.now().entries
    assert meet(second).done and meet(founder).done
    assert second.workspace.people.roles(person, None) == {ENGINEER, QUALITY}
    administration.revoke(founder.workspace, second.device)
    assert running.house.membership.now().devices[second.device].revoked is not None


def test_without_the_hub_nothing_is_changed(team: Team, running: Running) -> None:
    running.found(team.founder)
    before = log_of(team.founder).entries
    known = hub_address.load(team.founder.home)
    assert known is not None
    hub_address.save(team.founder.home, known._replace(url="https://127.0.0.1:9"))
    with pytest.raises(Refused, match="连不上"):
        administration.add_person(team.founder.workspace, "丙", "")
    assert log_of(team.founder).entries == before


def test_any_administrator_admits_by_file_with_a_hub(
    team: Team, running: Running, tmp_path: Path
) -> None:
    founder = team.founder
    running.found(founder)
    second = colleague(team, running, "乙")
    body = {"person": team.person(second), "grant": True}
    administration.change(founder.workspace, lambda log, key: log.append("admin", body, key))
    meet(second)
    home = tmp_path / "third"
    home.mkdir()
    admission.request(home, tmp_path / "me.request", "丙")
    admission.admit(second.workspace, tmp_path / "me.request", tmp_path / "me.reply")
    assert {one.name for one in running.house.membership.now().people.values()} >= {"丙"}
