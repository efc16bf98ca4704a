"""Pack: the same bodies come out, in bytes that depend on nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from models.text.words import Refused
from sync.changes.change import Change
from sync.encoding import pack as module
from sync.encoding.pack import pack, seeds
from sync.encoding.unpack import unpack
from tests.support.changes import DEVICE, SPACE, runs

steady = settings(derandomize=True, database=None, deadline=None, max_examples=60)


@steady
@given(runs())
def test_the_same_bodies_are_always_the_same_bytes(run: list[Change]) -> None:
    found = [change.canonical() for change in run]
    assert pack(found) == pack(found)
    assert [body for _, body in unpack(pack(found), SPACE, DEVICE, run[0].seq)] == found


def test_ids_that_the_segment_names_are_not_packed() -> None:
    assert seeds(SPACE, DEVICE) == [DEVICE, SPACE.partition(":")[2]]
    assert seeds("company", "d1") == []


def test_many_alike_take_little_more_than_one() -> None:
    def edit(seq: int) -> bytes:
        base = {"cause": [(DEVICE, seq - 1)]}
        fields = {"cause": "接头松动"}
        return Change(SPACE, DEVICE, seq, seq << 20, "fix", DEVICE, seq, fields, base).canonical()

    few, many = (pack([edit(seq) for seq in range(2, 2 + count)]) for count in (1, 1_000))
    assert len(many) < len(few) + 500


def test_more_changes_than_a_segment_may_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHANGES", 2)
    with pytest.raises(Refused, match="太多"):
        pack([b"{}"] * 3)
