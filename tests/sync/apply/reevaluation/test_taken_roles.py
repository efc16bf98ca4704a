"""A role that was taken: what needed it and had not arrived by then counts nowhere, in any order.

Sync case 53.
"""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, QUALITY
from models.text.words import Refused
from sync.apply.reevaluation.adoption import adopt
from sync.log import membership_store
from sync.organisation import administration
from sync.validation import reasons
from tests.support.escalations import taken_up
from tests.support.replicas import Replica, Team, give
from tests.support.twins import twin_of
from tests.sync.log.test_quarantine import listed, settled

DECIDES = (ENGINEER, DEPARTMENT_MANAGER)
NAMES = ("m", "e", "r")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """A founder, two managers and a reader; all are in sync."""
    return Team.copied(tmp_path, *NAMES, roles=DECIDES, met=True)


def escalated(team: Team, one: Replica) -> str:
    """An escalation that everybody has."""
    id = one.book.add("escalation", {"phenomenon": "x"}, project=team.project).id
    team.meet()
    return id


def accept(one: Replica, id: str) -> None:
    """The manager's decision."""
    one.book.move(id, "accept", taken_up(one.book))


def take(team: Team, one: Replica, *, grant: bool = False) -> None:
    """The founder takes the manager's role, or gives it again; nobody is told."""
    work, person = team.founder.workspace, team.person(one)
    administration.set_role(work, person, DEPARTMENT_MANAGER, "*", grant=grant)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_53_an_honest_decision_made_offline_is_set_aside_in_every_order(
    team: Team, order: tuple[int, ...]
) -> None:
    founder, m, e, r = team.all
    id = escalated(team, e)
    accept(m, id)
    take(team, m)
    ways = [(m, e), (founder, r), (e, r)]
    for place in order:
        give(*ways[place])
    team.meet()
    for one in team.all:
        assert one.get(id).state == "reported"
        ((found, reason),) = [(found.device, found.reason) for found in listed(one)]
        assert found == m.device and reason.en.startswith("The role by which m did this")
        assert "角色已被收回" in reason.zh
    settled(team)
    adopt(r.workspace, f"p:{team.project}", m.device, listed(r)[0].seq, "当时有效")
    team.meet()
    assert {one.get(id).state for one in team.all} == {"accepted"}
    settled(team)


def test_what_had_arrived_when_the_role_was_taken_stands(team: Team) -> None:
    founder, m, e, _ = team.all
    id = escalated(team, e)
    accept(m, id)
    give(m, founder)
    take(team, m)
    team.meet()
    assert {one.get(id).state for one in team.all} == {"accepted"} and not listed(e)
    settled(team)


def test_a_role_given_again_validates_nothing_earlier(team: Team) -> None:
    _, m, e, r = team.all
    first, second = escalated(team, e), escalated(team, e)
    accept(m, first)
    take(team, m)
    take(team, m, grant=True)
    give(m, r)
    team.meet()
    accept(m, second)
    team.meet()
    for one in team.all:
        assert (one.get(first).state, one.get(second).state) == ("reported", "accepted")
    settled(team)


def test_what_another_role_allows_counts(team: Team) -> None:
    """The manager is an engineer too: edits and records of that time stand."""
    _, m, e, r = team.all
    id = team.fix(m)
    take(team, m)
    give(m, r)
    team.meet()
    assert {one.get(id).state for one in team.all} == {"open"} and not listed(e)


def test_what_was_built_on_it_falls_with_it(team: Team) -> None:
    _, m, e, r = team.all
    id = escalated(team, e)
    accept(m, id)
    give(m, e)
    e.book.move(id, "draft", {"solution": "z"})
    take(team, m)
    give(e, r)
    team.meet()
    assert {one.get(id).state for one in team.all} == {"reported"}
    assert {len(listed(one)) for one in team.all} == {2}
    settled(team)


def test_f1_rows_changed_in_ones_own_database_help_nobody(team: Team) -> None:
    """The device has heard that the role is gone, and is told otherwise by its owner."""
    _, m, e, _ = team.all
    before = m.workspace.store.meta("members")
    take(team, m)
    team.meet()
    id = escalated(team, e)
    with pytest.raises(Refused):
        accept(m, id)
    with m.workspace.store.write():
        m.workspace.store.set_meta("members", before)
        sql = "INSERT INTO role_grant(person, role, project) VALUES(?, ?, '*')"
        m.workspace.store.db.execute_sql(sql, (team.person(m), DEPARTMENT_MANAGER))
    m.workspace.people.refresh()
    accept(m, id)
    team.meet()
    for one in team.all:
        assert one.get(id).state == "reported" and len(listed(one)) == 1
    settled(team)


