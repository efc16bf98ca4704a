"""Unpack: places, kinds and whatever bytes; nothing but the agreed form is taken."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.text.words import Refused
from sync.changes.change import Change
from sync.changes.pruned import PrunedChange
from sync.encoding import unpack as module
from sync.encoding.compression import squeeze
from sync.encoding.pack import pack
from sync.encoding.unpack import unpack
from tests.support.changes import DEVICE, OTHER, SPACE, runs

steady = settings(derandomize=True, database=None, deadline=None, max_examples=60)


def edit(seq: int, tx: int | None = None, fields: dict[str, object] | None = None) -> Change:
    """A small change; by default its own transaction."""
    said = {"cause": f"接头 {seq}"} if fields is None else fields
    base = {"cause": [(OTHER, seq)]}
    return Change(SPACE, DEVICE, seq, seq << 20, "fix", OTHER, tx or seq, said, base)


@steady
@given(runs())
def test_changes_and_bodies_are_read_together(run: list[Change]) -> None:
    found = unpack(pack([c.canonical() for c in run]), SPACE, DEVICE, run[0].seq)
    assert [change for change, _ in found] == run
    assert [change.canonical() for change, _ in found] == [body for _, body in found]


def test_places_say_which_changes_these_are() -> None:
    some = [edit(3), edit(7)]
    packed = pack([c.canonical() for c in some])
    found = unpack(packed, SPACE, DEVICE, 3, [3, 7])
    assert [c.seq for c, _ in found] == [3, 7] and found[1][1] == some[1].canonical()
    for places in ([3], [3, 7, 8], [0, 7]):
        with pytest.raises(Refused):
            unpack(packed, SPACE, DEVICE, 3, places)


def test_of_another_kind_the_bodies_are_not_made() -> None:
    packed = pack([edit(seq, fields={}).canonical() for seq in (3, 4)])
    found = unpack(packed, SPACE, DEVICE, 3, kind=PrunedChange)
    assert [(type(c), c.seq, body) for c, body in found] == [
        (PrunedChange, 3, b""),
        (PrunedChange, 4, b""),
    ]


def test_a_transaction_without_a_hole_goes_on() -> None:
    run = [edit(3), edit(4, tx=3), edit(5, tx=3), edit(6)]
    found = unpack(pack([c.canonical() for c in run]), SPACE, DEVICE, 3)
    assert [c.tx for c, _ in found] == [3, 3, 3, 6]
    torn = [edit(3), edit(4), edit(5, tx=3)]
    with pytest.raises(Refused):
        unpack(pack([c.canonical() for c in torn]), SPACE, DEVICE, 3)


@steady
@given(st.binary(max_size=60))
def test_noise_is_refused(data: bytes) -> None:
    for raw in (data, squeeze(data), squeeze(data, zstd=False)):
        with pytest.raises(Refused):
            unpack(raw, SPACE, DEVICE, 1)


@pytest.mark.parametrize(
    ("limit", "most"), [("SCALARS", 3), ("LISTS", 1), ("BODIES", 40), ("CHANGES", 1)]
)
def test_each_bound_is_held(limit: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = pack([edit(seq).canonical() for seq in (1, 2)])
    assert len(unpack(packed, SPACE, DEVICE, 1)) == 2
    monkeypatch.setattr(module, limit, most)
    with pytest.raises(Refused):
        unpack(packed, SPACE, DEVICE, 1)
