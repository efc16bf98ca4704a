"""Processes: several hubs on one database; an order per space that no reader ever skips."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sync.encoding.segment import decode
from sync.hub.hub import Hub
from sync.hub.storage.database import Base
from sync.hub.storage.segment_check import Proven, prove
from tests.sync.hub.devices import Device, Organisation
from tests.sync.hub.running import Running
from tests.sync.hub.test_hub import refused

WRITERS, SEGMENTS = 6, 6


@pytest.fixture
def pair(tmp_path: Path, url: str) -> Iterator[tuple[Running, Running, Organisation]]:
    """Two hub processes with one key on one database."""
    with Running(tmp_path / "hub", url) as one, Running(tmp_path / "hub", url) as other:
        yield one, other, one.staff(Organisation(one.house.key, WRITERS))


def test_they_are_one_hub(pair: tuple[Running, Running, Organisation]) -> None:
    one, other, organisation = pair
    first, second = organisation.devices[:2]
    with one.asker(first.key) as a, other.asker(first.key) as b, other.asker(second.key) as c:
        assert a.epoch == b.epoch == one.house.epoch
        blobs = [first.wrote(2) for _ in range(4)]
        for asker, blob in zip((a, b, a, b), blobs, strict=True):
            told = asker.bring(first.space, blob).json()
            assert told["segments"][0]["what"] == "applied", told
        assert c.fetch(first.space, {first.key.id: 0}) == blobs
        a.bring(first.space, blobs[0], nonce="b" * 32)
        refused(b.bring(first.space, blobs[0], nonce="b" * 32), 409, "replayed")
        heads = {first.key.id: {first.space: [8, first.hash.hex()]}}
        organisation.say("revoke", {"device": first.key.id, "heads": heads})
        one.staff(organisation)
        refused(b.meet(), 403, "revoked")
        receipt = c.meet().json()["spaces"][first.space]["receipt"]
        assert receipt["n"] == 4 and other.house.segments.mark_at(first.space, 4)


def test_one_process_ends_and_the_other_goes_on(
    pair: tuple[Running, Running, Organisation],
) -> None:
    one, other, organisation = pair
    device = organisation.devices[0]
    with other.asker(device.key) as asker:
        asker.bring(device.space, device.wrote(1))
        one.stop()
        told = asker.bring(device.space, device.wrote(1)).json()
        assert told["segments"][0]["what"] == "applied" and told["receipt"]["n"] == 2


class Slow:
    """A judge that keeps a transaction open for a while, so that others overtake it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def __call__(self, _space: str, _some: Sequence[Proven]) -> None:
        time.sleep(self.random.choice((0, 0, 0.003, 0.012)))


def test_a_reader_never_skips(pair: tuple[Running, Running, Organisation]) -> None:
    """Writers over two processes commit out of order; whoever read up to a number read all."""
    one, other, organisation = pair
    space = organisation.devices[0].space
    made = {d.key.id: [d.wrote(2) for _ in range(SEGMENTS)] for d in organisation.devices}
    failed = list[BaseException]()

    def writer(number: int, device: Device) -> None:
        house, judge = (one, other)[number % 2].house, Slow(number)
        log = house.membership.now()
        try:
            for blob in made[device.key.id]:
                proven = [prove(blob, space, log)]
                house.base.write(partial(house.segments.put, space, proven, judge))
        except BaseException as error:
            failed.append(error)
        finally:
            house.base.let_go()

    threads = [
        threading.Thread(target=writer, args=(n, d)) for n, d in enumerate(organisation.devices)
    ]
    for thread in threads:
        thread.start()
    read = reading(other.house, space, made)
    for thread in threads:
        thread.join(30)
    assert not failed
    assert {device: [blob for _, blob in some] for device, some in read.items()} == made
    numbers = sorted(n for some in read.values() for n, _ in some)
    assert numbers == list(range(1, WRITERS * SEGMENTS + 1))


def reading(
    house: Hub, space: str, made: dict[str, list[bytes]]
) -> dict[str, list[tuple[int, bytes]]]:
    """Read what is new again and again, by the number read up to, until everything is here."""
    found: dict[str, list[tuple[int, bytes]]] = {device: [] for device in made}
    upto, end = 0, time.monotonic() + 30
    while sum(map(len, found.values())) < sum(map(len, made.values())):
        assert time.monotonic() < end, "something was skipped"
        n, _ = house.segments.at(space)
        segment = house.base.t.Segment
        rows = segment.select(segment.n, segment.device, segment.blob).where(
            segment.space == space, segment.n > upto, segment.n <= n
        )
        page = [(int(k), str(d), bytes(b)) for k, d, b in rows.order_by(segment.n).tuples()]
        assert [k for k, _, _ in page] == list(range(upto + 1, n + 1))
        for k, device, blob in page:
            part = decode(blob)
            assert part.first == 2 * len(found[device]) + 1
            found[device].append((k, blob))
        upto = n
    return found


def test_spaces_do_not_wait_for_each_other(tmp_path: Path, postgres: Any) -> None:
    """The lock is that of a space: a long write in one holds up no other."""
    url = postgres()
    with Running(tmp_path / "hub", url) as one:
        organisation = one.staff(Organisation(one.house.key, 2, ("north", "south")))
        north, south = organisation.devices
        held, go = threading.Event(), threading.Event()

        def wait(*_args: Any) -> None:
            held.set()
            assert go.wait(20)

        proven = [prove(north.wrote(1), north.space, one.house.membership.now())]
        house = one.house

        def work() -> None:
            house.base.write(lambda: house.segments.put(north.space, proven, wait))
            house.base.let_go()

        thread = threading.Thread(target=work)
        thread.start()
        assert held.wait(20)
        with one.asker(south.key) as asker:
            told = asker.bring(south.space, south.wrote(1)).json()
            assert told["segments"][0]["what"] == "applied"
        assert house.segments.at(north.space)[0] == 0
        go.set()
        thread.join(20)
        assert house.segments.at(north.space)[0] == 1


def test_a_server_started_again_is_found_again(tmp_path: Path, postgres: Any) -> None:
    url = postgres()
    with Running(tmp_path / "hub", url, threads=2) as one:
        organisation = one.staff(Organisation(one.house.key, 1))
        device = organisation.devices[0]
        with one.asker(device.key) as asker:
            assert asker.meet().status_code == 200
            other = Base(url)
            other.db.execute_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            other.close()
            said = [asker.bring(device.space, blob) for blob in [device.wrote(1)] * 3]
            assert {reply.status_code for reply in said} <= {200, 503}
            assert said[-1].json()["segments"][0]["what"] in ("applied", "known")
        one.house.base.let_go()
