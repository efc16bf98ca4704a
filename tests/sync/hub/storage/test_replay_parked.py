"""What a newer version wrote is parked at the hub as in a book, and judged again after the update.

Sync cases 45 and 46.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from models.schema.roles import PROJECT_MANAGER
from sync.hub.figures import figures
from sync.hub.hub import Hub
from sync.hub.maintenance import Upkeep
from sync.hub.storage import pruning, replay_parked
from sync.hub.storage.authorization import Authorization
from sync.hub.storage.segment_check import prove
from sync.trust import device_key
from sync.validation import reasons
from tests.support.gadgets import NAME, declare, forget
from tests.support.levels import GRAVE, levels
from tests.support.replicas import Replica, Team
from tests.sync.log.test_parked import gadget, update
from tests.sync.log.test_quarantine import forge
from tests.sync.validation.rules.test_decision_rules import lenient


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Two books made by the old version of the program."""
    declare(new=False)
    made = Team.copied(tmp_path / "team", "b", met=True)
    yield made
    made.close()
    forget()


@pytest.fixture
def house(team: Team, tmp_path: Path, url: str) -> Iterator[Hub]:
    """Their hub, which has the log of members."""
    home = tmp_path / "hub"
    home.mkdir()
    device_key.make(home)
    made = Hub(home, url)
    made.create()
    entries = team.founder.exchange.members(0)
    made.base.write(lambda: made.membership.grow(lambda log: log.extend(entries)))
    yield made
    made.base.close()


def bring(house: Hub, one: Replica, space: str) -> None:
    """All that a book has."""
    log = house.membership.now()
    some = [prove(blob, space, log) for blob in one.exchange.offer(space, {})]
    house.base.write(lambda: house.segments.put(space, some, Authorization(house.base, log)))


def counted(house: Hub) -> tuple[int, int]:
    """Figures: what is parked, and what is quarantined."""
    told = figures(house)
    return told["parked"], told["quarantined"]


def newer(team: Team, one: Replica) -> None:
    """A move that the old version does not know, and an edit over it."""
    id = gadget(one, team, name="n")
    update(one)
    one.book.move(id, "drop")
    over = one.book.writer.base_of(["state", "name"], one.get(id).dots)
    forge(one, f"p:{team.project}", id, type=NAME, fields={"name": "m"}, base=over)
    update(new=False)


def test_45_what_is_newer_is_parked_and_counts_after_the_update(team: Team, house: Hub) -> None:
    a, space = team.founder, f"p:{team.project}"
    newer(team, a)
    bring(house, a, space)
    assert counted(house) == (2, 0)
    replay_parked.replay(house)
    assert counted(house) == (2, 0)
    declare(new=True)
    with Upkeep(house):
        pass  # the first thing it does
    assert counted(house) == (0, 0)


def test_45_what_a_newer_version_refuses_is_quarantined_after_the_update(
    team: Team, house: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bare state, and what was built on it; segment by segment, and after a cut."""
    a, space = team.founder, f"p:{team.project}"
    id = gadget(a, team, name="n")
    a.exchange.seal_now(space)
    over = a.book.writer.base_of(["state", "name"], a.get(id).dots)
    forge(a, space, id, type=NAME, fields={"state": "gone"}, base={"state": over["state"]})
    a.exchange.seal_now(space)
    bad = {"state": [(a.device, a.exchange.vector(space)[a.device])], "name": over["name"]}
    forge(a, space, id, type=NAME, fields={"name": "m"}, base=bad)
    bring(house, a, space)
    assert counted(house) == (2, 0)
    declare(new=True)
    monkeypatch.setattr(replay_parked, "PAGE", 1)
    (todo,) = house.base.write(lambda: replay_parked._todo(house))
    assert todo == space and replay_parked._portion(house, space)
    assert counted(house) == (1, 1)
    replay_parked.replay(house)
    assert counted(house) == (0, 1)
    table = house.base.t.Quarantined
    assert [one.reason for one in table.select()] == [reasons.BARE_STATE.en]


def test_a_decision_that_waits_for_its_table_counts_at_the_next_look(tmp_path: Path) -> None:
    with levels():
        team = Team(tmp_path / "team", "lead", roles=(PROJECT_MANAGER,))
        team.meet()
        one = team.all[1]
        lenient(one)
        record = one.book.add("sample", GRAVE, project=team.project)
        one.book.move(record.id, "level")
        home = tmp_path / "hub"
        home.mkdir()
        device_key.make(home)
        house = Hub(home, f"sqlite:///{tmp_path / 'hub.sqlite3'}")
        house.create()
        entries = team.founder.exchange.members(0)
        house.base.write(lambda: house.membership.grow(lambda log: log.extend(entries)))
        bring(house, one, f"p:{team.project}")
        assert counted(house) == (1, 0)
        replay_parked.replay(house)
        assert counted(house) == (1, 0)
        bring(house, one, "company")
        replay_parked.replay(house)
        assert counted(house) == (0, 0)
        house.base.close()
        team.close()


def test_46_what_is_parked_stays_when_its_segment_is_made_thinner(team: Team, house: Hub) -> None:
    a, space = team.founder, f"p:{team.project}"
    newer(team, a)
    fix = team.fix(a)
    for number in range(40):
        a.book.edit(fix, {"phenomenon": Random(number).randbytes(500).hex()})
    bring(house, a, space)
    assert pruning.compact(house, space, seen=-1, old=-1)
    assert counted(house) == (2, 0)
    declare(new=True)
    replay_parked.replay(house)
    assert counted(house) == (0, 0)
