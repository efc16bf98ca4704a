"""Load: 200 devices against one hub at once, and how the cost grows with devices and changes.

Devices are simulated: their segments are sealed beforehand and their requests go over raw TLS
connections, a new one for each round, with the same calls that the program's own rounds make. The
hub is the real one, as processes of its own. Nothing may be lost: all that was given is fetched
again and counted. The growth series fills the database directly with copies of real segments and
then measures real rounds.

`python -m tests.bench load`, or `python -m tests.bench.load [many growth]`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing.pool import AsyncResult
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from sync.encoding.segment import decode
from sync.hub import certificates, config
from sync.hub.hub import Hub
from sync.trust import device_key
from tests.bench import clients
from tests.bench.clients import Client, Tally
from tests.sync.hub.devices import Asker, Device, Organisation
from tests.sync.hub.postgres import server as postgres
from tests.tui.cli.conftest import command

DEVICES, ROUNDS, CHANGES, CREW = 200, 20, 50, 10
"""Devices, rounds of each, changes in a round, devices on one project."""
GROWTH = ((10, 10_000), (100, 100_000), (1_000, 1_000_000), (10_000, 10_000_000))
"""Devices, and changes that the hub holds."""
SAMPLE = 10
"""Devices whose rounds are measured in the growth series."""
SECONDS = 480.0


def run(args: argparse.Namespace | None = None) -> None:
    """Print every figure."""
    for name in getattr(args, "loads", None) or list(PARTS):
        PARTS[name]()


class HubProcesses(NamedTuple):
    """Hub processes on one database."""

    house: Hub
    ports: list[int]
    pids: list[int]


@contextmanager
def serving(
    home: Path, url: str | None, processes: int, crew: Organisation
) -> Iterator[HubProcesses]:
    """Real processes, as `hub serve` starts them."""
    house = config.opened(home)
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LANG": "en_US.UTF-8"}
    with ExitStack() as stack:
        ports, pids = [], []
        for _ in range(processes):
            with socket.create_server(("127.0.0.1", 0)) as free:
                ports.append(int(free.getsockname()[1]))
            words = command("--home", home, "hub", "serve", "--port", ports[-1])
            one = stack.enter_context(
                subprocess.Popen(words, env=env, cwd="/", text=True, stdout=subprocess.PIPE)
            )
            stack.callback(one.terminate)
            pids.append(one.pid)
            assert one.stdout is not None and "https" in one.stdout.readline()
        yield HubProcesses(house, ports, pids)
    house.close()


def begun(home: Path, url: str | None, devices: int, crew: int = CREW) -> Organisation:
    """A new hub in a folder, and an organisation with so many devices on each project."""
    config.begin(home, url, [], 8443)
    places = [f"project-{n}" for n in range(max(1, devices // crew))]
    found = Organisation(device_key.load(home), devices, places)
    house = config.opened(home)
    entries = found.log.entries
    house.base.write(lambda: house.membership.grow(lambda log: log.extend(entries)))
    house.close()
    return found


# -- many devices at once --------------------------------------------------------------------------


def many() -> None:
    """Everybody at once, on SQLite, and on PostgreSQL with two hub processes."""
    _many("SQLite, 1 process", None, 1)
    with postgres(durable=True) as fresh:
        _many("PostgreSQL, 2 processes", fresh(), 2)


def _many(title: str, url: str | None, processes: int) -> None:
    with tempfile.TemporaryDirectory(prefix="sitebook-load-") as folder:
        home = Path(folder) / "hub"
        crew = begun(home, url, DEVICES)
        with serving(home, url, processes, crew) as hub:
            before, cpu = os.getloadavg()[0], _cpu(hub.pids)
            told, wall = _drive(home, hub, crew)
            spent = _cpu(hub.pids) - cpu
            lost = _lost(home, hub, crew)
        total = DEVICES * ROUNDS * CHANGES
        times = sorted(one for some in told.times.values() for one in some)
        print(f"\n{title}: {DEVICES} devices × {ROUNDS} rounds × {CHANGES} changes, all at once")
        print(f"  errors {len(told.errors)}, asked again (429/503) {told.busy}, lost {lost}")
        print(
            f"  {wall:.1f} s: {total / wall:,.0f} changes/s, {len(times) / wall:,.0f} requests/s,"
        )
        print(f"  {DEVICES * ROUNDS / wall:.0f} rounds/s; hub {spent:.1f} s of processor:")
        print(
            f"  {spent / (DEVICES * ROUNDS) * 1e3:.1f} ms a round, {spent / total * 1e6:.0f} µs"
            f" a change; load average {before:.1f} before, {os.getloadavg()[0]:.1f} after"
        )
        print(
            f"  request p50 {_at(times, 50):.0f} ms, p95 {_at(times, 95):.0f} ms, round p50"
            f" {_at(sorted(told.rounds), 50):.0f} ms, p95 {_at(sorted(told.rounds), 95):.0f} ms"
        )
        for path, some in sorted(told.times.items()):
            print(f"    {path:14} {len(some):>6} ×  p50 {_at(sorted(some), 50):>6.0f} ms"
                  f"  p95 {_at(sorted(some), 95):>6.0f} ms")  # fmt: skip
        assert not told.errors, told.errors[:3]
        assert lost == 0


def _drive(home: Path, hub: HubProcesses, crew: Organisation) -> tuple[Tally, float]:
    """All devices' rounds, from two processes."""
    pem, spawn = certificates.authority(home), multiprocessing.get_context("spawn")
    parts = 1 if os.cpu_count() == 1 else 2
    with spawn.Manager() as shared, spawn.Pool(parts) as pool:
        ready, go = shared.Semaphore(0), shared.Event()
        jobs: list[AsyncResult[Tally]] = [
            pool.apply_async(
                clients.drive,
                (pem, hub.ports, crew.key_of_hub, DEVICES, part, parts, ROUNDS, CHANGES, ready, go),
            )
            for part in range(parts)
        ]
        for _ in jobs:
            ready.acquire()
        begin = time.perf_counter()
        go.set()
        told = Tally.sum(job.get() for job in jobs)
        return told, time.perf_counter() - begin


