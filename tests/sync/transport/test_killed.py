"""Case 26 over every carrier: killed at any moment, nothing acknowledged is lost or torn."""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import pytest

from sync.hub.hub import Hub
from sync.workspace import workspace
from sync.workspace.hub_address import Address
from tests.support.forked_processes import Nursery
from tests.support.replicas import Replica, Team, replica
from tests.sync.hub.way import stop
from tests.sync.transport.test_every_way import hand, rows, same, sound
from tests.sync.transport.ways import WAYS

USUAL, LONG = 10, 100
LIVES = "tests.sync.transport.lives"


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Where the devices' processes come from."""
    with Nursery(LIVES) as found:
        yield found


def _life(nursery: Nursery, home: Path, way: str, place: Path, seed: int) -> set[str]:
    """One process until its violent end; the records that it acknowledged."""
    rng, acknowledged = random.Random(seed), set[str]()
    nursery.begin(f"{LIVES}:live", f"{home}", way, f"{place}", seed)
    for line in nursery.doomed(rng.randrange(1, 11), rng.random() * 0.06):
        if len(line) == 36:
            acknowledged.add(line)
    assert nursery.status == -SIGKILL, nursery.said
    return acknowledged


def _again(team: Team, place: int) -> Replica:
    """The book of a killed process, opened as if nothing was."""
    team.all[place] = found = replica(workspace.open_book(team.all[place].home))
    return found


def _lives(nursery: Nursery, tmp_path: Path, name: str, count: int) -> None:
    team = Team.copied(tmp_path / "team", "乙")
    between = tmp_path / "between"
    between.mkdir()
    way = WAYS[name](between)
    hand(way, *team.all)
    acknowledged = [set[str](), set[str]()]
    for number in range(count):
        place = number % 2
        team.all[place].workspace.close()
        acknowledged[place] |= _life(nursery, team.all[place].home, name, between, number)
        one = _again(team, place)
        assert sound(one), number
        assert all(one.book.find(id) is not None for id in acknowledged[place])
    for giver, taker in ((0, 1), (1, 0), (0, 1)):
        hand(WAYS[name](between), team.all[giver], team.all[taker])
    _settled(team, set.union(*acknowledged))


def _settled(team: Team, acknowledged: set[str]) -> None:
    assert same(*team.all) and len({rows(one) for one in team.all}) == 1
    for one in team.all:
        assert all(one.book.find(id) is not None for id in acknowledged)
        assert sound(one)
    team.close()


@pytest.mark.parametrize("name", list(WAYS))
def test_case_26_killed_in_rounds(nursery: Nursery, tmp_path: Path, name: str) -> None:
    _lives(nursery, tmp_path, name, USUAL)


@pytest.mark.long
@pytest.mark.parametrize("name", list(WAYS))
def test_case_26_killed_in_many_rounds(nursery: Nursery, tmp_path: Path, name: str) -> None:
    _lives(nursery, tmp_path, name, LONG)


class _Mortal:
    """A hub in a process of its own that is killed and begins again on the same socket."""

    def __init__(self, between: Path, port: socket.socket) -> None:
        """`between` is the folder of a hub that was founded already; it moves to this socket."""
        stop(between)
        self.home, self.fd = between / "hub", port.fileno()
        note = between / "address.json"
        known = Address(*json.loads(note.read_text(encoding="utf-8")))
        known = known._replace(url=f"https://127.0.0.1:{port.getsockname()[1]}")
        note.write_text(json.dumps(known), encoding="utf-8")
        self.nursery = Nursery("sync.hub.serving.server", "uvicorn", LIVES, hand_down=(self.fd,))

    def __enter__(self) -> _Mortal:
        self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        self.nursery.__exit__(None, None, None)

    def _begin(self) -> None:
        self.nursery.begin(f"{LIVES}:serve", f"{self.home}", self.fd)
        assert next(self.nursery.lines()) == "READY", self.nursery.said

    def again(self, seconds: float) -> None:
        """Killed in a while, and begun again from what is on its disk."""
        for _ in self.nursery.doomed(-1, seconds):
            pass
        assert self.nursery.status == -SIGKILL, self.nursery.said
        self._begin()

    def house(self) -> Hub:
        """What is on its disk."""
        return Hub(self.home, f"sqlite:///{self.home}/hub.sqlite3")


def _kill_both(nursery: Nursery, tmp_path: Path, count: int) -> None:
    """Devices in turn at a hub; whichever of the two it is, it is killed at any moment."""
    team, rng, between = Team.copied(tmp_path / "team", "乙"), random.Random(26), tmp_path / "way"
    between.mkdir()
    hand(WAYS["hub"](between), *team.all)
    with socket.create_server(("127.0.0.1", 0)) as port, _Mortal(between, port) as hub:
        acknowledged, held, kills = set[str](), [0, 0], 0
        house = hub.house()
        epoch = house.epoch
        while kills < count:
            place = kills % 2
            team.all[place].workspace.close()
            home, ends = team.all[place].home, rng.randrange(6, 20)
            deaths = set(rng.sample(range(2, 18), 2))
            nursery.begin(f"{LIVES}:live", f"{home}", "hub", f"{between}", kills)
            for number, line in enumerate(nursery.doomed(ends, rng.random() * 0.06)):
                if len(line) == 36:
                    acknowledged.add(line)
                elif line.startswith("HELD "):
                    held[place] = max(held[place], int(line[5:]))
                if number in deaths:
                    hub.again(rng.random() * 0.03)
                    kills += 1
            assert nursery.status == -SIGKILL, nursery.said
            kills += 1
            assert sound(_again(team, place)), kills
        tips = house.segments.tips(f"p:{team.project}", 0)
        assert house.epoch == epoch, "it lost something that it had given a receipt for"
        assert all(tips[one.device] >= seq > 0 for one, seq in zip(team.all, held, strict=True))
        for one in (*team.all, *team.all):
            assert WAYS["hub"](between).out(one).done
        assert house.segments.tips(f"p:{team.project}", 0) == team.founder.exchange.vector(
            f"p:{team.project}"
        )
        house.base.close()
    _settled(team, acknowledged)


def test_case_26_device_and_hub_killed(nursery: Nursery, tmp_path: Path) -> None:
    _kill_both(nursery, tmp_path, USUAL)


@pytest.mark.long
def test_case_26_device_and_hub_killed_300_times(nursery: Nursery, tmp_path: Path) -> None:
    _kill_both(nursery, tmp_path, 300)
