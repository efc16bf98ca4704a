"""Named histories at the hub: the one that a revocation names takes the place of the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.organisation import administration
from tests.support.replicas import Team, differences, give
from tests.support.twins import parted
from tests.sync.hub.running import Running, meet
from tests.sync.hub.test_round import colleague


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path / "team")
    yield found
    found.close()


def test_the_hub_changes_over_to_the_named_history(
    team: Team, running: Running, tmp_path: Path
) -> None:
    """The twin's history came first; the administrator, who has the other one, revokes the id."""
    a, space = team.founder, f"p:{team.project}"
    running.found(a)
    for name in ("乙", "丙"):
        colleague(team, running, name)
    for one in team.all * 2:
        meet(one)
    b, twin, _ = parted(team, tmp_path)
    c, old = team.all[2], b.device
    give(b, a)  # on a stick
    meet(twin)
    meet(c)
    assert c.exchange.vector(space)[old] == 3
    named = running.house.named
    assert named.awaited(running.house.membership.now(), [space]) == {}
    administration.revoke(a.workspace, old)
    assert named.awaited(running.house.membership.now(), [space]) == {space: [old]}
    for one in (a, c, a, c):
        meet(one)
    assert named.awaited(running.house.membership.now(), [space]) == {}
    hash = running.house.segments.hash_at(space, old, 3)
    assert hash is not None and hash == a.exchange.heads(space)[old].hash
    assert a.exchange.heads(space)[old] == c.exchange.heads(space)[old]
    assert differences(a, c) == [] and a.digest() == c.digest()
    new = colleague(team, running, "丁")
    meet(new)
    assert differences(a, new) == []
    twin.workspace.close()
