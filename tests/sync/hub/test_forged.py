"""Forged: every kind of the table of forgeries meets the same fate at a hub as anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from sync.encoding.segment import decode, encode
from sync.hub.hub import Hub
from sync.hub.storage.authorization import Authorization
from sync.hub.storage.segment_check import prove
from sync.trust import device_key
from tests.support.forged_segments import FORGERIES, Forged, Pen, begun
from tests.support.scene import Scene, furnished


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    made = furnished(tmp_path_factory.mktemp("scene"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def forgeries(scene: Scene) -> dict[str, Forged]:
    """Every forgery, made over the scene as it is."""
    return {name: make(Pen(scene)) for name, make in FORGERIES.items()}


@pytest.fixture(scope="module")
def house(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub that holds the scene's honest work; what a test brings is rolled back."""
    home: Path = tmp_path_factory.mktemp("hub")
    device_key.make(home)
    made = Hub(home, f"sqlite:///{home}/hub.sqlite3")
    made.create()
    made.base.write(lambda: made.membership.grow(lambda log: log.extend(scene.membership.entries)))
    for segment in scene.sealed:
        assert brought(made, encode(segment))[0] == "applied"
    yield made
    made.base.close()


def brought(house: Hub, blob: bytes) -> tuple[str, list[int]]:
    """What became of a segment: its fate, and the sequences that do not count."""
    log = house.membership.now()
    try:
        one = prove(blob, decode(blob).space, log)
    except Refused as why:
        return str(why.word.en), []
    judging = Authorization(house.base, log)
    done: Any = house.base.write(lambda: house.segments.put(one.segment.space, [one], judging))
    against = [seq for _, seq, _ in judging.refused] + [seq for _, seq in judging.parked]
    return done.outcomes[0].what, sorted(against)


class Undone(Exception):
    """Ends a test's transaction."""


@pytest.mark.parametrize("name", FORGERIES)
def test_every_forgery_meets_its_fate(
    scene: Scene, house: Hub, forgeries: dict[str, Forged], name: str
) -> None:
    with pytest.raises(Undone), house.base.db.atomic():
        meets(house, forgeries[name])
        neighbour = begun(Pen(scene, "mate")).segment()
        assert brought(house, encode(neighbour)) == ("applied", [])
        raise Undone


def meets(house: Hub, forged: Forged) -> None:
    """Deliver a forgery."""
    if forged.entries:
        with pytest.raises(Refused) as refused:
            house.membership.now().extend(forged.entries)
        assert refused.value.word == forged.why
        return
    results = [brought(house, blob) for blob in forged.blobs]
    assert all(result == ("applied", []) for result in results[:-1])
    fate, faults = results[-1]
    if forged.fate == "quarantined":
        assert (fate, faults) == ("applied", forged.bad)
    elif forged.fate == "taken":
        assert (fate, faults) == ("applied", [])
    elif forged.fate == "forked":
        assert fate == "forked"
    elif forged.fate == "waits":
        assert fate == "wait" or "membership version" in fate
    else:
        assert fate not in ("applied", "known") and not faults