def test_f1_the_founder_cannot_go_back_to_when_there_was_nobody_else(tmp_path: Path) -> None:
    team = Team(tmp_path)
    founder = team.founder
    alone = founder.workspace.store.meta("members")
    id = founder.book.add("escalation", {"phenomenon": "x"}, project=team.project).id
    accept(founder, id)
    m = team.admit("m", DECIDES)
    founder.book.move(id, "draft", {"solution": "z"})
    give(founder, m)
    with founder.workspace.store.write():
        founder.workspace.store.set_meta("members", alone)
        founder.workspace.store.db.execute_sql(
            "DELETE FROM role_grant WHERE person=?", (team.person(m),)
        )
    founder.workspace.people.refresh()
    founder.book.move(id, "approve")
    give(founder, m)
    for one in team.all:
        assert one.get(id).state == "drafted"
        ((found,),) = [listed(one)]
        assert found.reason.en.startswith("It goes by version")
    settled(team)


def test_positions_name_the_history_and_only_what_the_role_is_for(team: Team) -> None:
    founder, m, *_ = team.all
    team.fix(m)
    team.meet()
    take(team, m)
    log = membership_store.load(founder.workspace.store.db)
    ((_, taken),) = log.taken_since(0, team.person(m))
    heads = taken.heads[m.device]
    seq, hash = founder.workspace.log.tip(f"p:{team.project}", m.device)
    assert heads[f"p:{team.project}"] == (seq, hash)
    administration.set_role(founder.workspace, team.person(m), QUALITY, "other", grant=True)
    administration.set_role(founder.workspace, team.person(m), QUALITY, "other", grant=False)
    log = membership_store.load(founder.workspace.store.db)
    last = log.taken_since(0, team.person(m))[-1][1]
    assert f"p:{team.project}" not in last.heads.get(m.device, {})
    assert reasons.ROLE_TAKEN.en


def shown(team: Team, giver: Replica, taker: Replica) -> None:
    """What one has beyond what the other wants lies before it, without the members."""
    space = f"p:{team.project}"
    taker.exchange.take(giver.exchange.offer(space, taker.exchange.wanted(space)))


@pytest.mark.parametrize("more", [0, 3], ids=["a shorter history", "a longer one"])
def test_positions_mean_one_of_two_histories(team: Team, tmp_path: Path, more: int) -> None:
    """By its number the decision comes before the position; it is of a life that the founder never
    saw.
    """
    founder, m, e, r = team.all
    id = escalated(team, e)
    twin = twin_of(m, tmp_path)
    accept(twin, id)
    for _ in range(3):
        team.fix(m)
    give(m, founder)
    take(team, m)
    for _ in range(more):
        team.fix(twin)
    shown(team, twin, e)
    assert e.get(id).state == "accepted"
    give(founder, e)
    assert e.get(id).state == "reported"
    ((reason,),) = [[found.reason.en for found in listed(e)]]
    assert reason.startswith("The role by which m did this")
    shown(team, twin, r)
    give(founder, r)
    assert r.get(id).state == "reported"
    twin.workspace.close()


def test_what_comes_to_the_position_by_another_way_falls(team: Team, tmp_path: Path) -> None:
    """The taking is known first, then the other life arrives in two parts."""
    founder, m, e, r = team.all
    id = escalated(team, e)
    twin = twin_of(m, tmp_path)
    accept(twin, id)
    for _ in range(3):
        team.fix(m)
    give(m, founder)
    take(team, m)
    e.exchange.take_members(founder.exchange.members(0))
    r.exchange.take_members(founder.exchange.members(0))
    shown(team, twin, e)
    for _ in range(3):
        team.fix(twin)
    shown(team, twin, e)
    shown(team, twin, r)
    assert {one.get(id).state for one in (e, r)} == {"reported"}
    assert [len(listed(one)) for one in (e, r)] == [1, 1] and e.digest() == r.digest()
    twin.workspace.close()


def test_the_history_that_is_meant_stands_when_all_of_it_is_here(team: Team) -> None:
    """In parts, the taking in between."""
    founder, m, e, _ = team.all
    id = escalated(team, e)
    accept(m, id)
    give(m, e)
    team.fix(m)
    give(m, founder)
    take(team, m)
    e.exchange.take_members(founder.exchange.members(0))
    assert e.get(id).state == "accepted"
    give(founder, e)
    assert e.get(id).state == "accepted" and not listed(e)