def _lost(home: Path, hub: HubProcesses, crew: Organisation) -> int:
    """How many changes are not there again, counted from what the hub hands out."""
    missing, pem = 0, certificates.authority(home)
    for device in crew.devices[: len(set(crew.projects.values()))]:
        asker = Asker(f"https://127.0.0.1:{hub.ports[0]}", pem, device.key)
        mates = [one.key.id for one in crew.devices if one.space == device.space]
        there = dict.fromkeys(mates, 0)
        for blob in asker.fetch(device.space, dict(there)):
            part = decode(blob)
            assert part.first == there[part.device] + 1
            there[part.device] = part.last
            assert len(part.changes()) == part.last - part.first + 1
        missing += sum(ROUNDS * CHANGES - seq for seq in there.values())
        asker.close()
    return missing


# -- growth ----------------------------------------------------------------------------------------


def growth() -> None:
    """The cost of a round while devices and changes grow tenfold each time."""
    print(f"\ngrowth on SQLite, one process; projects of {CREW} devices; a round brings {CHANGES}")
    print(f"{'devices':>9}{'changes':>12}{'start':>9}{'memory':>9}{'on disk':>9}{'B/change':>9}"
          f"{'round p50':>11}{'p95':>8}{'hub cpu':>9}{'first pull':>12}{'admin':>9}")  # fmt: skip
    end = time.monotonic() + SECONDS
    for devices, changes in GROWTH:
        if time.monotonic() > end - SECONDS / 3 and devices > 1_000:
            print(f"{devices:>9,}{changes:>12,}  not measured: out of time")
            continue
        _grown(devices, changes)


def _grown(devices: int, changes: int) -> None:
    with tempfile.TemporaryDirectory(prefix="sitebook-load-") as folder:
        home = Path(folder) / "hub"
        crew = begun(home, None, devices)
        house = config.opened(home)
        filled(house, crew, changes)
        house.close()
        size = sum(path.stat().st_size for path in home.glob("hub.sqlite3*"))
        started = time.perf_counter()
        with serving(home, None, 1, crew) as hub:
            asker = Asker(
                f"https://127.0.0.1:{hub.ports[0]}", certificates.authority(home), crew.key
            )
            asker("GET", "/health")
            started = time.perf_counter() - started
            sample = crew.devices[:SAMPLE]
            told, spent = _rounds(home, hub, sample)
            pulled = _pull(home, hub, sample[0], crew)
            admin = _admin(asker)
            memory = _memory(hub.pids[0])
            asker.close()
        assert not told.errors, told.errors[:3]
        took = sorted(told.rounds)
        print(f"{devices:>9,}{changes:>12,}{started:>7.1f} s{memory:>6.0f} MB{size / 1e6:>6,.0f} MB"
              f"{size / changes:>9.0f}{_at(took, 50):>8.1f} ms{_at(took, 95):>5.1f} ms"
              f"{spent / len(took) * 1e3:>6.1f} ms{pulled:>9.2f} s{admin * 1e3:>6.0f} ms",
              flush=True)  # fmt: skip


