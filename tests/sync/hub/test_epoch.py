"""Epoch: a hub put back to an older state, wiped, replaced or shown two histories of one device."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import NamedTuple

import pytest

from models.text.words import Refused
from sync.apply.reevaluation.incarnation import COPIED
from sync.hub.hub import Hub
from sync.log.histories import forks
from sync.organisation import hub_enrolment
from sync.workspace import acknowledgements, hub_address, workspace
from tests.support.replicas import Replica, Team, differences, replica
from tests.sync.hub.running import Running, meet
from tests.sync.hub.test_round import colleague


class Three(NamedTuple):
    """A founder and two engineers, in sync at a hub that does not run now."""

    team: Team
    home: Path
    port: int

    def hub(self) -> Running:
        """Run it, where it was."""
        return Running(self.home, port=self.port)

    def copy(self, running: Running, target: Path) -> None:
        """Its database, as a backup has it."""
        running.house.base.db.execute_sql("VACUUM INTO ?", (str(target),))

    def put_back(self, backup: Path) -> None:
        """The backup takes the database's place."""
        for path in self.home.glob("hub.sqlite3*"):
            path.unlink()
        shutil.copy(backup, self.home / "hub.sqlite3")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Team, int]:
    """Their folders, closed; each test has copies of its own."""
    folder = tmp_path_factory.mktemp("three")
    team = Team(folder / "team")
    with Running(folder / "hub") as running:
        running.found(team.founder)
        for name in ("乙", "丙"):
            colleague(team, running, name)
        for one in team.all:
            team.fix(one)
            meet(one)
        for one in team.all:
            meet(one)
        port = running.port
    team.close()
    return folder, team, port


@pytest.fixture
def three(origin: tuple[Path, Team, int], tmp_path: Path) -> Iterator[Three]:
    """A copy of all that."""
    folder, was, port = origin
    shutil.copytree(folder, tmp_path / "all")
    team = copy(was)
    team.folder = tmp_path / "all" / "team"
    names = [one.home.name for one in was.all]
    team.all = [replica(workspace.open_book(team.folder / name)) for name in names]
    team.founder = team.all[0]
    yield Three(team, tmp_path / "all" / "hub", port)
    team.close()


def test_case_37_a_hub_restored_from_yesterday(three: Three, tmp_path: Path) -> None:
    """What it lost comes back from the next devices, also what another device wrote."""
    team = three.team
    a, b, c = team.all
    with three.hub() as running:
        three.copy(running, tmp_path / "yesterday")
        lost = [team.fix(c, place="c"), team.fix(b, place="b")]
        for one in (c, b, a):
            assert meet(one).done
        epoch = running.house.epoch
    three.put_back(tmp_path / "yesterday")
    with three.hub() as running:
        mine = team.fix(a)
        assert running.house.epoch == epoch
        told = meet(a)  # shows its receipt: the hub has forgotten what it signed for
        assert told.done and running.house.epoch != epoch
        held = running.house.segments.tips(f"p:{team.project}", 0)
        assert held[c.device] == c.exchange.vector(f"p:{team.project}")[c.device]
        fresh = colleague(team, running, "丁")
        meet(fresh)
        assert [fresh.get(id).id for id in (*lost, mine)] == [*lost, mine]
        for one in (b, c, a):
            assert meet(one).done
        assert not differences(a, b) and not differences(a, c)
        assert acknowledgements.unconfirmed(c.workspace) == 0


def test_a_restored_hub_that_went_on_is_noticed_too(three: Three, tmp_path: Path) -> None:
    """Others wrote to it since, so that it has as many segments as before, but other ones."""
    team = three.team
    a, b, c = team.all
    with three.hub() as running:
        three.copy(running, tmp_path / "yesterday")
        lost = team.fix(c)
        meet(c), meet(a)
        epoch = running.house.epoch
    three.put_back(tmp_path / "yesterday")
    with three.hub() as running:
        team.fix(b)
        meet(b)
        assert running.house.epoch == epoch  # b had not seen what was lost
        assert meet(a).done
        assert running.house.epoch != epoch
        for one in (b, c, a, b):
            assert meet(one).done
        assert b.get(lost).id == lost
        assert not differences(a, b) and not differences(a, c)


