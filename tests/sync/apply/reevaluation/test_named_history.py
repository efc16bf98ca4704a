"""Named history: whoever holds another one sets it aside and takes the one that is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.apply.reevaluation import named_history
from sync.apply.reevaluation.adoption import adopt
from sync.log import quarantine
from sync.log.histories import common_part, forks
from sync.organisation import administration
from tests.support.replicas import Replica, Team, differences, give
from tests.support.twins import parted, places, show


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, one who will have a twin, and a colleague."""
    found = Team.copied(tmp_path / "team", "乙", "丙", met=True)
    yield found
    found.close()


@pytest.mark.parametrize("first", ["device", "twin"])
def test_every_replica_takes_the_history_that_is_named(
    team: Team, tmp_path: Path, first: str
) -> None:
    a, b, c = team.all
    one, twin, common = parted(team, tmp_path)
    named, other = (one, twin) if first == "device" else (twin, one)
    mine, theirs = _fixes(named), _fixes(other)
    give(named, a)
    give(other, c)
    show(other, a)
    own = team.fix(c, place="c's own")
    show(a, c)
    db = c.workspace.store.db.connection()
    assert common_part.common(db, f"p:{team.project}", b.device) == 1
    administration.revoke(a.workspace, b.device)
    for _ in range(2):
        give(a, c)
        give(c, a)
    assert differences(a, c) == [] and a.digest() == c.digest()
    (new,), (lost,) = set(mine) - set(theirs), set(theirs) - set(mine)
    assert places(c, common, new, lost, own) == ["both", places(named, new)[0], None, "c's own"]
    assert c.get(common).values()["cause"] == named.get(common).values()["cause"]
    aside = quarantine.listed(db)
    assert [(one.seq, one.record) for one in aside] == [(2, lost), (3, common)]  # it is shown
    assert all(one.hash and one.adopted is None for one in aside) and forks.standing(db) == []
    members = c.exchange.trust.membership
    assert named_history.elsewhere(db, members, f"p:{team.project}") == []
    assert give(a, c).outcome.applied == 0  # nothing is asked for again and again
    for it in aside:
        adopt(a.workspace, it.space, it.device, it.seq, None, it.hash)
    give(a, c)
    assert places(c, lost) == places(other, lost) and differences(a, c) == []
    assert c.get(common).values()["cause"] == other.get(common).values()["cause"]
    assert {it.adopted is None for it in quarantine.listed(db)} == {False}
    twin.workspace.close()


def test_nothing_waits_for_what_may_never_come(team: Team, tmp_path: Path) -> None:
    """A colleague built on the other history: what stands of that is the same everywhere."""
    a, b, c = team.all
    _, twin, common = parted(team, tmp_path)
    give(b, a)
    give(twin, c)
    c.book.edit(common, {"cause": "c knows better"})
    c.book.edit(_fixes(twin)[-1], {"place": "c's place"})
    administration.revoke(a.workspace, b.device)
    for _ in range(2):
        give(a, c)
        give(c, a)
    assert a.exchange.waiting() == [] == c.exchange.waiting()
    assert differences(a, c) == [] and a.digest() == c.digest()
    twin.workspace.close()


def test_work_after_the_named_position_stays_in_quarantine(team: Team) -> None:
    a, b, c = team.all
    team.fix(b)
    give(b, a)
    late = team.fix(b, place="late")
    give(b, c)
    administration.revoke(a.workspace, b.device)
    give(a, c)
    give(c, a)
    for one in (a, c):
        assert one.book.find(late) is None
        db = one.workspace.store.db.connection()
        assert [it.record for it in quarantine.listed(db)] == [late]
    assert a.digest() == c.digest()


def _fixes(one: Replica) -> list[str]:
    return [str(id) for (id,) in one.workspace.store.rows("SELECT id FROM fix ORDER BY id")]