def _rounds(home: Path, hub: HubProcesses, sample: list[Device]) -> tuple[Tally, float]:
    """Rounds one after another, so that nothing waits; with them the hub's processor time."""
    blobs = {one.key.id: [one.wrote(CHANGES) for _ in range(ROUNDS)] for one in sample}
    made = [Client(one.key, one.space, blobs[one.key.id]) for one in sample]
    pem = certificates.authority(home)
    clients.one_after_another(pem, hub.ports, [one.warm() for one in made])  # not counted
    cpu = _cpu(hub.pids)
    told = clients.one_after_another(pem, hub.ports, made)
    return told, _cpu(hub.pids) - cpu


def _pull(home: Path, hub: HubProcesses, device: Device, crew: Organisation) -> float:
    """Seconds until a new device has all of one project."""
    asker = Asker(f"https://127.0.0.1:{hub.ports[0]}", certificates.authority(home), device.key)
    begin = time.perf_counter()
    tips = asker.meet().json()["spaces"][device.space]["receipt"]["tips"]
    blobs = asker.fetch(device.space, dict.fromkeys(tips, 0))
    took = time.perf_counter() - begin
    assert sum(map(len, blobs)) > 0
    asker.close()
    return took


def _admin(asker: Asker) -> float:
    """Seconds for somebody with every project to hear what is new, with the receipts of before."""
    told = asker.meet().json()["spaces"]
    proofs = {space: one["proof"] for space, one in told.items()}
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        assert asker.meet(had=proofs, latest=proofs).status_code == 200
        times.append(time.perf_counter() - begin)
    return median(times)


def filled(house: Hub, crew: Organisation, changes: int) -> None:
    """Put so many changes into the tables, in the order and form that real ones have.

    One real segment is copied under other devices' names; its seal would not check, and nothing
    of it is asked for by the rounds measured but by the first pull, which only fetches.
    """
    from sync.transport.http import receipt

    t, now = house.base.t, 1_795_000_000_000
    each = max(1, changes // CHANGES // len(crew.devices))
    blob = Device(crew, crew.key, crew.person, "x").wrote(CHANGES)
    fillers = _fillers(crew)
    for at in range(0, len(fillers), 20):
        segments, tips, births = [], [], []
        for device, space, begin in fillers[at : at + 20]:
            for k in range(each):
                n, first = begin * each + k + 1, k * CHANGES + 1
                segments.append((space, n, device, first, first + CHANGES - 1, bytes(32),
                                 receipt.BEGUN, len(blob), now, blob))  # fmt: skip
                births += [(f"{device}-{first + b}", space, device, first + b)
                           for b in range(0, CHANGES, 5)]  # fmt: skip
            tips.append((space, device, each * CHANGES, bytes(32), (begin + 1) * each))
        house.base.write(partial(_insert, t, segments, tips, births))
    house.base.write(lambda: _spaces(t, crew, each))


def _fillers(crew: Organisation) -> list[tuple[str, str, int]]:
    """(device, space, its place there): for each device one that wrote before."""
    places: dict[str, int] = {}
    found = []
    for one in crew.devices:
        place = places.get(one.space, 0)
        places[one.space] = place + 1
        found.append((f"0{one.key.id[1:]}x", one.space, place))
    return found


def _insert(t: Any, segments: list[Any], tips: list[Any], births: list[Any]) -> None:
    connection = t.Segment._meta.database.connection()
    for table, rows in ((t.Segment, segments), (t.Tip, tips), (t.Birth, births)):
        marks = ",".join("?" * len(rows[0]))
        name = table._meta.table_name
        connection.executemany(f"INSERT INTO {name} VALUES({marks})", rows)


def _spaces(t: Any, crew: Organisation, each: int) -> None:
    from sync.transport.http import receipt

    counts: dict[str, int] = {}
    for one in crew.devices:
        counts[one.space] = counts.get(one.space, 0) + each
    rows = [{"name": s, "last": n, "mark": receipt.BEGUN} for s, n in counts.items()]
    for at in range(0, len(rows), 200):
        t.Space.insert_many(rows[at : at + 200]).execute()


def _cpu(pids: list[int]) -> float:
    """Seconds of processor that these processes used."""
    ticks = 0
    for pid in pids:
        parts = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1].split()
        ticks += int(parts[11]) + int(parts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """MB that a process holds."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


def _at(times: list[float], percent: int) -> float:
    """A percentile, in milliseconds."""
    return times[min(len(times) - 1, len(times) * percent // 100)] * 1e3 if times else 0.0


PARTS: dict[str, Callable[[], None]] = {"many": many, "growth": growth}

if __name__ == "__main__":
    run(argparse.Namespace(loads=sys.argv[1:] or None))
