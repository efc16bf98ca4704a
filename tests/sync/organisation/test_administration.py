"""Administration: an entry is appended whole or not at all, and carried out here at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, PROJECT_MANAGER, QUALITY
from models.text.words import Refused
from sync.log import membership_store
from sync.organisation import administration
from sync.trust.device_key import DeviceKey
from sync.trust.entry_rules import NOT_ADMIN
from sync.trust.membership import Membership
from sync.trust.steering.member_kinds import SELF
from tests.support.replicas import Team, give
from tests.sync.log.test_quarantine import listed


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path, "b", met=True)
    yield made
    made.close()


def log_of(team: Team) -> Membership:
    """The founder's log as it is kept."""
    return membership_store.load(team.founder.workspace.store.db)


def test_a_person_and_a_role_are_known_at_once(team: Team) -> None:
    one = team.founder.workspace
    person = administration.add_person(one, "新人", "工程师")
    administration.set_role(one, person, QUALITY, "*", grant=True)
    assert one.people.name(person) == "新人" and one.people.roles(person, None) == {QUALITY}
    administration.set_role(one, person, QUALITY, "*", grant=False)
    assert one.people.roles(person, None) == frozenset()
    assert one.store.meta("members") == log_of(team).version


def test_of_several_entries_all_are_kept_or_none(team: Team) -> None:
    one, before = team.founder.workspace, log_of(team)

    def grow(log: Membership, key: DeviceKey) -> Membership:
        log = log.append("person", {"person": "p9", "name": "新人", "title": ""}, key)
        me = log.person_of(key.id)
        return log.append(
            "role", {"person": me, "role": "quality", "project": "x", "grant": True}, key
        )

    with pytest.raises(Refused) as caught:
        administration.change(one, grow)
    assert caught.value.word is SELF
    assert log_of(team).entries == before.entries and one.people.person("p9") is None


def test_only_an_administrator_changes_the_log(team: Team) -> None:
    with pytest.raises(Refused) as caught:
        administration.add_person(team.all[1].workspace, "新人", "")
    assert caught.value.word is NOT_ADMIN
    administration.set_administrator(team.founder.workspace, team.person(team.all[1]), grant=True)
    team.tell()
    assert administration.add_person(team.all[1].workspace, "新人", "")


def test_what_a_stopped_device_wrote_and_is_not_here_is_quarantined(team: Team) -> None:
    a, b = team.all
    early = team.fix(b)
    give(b, a)
    late = team.fix(b)
    administration.revoke(a.workspace, b.device)
    for space in b.exchange.spaces():
        a.exchange.take(b.exchange.offer(space, a.exchange.vector(space)))
    assert a.book.find(early) is not None and a.book.find(late) is None
    assert [found.record for found in listed(a)] == [late]


def test_who_leaves_has_no_roles_and_no_working_device(team: Team) -> None:
    a, b = team.all
    person = team.person(b)
    administration.leave(a.workspace, person)
    log = log_of(team)
    assert log.devices[b.device].revoked is not None and not log.is_active(person)
    assert a.workspace.people.roles(person, None) == frozenset()
    assert not administration.kept_by_hub(a.workspace)


def test_the_last_administrator_cannot_leave(team: Team) -> None:
    before = log_of(team)
    with pytest.raises(Refused):
        administration.leave(team.founder.workspace, team.person(team.founder))
    assert log_of(team).entries == before.entries


def test_what_was_written_before_a_role_was_given_up_stands(tmp_path: Path) -> None:
    """The founder sets the book up alone, then leaves the leading to others."""
    team = Team(tmp_path)
    book, me = team.founder.book, team.person(team.founder)
    kept = book.add("site", {"name": "三号机房"}).id
    for role in (PROJECT_MANAGER, DEPARTMENT_MANAGER):
        administration.set_role(team.founder.workspace, me, role, "*", grant=False)
    other = team.admit("段工", (PROJECT_MANAGER,))
    team.meet()
    assert not team.founder.exchange.quarantined() and not other.exchange.quarantined()
    assert other.get(team.project).void is None and other.get(kept).values()["name"] == "三号机房"
    team.close()
