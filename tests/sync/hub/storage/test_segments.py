"""Depot: what is lacking is given, all of it, once, in the hub's order, in portions of any size."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.encoding.segment import decode
from sync.hub.storage import segments
from tests.sync.hub.devices import Asker, Organisation
from tests.sync.hub.running import Running

DEVICES = 12


@pytest.fixture
def filled(tmp_path: Path, url: str) -> Iterator[tuple[Running, Organisation, list[bytes]]]:
    """A hub with segments of many devices in one space, in the order put."""
    with Running(tmp_path / "hub", url) as one:
        organisation = one.staff(Organisation(one.house.key, DEVICES))
        rng, blobs = random.Random(7), list[bytes]()
        for _ in range(5):
            for device in rng.sample(organisation.devices, 8):
                blobs.append(device.wrote(rng.randint(1, 3)))
                with one.asker(device.key) as asker:
                    asker.bring(device.space, blobs[-1])
        yield one, organisation, blobs


@pytest.mark.parametrize("few", [0, 64], ids=["by scanning", "by device"])
def test_what_is_lacking_in_portions(
    filled: tuple[Running, Organisation, list[bytes]], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    running, organisation, blobs = filled
    for name, value in (("FEW", few), ("SCAN", 4), ("MANY", 3), ("PORTION", 3_000)):
        monkeypatch.setattr(segments, name, value)
    rng, space = random.Random(few), organisation.devices[0].space
    with running.asker(organisation.devices[0].key) as asker:
        for _ in range(12):
            some = rng.sample(organisation.devices, rng.randint(1, DEVICES))
            want = {one.key.id: rng.randint(0, one.seq) for one in some}
            assert asker.fetch(space, want) == lacking(blobs, want), want
        assert asker.fetch(space, {"nobody": 0}) == []
        whole = dict.fromkeys((one.key.id for one in organisation.devices), 0)
        assert asker.fetch(space, whole) == blobs


def lacking(blobs: list[bytes], want: dict[str, int]) -> list[bytes]:
    """The segments that somebody lacks who holds each device up to a sequence."""
    parts = [(decode(blob), blob) for blob in blobs]
    return [b for p, b in parts if p.device in want and p.last > want[p.device]]


def test_the_order_grows_by_one(filled: tuple[Running, Organisation, list[bytes]]) -> None:
    running, organisation, blobs = filled
    space, house = organisation.devices[0].space, running.house
    assert house.segments.at(space)[0] == len(blobs)
    marks = [house.segments.mark_at(space, n) for n in range(len(blobs) + 2)]
    assert len(set(marks[:-1])) == len(blobs) + 1 and marks[-1] is None
    for device in organisation.devices:
        if device.seq:
            assert house.segments.hash_at(space, device.key.id, device.seq) == device.hash
            assert house.segments.tips(space, 0)[device.key.id] == device.seq
    assert house.segments.tips(space, len(blobs)) == {}


def test_a_segment_may_begin_before_what_is_there(hub: Running, asker: Asker) -> None:
    """Two devices forward the same changes cut elsewhere: what is new of them counts."""
    organisation = Organisation(hub.house.key)
    device = organisation.devices[0]
    small = [device.wrote(2), device.wrote(2)]
    again = Organisation(hub.house.key).devices[0]
    whole = again.wrote(4)
    assert decode(whole).hash == decode(small[1]).hash
    for blob, what in ((small[0], "applied"), (whole, "applied"), (small[1], "known")):
        (told,) = asker.bring(device.space, blob).json()["segments"]
        assert told["what"] == what
    assert asker.fetch(device.space, {device.key.id: 4}) == []
