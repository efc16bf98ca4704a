"""A hub among strangers: whoever has no key takes neither its places nor its memory.

The hub is a process of its own, and so are the strangers; a member's device writes and syncs.
`pytest -m long` holds 300 of them for longer, and prints what it measures.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from sync.hub import certificates, config
from sync.organisation import hub_enrolment
from sync.transport.http import invite_code
from tests.support.replicas import Team
from tests.support.strangers import crowd
from tests.sync.hub.running import meet
from tests.tui.cli.conftest import command

MEMORY = 200
"""MiB that a hub may take."""
SLOWER = 3.0
"""How many times as long a round may take."""
ROOT = Path(__file__).parents[3]


class HubProcess(NamedTuple):
    """One `hub serve`."""

    home: Path
    port: int
    pid: int

    @property
    def memory(self) -> float:
        """The most that it ever took, in MiB."""
        text = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        (line,) = [one for one in text.splitlines() if one.startswith("VmHWM")]
        return int(line.split()[1]) / 1024

    @property
    def processor(self) -> float:
        """Seconds of processor time that it took."""
        spent = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        return sum(map(int, spent.split()[11:13])) / os.sysconf("SC_CLK_TCK")

    @property
    def descriptors(self) -> int:
        """How many files and connections it has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    @property
    def authority(self) -> Path:
        """Its authority's certificate."""
        return self.home / certificates.AUTHORITY


@contextmanager
def serving(home: Path, descriptors: int = 0) -> Iterator[HubProcess]:
    """A new hub; `descriptors`: as many files and connections as it may have open."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    config.begin(home, None, [], port)
    limit = ["sh", "-c", f'ulimit -n {descriptors} && exec "$@"', "sh"] if descriptors else []
    words = [*limit, *command("--home", home, "hub", "serve")]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"}
    with subprocess.Popen(words, env=env, cwd="/", text=True, stdout=subprocess.PIPE) as one:
        try:
            assert one.stdout is not None and "https" in one.stdout.readline()
            yield HubProcess(home, port, one.pid)
        finally:
            one.terminate()


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder alone."""
    found = Team(tmp_path / "team")
    yield found
    found.close()


def joined(hub: HubProcess, team: Team) -> Callable[[], float]:
    """The founder's organisation is the hub's; returns a round with news, in seconds."""
    house = config.opened(hub.home)
    code = config.founding(house, config.load(hub.home))
    house.close()
    assert code is not None
    hub_enrolment.found(team.founder.workspace, invite_code.read(code))
    team.founder.exchange.trust._membership = None

    def round() -> float:
        team.fix(team.founder)
        begun = time.monotonic()
        assert meet(team.founder).done
        return time.monotonic() - begun

    return round


def held(
    tmp_path: Path,
    team: Team,
    count: int,
    rounds: int,
    network: int,
    descriptors: int = 0,
    *,
    least: float = 1.0,
) -> None:
    """So many strangers are connected, and a device syncs nearly as fast as without them.

    Without them is: while they are connected to another hub, for they take the same processor.
    `least`: seconds that are never too many, on a computer that has other work.
    """
    with serving(tmp_path / "hub", descriptors) as hub, serving(tmp_path / "other") as other:
        round = joined(hub, team)
        round()
        alone = median(round() for _ in range(rounds))
        with crowd(other.port, other.authority, count, 300, network):
            elsewhere = median(round() for _ in range(rounds))
        with crowd(hub.port, hub.authority, count, 300, network):
            begun, spent = time.monotonic(), hub.processor
            among = [round() for _ in range(rounds)]
            share = (hub.processor - spent) / (time.monotonic() - begun)
            seconds, opened = median(among), hub.descriptors
        print(
            f"\n{count} strangers, {network or 1} address(es): a round {alone * 1e3:.0f} ms alone,"
            f" {elsewhere * 1e3:.0f} ms with them elsewhere, {seconds * 1e3:.0f} ms among them"
            f" (longest {max(among) * 1e3:.0f} ms); the hub: {hub.memory:.0f} MiB, {share:.2f} of a"
            f" core, {opened} descriptors; load {os.getloadavg()[0]:.0f}"
        )
        assert seconds <= max(SLOWER * max(alone, elsewhere), least)
        assert hub.memory <= MEMORY
        if descriptors:
            assert opened < descriptors


@pytest.mark.parametrize("network", [40, 0], ids=["others", "own address"])
def test_a_device_syncs_among_strangers(tmp_path: Path, team: Team, network: int) -> None:
    held(tmp_path, team, 90, 5, network)


def test_a_hub_with_few_descriptors_goes_on(tmp_path: Path, team: Team) -> None:
    held(tmp_path, team, 220, 5, 40, descriptors=200)


@pytest.mark.long
@pytest.mark.parametrize("network", [200, 0], ids=["others", "own address"])
def test_300_strangers_for_half_a_minute(tmp_path: Path, team: Team, network: int) -> None:
    held(tmp_path, team, 300, 60, network, least=0.3)


@pytest.mark.long
@pytest.mark.parametrize("network", [200, 0], ids=["others", "own address"])
def test_300_strangers_and_few_descriptors(tmp_path: Path, team: Team, network: int) -> None:
    held(tmp_path, team, 300, 60, network, 200, least=0.3)