def test_told_that_it_was_restored(three: Three, tmp_path: Path) -> None:
    """`hub serve --restored`: no receipt is needed to find it out."""
    team = three.team
    with three.hub() as running:
        before = running.house.epoch
        assert running.house.renew_epoch(before) != before
        assert all(meet(one).done for one in team.all)
        assert running.house.renew_epoch(before) == running.house.epoch  # once


def test_case_38_a_wiped_hub_is_filled_again(three: Three) -> None:
    """Its key and its members' log are its identity; everything else comes from the devices."""
    team = three.team
    a, b, _ = team.all
    house = Hub(three.home, f"sqlite:///{three.home}/hub.sqlite3")
    t = house.base.t
    tables = (t.Segment, t.Tip, t.Space, t.Birth, t.Reader, t.Kept, t.Piece)
    house.base.write(lambda: [table.delete().execute() for table in tables])
    house.base.close()
    before = [len(one.exchange.vector(f"p:{team.project}")) for one in team.all]
    with three.hub() as running:
        for one in team.all:
            assert meet(one).done
        assert [len(one.exchange.vector(f"p:{team.project}")) for one in team.all] == before
        fresh = colleague(team, running, "丁")
        meet(fresh)
        assert not differences(a, b)
        assert fresh.exchange.vector(f"p:{team.project}") == a.exchange.vector(f"p:{team.project}")


def test_case_38_another_hub_in_its_place(three: Three, tmp_path: Path) -> None:
    """Nothing is given to it until the devices joined it; then everything arrives."""
    team = three.team
    a, b, _ = team.all
    old = hub_address.load(b.home)
    assert old is not None
    with Running(tmp_path / "other") as other, three.hub():
        hub_address.save(b.home, old._replace(url=other.url))
        records = len(list(b.workspace.store.rows("SELECT id FROM fix")))
        with pytest.raises(Refused, match="不是本机加入的同步服务器"):
            meet(b)
        assert not other.house.membership.now().entries
        assert len(list(b.workspace.store.rows("SELECT id FROM fix"))) == records
        with pytest.raises(Refused, match="一个组织只有一个同步服务器"):
            hub_enrolment.found(a.workspace, other.code(founding=True))


def test_case_36_a_fork_is_told_to_both_sides(three: Three, tmp_path: Path) -> None:
    """Key, mark and database copied: the twin's second history is kept apart and said."""
    team = three.team
    a, b, c = team.all
    b.workspace.close()
    shutil.copytree(b.home, tmp_path / "twin")
    opened = replica(workspace.open_book(b.home))
    b.workspace, b.exchange = opened.workspace, opened.exchange
    twin = replica(workspace.open_book(tmp_path / "twin"))
    with three.hub() as running:
        mine = team.fix(b, place="one")
        assert meet(b).done
        other = team.fix(twin, place="two")
        told = meet(twin)
        assert not told.done
        (why,) = [why for why in told.refused if why.word == COPIED]
        assert "第 2 条" in str(why) and "2 条改动" in str(why), str(why)
        assert twin.device != b.device and twin.get(other).values()["place"] == "two"
        assert running.house.base.t.Fork.select().count() == 1
        assert ("fix", other) not in told.confirmed
        assert twin.get(other).synced is None and acknowledgements.unconfirmed(twin.workspace)
        assert meet(c).done and c.get(mine).id == mine  # nobody else is held up
        (why,) = meet(a).refused  # an administrator hears of it, once
        assert "乙 的电脑 C 从第 2 条改动起有两种历史" in str(why)
        assert _reported(a) and meet(a).done
        old = b.device
        assert COPIED in {why.word for why in meet(b).refused}  # and the device of that name
        assert b.device not in (old, twin.device) and b.get(mine).values()["place"] == "one"
        for one in (b, twin):
            team.fix(one)
            with pytest.raises(Refused, match="等管理员接入"):
                meet(one)
        assert meet(a).done and not twin.get(other).synced
    twin.workspace.close()


def _reported(one: Replica) -> bool:
    return bool(forks.listed(one.workspace.store.db.connection()))
