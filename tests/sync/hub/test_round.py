"""Rounds with a hub over real HTTP and TLS."""

from __future__ import annotations

from models.schema.roles import ENGINEER
from sync.organisation import admission
from sync.workspace import workspace
from tests.support.replicas import Replica, Team, differences, replica
from tests.sync.hub.running import Running, meet


def colleague(team: Team, running: Running, name: str) -> Replica:
    """Somebody who joined with a code and has an empty book."""
    home = team.folder / name
    running.founder = running.founder or team.founder
    reply = running.come(home, name, roles=[(ENGINEER, team.project)])
    found = replica(admission.accept(home, reply, "zh"))
    team.all.append(found)
    return found


def test_records_pass_both_ways(team: Team, running: Running) -> None:
    founder = team.founder
    running.found(founder)
    second = colleague(team, running, "乙")
    theirs = team.fix(founder)
    told = meet(founder)
    assert told.done and told.given > 0 and told.unconfirmed == 0
    assert [one for _, one in told.confirmed].count(theirs) == 1
    told = meet(second)
    assert told.done and told.taken.outcome.applied > 0
    mine = team.fix(second)
    second.book.edit(theirs, {"place": "别处"})
    assert meet(second).done
    assert meet(founder).done
    assert founder.get(mine).values() == second.get(mine).values()
    assert not differences(founder, second)
    assert meet(founder).given == 0
    founder.reopen()
    assert workspace.exists(founder.home)
    told = meet(founder)
    assert told.given == 0 and told.taken.outcome.applied == 0
