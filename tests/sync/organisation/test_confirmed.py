"""What two administrators sign: asked for on one device, confirmed on another, done on all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.log import membership_store
from sync.organisation import administration
from sync.organisation.administration import HUB_KEEPS
from sync.trust.steering.pair_rules import ONESELF
from sync.workspace import hub_address
from tests.support.replicas import Team
from tests.sync.transport.ways import WAYS, Way, carried


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_on_every_device_alike(way: Callable[[Path], Way], tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "乙", "丙", met=True)
    founder, second, third = team.all
    stick = tmp_path / "stick"
    stick.mkdir()
    between = way(stick)
    carried(between, founder, second, third)
    for one in (second, third):
        administration.set_administrator(founder.workspace, team.person(one), grant=True)
    administration.set_pair(founder.workspace, on=True)
    carried(between, founder, second, third)
    before = team.fix(third)
    carried(between, founder, second, third)
    administration.revoke(founder.workspace, third.device)
    (request,) = membership_store.steering(founder.workspace.store.db).requests
    assert "heads" not in request.body  # positions are no words for people
    late = team.fix(third)
    carried(between, founder, third, second)  # the one it is about still works, and sees it
    assert membership_store.steering(third.workspace.store.db).requests == (request,)
    assert second.book.find(late) is not None
    for asker in (founder, third):
        with pytest.raises(Refused) as caught:
            administration.confirm(asker.workspace, request.n)
        assert caught.value.word is ONESELF
    administration.confirm(second.workspace, request.n)
    carried(between, second, founder)
    for other in (founder, second):
        log = membership_store.load(other.workspace.store.db)
        assert log.devices[third.device].revoked == log.version
        assert membership_store.steering(other.workspace.store.db).requests == ()
        assert {it.record for it in other.exchange.quarantined()} == {late}  # after the position
        assert other.book.find(before) is not None
    assert founder.digest() == second.digest()
    team.close()


def test_a_device_that_did_not_join_the_hub_changes_nothing(tmp_path: Path) -> None:
    """It has no way to have its entries numbered, and keeps none that others would refuse."""
    team = Team.copied(tmp_path, "乙", met=True)
    stick = tmp_path / "stick"
    stick.mkdir()
    carried(WAYS["hub"](stick), team.founder, team.all[1])
    (team.founder.home / hub_address.FILE).unlink()
    before = membership_store.count(team.founder.workspace.store.db)
    with pytest.raises(Refused) as caught:
        administration.add_person(team.founder.workspace, "丙", "")
    assert caught.value.word is HUB_KEEPS
    assert membership_store.count(team.founder.workspace.store.db) == before
    team.close()
