"""A hostile device: every forgery meets the same fate at the hub, a peer, a folder and a bundle.

The fates are those of the table (`tests.support.forged_segments`); the pure receiver says which
changes are refused and why, and every way in must say the same. Afterwards honest work goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from models.text.words import Refused, W
from sync.encoding.segment import decode, encode
from sync.hub.storage import segment_check
from sync.transport.http.hub_errors import BEHIND
from sync.validation import verify
from sync.validation.reasons import Newer
from tests.support.forged_segments import FORGERIES, Forged, Pen, begun
from tests.support.receiver import Receiver, Result
from tests.sync.transport.hostile import DOORS, Met, Stage

COMING, BACK = "a membership version still to come", "a membership log rolled back"
OTHERWISE = {
    (COMING, "bundle"): verify.UNKNOWN,
    (COMING, "hub"): segment_check.WAITS,
    (BACK, "hub"): W(BEHIND, BEHIND),
}
"""A bundle has to bring the members it needs, and the hub, which keeps their log, knows of none."""


LAST, FIRST = "a role in a field", "a role granted by no administrator"
"""The envelopes end with the one, and the entries of the membership log begin with the other."""


def meetings() -> Iterator[tuple[str, str]]:
    """Every forgery at every door; a folder leads to that of a peer, so of the single changes
    every fourth goes through one.
    """
    names = list(FORGERIES)
    single = names[names.index(LAST) : names.index(FIRST)]
    for name in names:
        for door in DOORS:
            if door != "folder" or name not in single or single.index(name) % 4 == 0:
                yield name, door


MEETINGS = list(meetings())


class Table:
    """Every forgery over one stage, and what the pure receiver makes of it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.filled = Receiver(stage.scene.membership)
        for blob in stage.blobs:
            assert self.filled.take(blob).what == "taken"
        self.forged = {name: make(Pen(stage.scene)) for name, make in FORGERIES.items()}
        self.neighbour = encode(begun(Pen(stage.scene, "mate")).segment())
        self.seen: dict[tuple[str, str], object] = {}

    def last(self, forged: Forged) -> Result:
        """What the pure receiver makes of the last blob."""
        receiver = self.filled.fork()
        return [receiver.take(blob) for blob in forged.blobs][-1]

    def same(self, name: str, door: str, met: Met) -> bool:
        """Whether the same is held as behind every other door where it came in."""
        kind = "hub" if door == "hub" else "book"
        return self.seen.setdefault((name, kind), met.state) == met.state


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    stage = Stage(tmp_path_factory.mktemp("stage"))
    yield Table(stage)
    stage.close()


@pytest.mark.parametrize(("name", "door"), MEETINGS)
def test_cases_55_and_56_every_forgery_at_every_door(table: Table, name: str, door: str) -> None:
    forged, at = table.forged[name], DOORS[door](table.stage)
    before = at.now()
    met = at.entries(forged.entries) if forged.entries else at.blobs(*_of(table, forged))
    if forged.entries:
        assert forged.why is not None
        why = OTHERWISE.get((name, door), forged.why)
        assert [_says(one, why) for one in met.refused] == [True]
    else:
        _fate(table, met, forged, name, door)
    if forged.fate not in ("quarantined", "taken"):
        assert met.state == before.state
        assert [seq for _, seq in met.quarantined] == (forged.aside if door != "hub" else [])
    after = at.blobs(table.stage.scene.space, [table.neighbour])
    assert after.state != met.state and after.quarantined == met.quarantined
    lies_there = door == "folder" and forged.fate != "forked"  # a fork is told once
    assert after.refused == (met.refused if lies_there else [])
    assert at.sound(forked=forged.fate == "forked" and not forged.aside)
    assert table.same(name, door, after)
    at.close()


def _fate(table: Table, met: Met, forged: Forged, name: str, door: str) -> None:
    """What became of it is what the table says, with the reason of the pure receiver."""
    expected = table.last(forged)
    if (name, door) in OTHERWISE:
        assert [_says(one, OTHERWISE[name, door]) for one in met.refused] == [True]
        return
    assert met.waits == (forged.fate == "waits")
    assert met.forked == (forged.fate == "forked")
    if forged.fate == "refused":
        assert expected.why is not None
        (why,) = met.refused
        assert _says(why, expected.why.word)
    if forged.fate == "quarantined":
        reasons = {}
        for seq, fault in expected.faults.items():
            if isinstance(fault, Newer):
                assert seq in {seq for _, seq in met.parked}
            else:
                reasons[seq] = (fault.word if door == "hub" else fault.both()).en
        assert {seq: why for (_, seq), why in met.quarantined.items()} == reasons
        assert sorted(expected.faults) == forged.bad


def _says(told: object, why: W) -> bool:
    """Whether this sentence was told: a hub tells it whole, with its values, in both languages."""
    if not isinstance(told, dict):
        return why.en.startswith(str(told))
    halves = {"zh": why.zh, "en": why.en}
    return all(
        re.fullmatch(".*".join(map(re.escape, re.split(r"{\w+}", halves[lang]))), text)
        for lang, text in told.items()
    )


def _of(table: Table, forged: Forged) -> tuple[str, list[bytes]]:
    """What is delivered, and the space that it says it is of."""
    try:
        return decode(forged.blobs[-1]).space, forged.blobs
    except Refused:
        return table.stage.scene.space, forged.blobs
