"""Case 26 over every carrier: killed at any moment, nothing acknowledged is lost or torn."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sync import workspace
from tests.sync.carriers.test_every_way import hand, rows, same, sound
from tests.sync.carriers.ways import WAYS
from tests.sync.replicas import Replica, Team, replica

ROOT = Path(__file__).parents[3]
USUAL, LONG = 16, 150


def _life(home: Path, way: str, place: Path, seed: int) -> set[str]:
    """One process until its violent end; the records that it acknowledged."""
    rng = random.Random(seed)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sync.carriers.lives", str(home), way, str(place), str(seed)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout and process.stderr
    said, acknowledged = rng.randrange(1, 14), set[str]()
    for number, line in enumerate(process.stdout):
        text = line.decode().strip()
        if len(text) == 36:
            acknowledged.add(text)
        if number == said:
            threading.Timer(rng.random() * 0.06, os.kill, (process.pid, signal.SIGKILL)).start()
    assert process.wait(60) == -signal.SIGKILL, process.stderr.read().decode()
    process.stdout.close()
    process.stderr.close()
    return acknowledged


def _again(team: Team, place: int) -> Replica:
    """The book of a killed process, opened as if nothing was."""
    team.all[place] = found = replica(workspace.open_book(team.all[place].home))
    return found


def _lives(tmp_path: Path, name: str, count: int) -> None:
    team = Team(tmp_path / "team", "乙")
    between = tmp_path / "between"
    between.mkdir()
    way = WAYS[name](between)
    hand(way, *team.all)
    acknowledged = [set[str](), set[str]()]
    for number in range(count):
        place = number % 2
        team.all[place].workspace.close()
        acknowledged[place] |= _life(team.all[place].home, name, between, number)
        one = _again(team, place)
        assert sound(one), number
        assert all(one.book.find(id) is not None for id in acknowledged[place])
    for giver, taker in ((0, 1), (1, 0), (0, 1)):
        hand(WAYS[name](between), team.all[giver], team.all[taker])
    assert same(*team.all) and len({rows(one) for one in team.all}) == 1
    for one in team.all:
        assert all(one.book.find(id) is not None for id in set.union(*acknowledged))
        assert sound(one)
    team.close()


@pytest.mark.parametrize("name", list(WAYS))
def test_case_26_killed_in_rounds(tmp_path: Path, name: str) -> None:
    _lives(tmp_path, name, USUAL)


@pytest.mark.long
@pytest.mark.parametrize("name", list(WAYS))
def test_case_26_killed_in_many_rounds(tmp_path: Path, name: str) -> None:
    _lives(tmp_path, name, LONG)
