"""A snapshot in steps: it waits for all of its parts, and counts whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sync.apply.receive import SegmentReceiver
from sync.apply.receive_snapshot import SnapshotReceiver
from sync.encoding.segment import decode, encode
from sync.log import pending_segments
from tests.support.replicas import Replica, Team, differences


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder with work in several segments, and an engineer who has nothing of it."""
    made = Team.copied(tmp_path, "b", met=True)
    a, space = made.founder, f"p:{made.project}"
    fix = made.fix(a)
    a.exchange.seal_now(space)
    for place in "甲乙丙":
        a.book.edit(fix, {"place": place})
        a.exchange.seal_now(space)
    yield made
    made.close()


class Parts:
    """The parts of a snapshot of the founder's project, and who receives them."""

    def __init__(self, team: Team) -> None:
        a, self.taker = team.all
        self.space = f"p:{team.project}"
        self.blobs = list(a.exchange.snapshot(self.space, self.taker.exchange.wanted(self.space)))
        known = self.taker.workspace, self.taker.exchange.trust, self.taker.exchange.sealing
        self.segments, self.snapshots = SegmentReceiver(*known), SnapshotReceiver(*known)

    def bring(self, blobs: list[bytes]) -> list[str]:
        """Receive segments one by one; what became of them."""
        return [self.segments.receive(blob).what for blob in blobs]


def changes(one: Replica, space: str) -> int:
    """How many changes of a space are here."""
    return sum(one.exchange.vector(space).values())


def waiting(one: Replica) -> int:
    """How many segments wait."""
    return len(pending_segments.listed(one.workspace.store.db.connection()))


def test_nothing_counts_before_all_parts_are_here(team: Team) -> None:
    parts = Parts(team)
    before = changes(parts.taker, parts.space)
    assert len(parts.blobs) > 2
    assert set(parts.bring(parts.blobs[1:])) == {"waiting"}
    assert parts.snapshots.receive(parts.space) == []
    assert changes(parts.taker, parts.space) == before
    assert parts.bring(parts.blobs[:1]) == ["waiting"]
    arrivals = parts.snapshots.receive(parts.space)
    assert [one.what for one in arrivals] == ["applied"] * len(parts.blobs)
    assert all(one.segment is not None and one.segment.packed == b"" for one in arrivals)
    assert waiting(parts.taker) == 0
    assert not differences(team.founder, parts.taker)


def test_another_time_nothing_is_left_to_do(team: Team) -> None:
    parts = Parts(team)
    parts.bring(parts.blobs)
    assert parts.snapshots.receive(parts.space)
    assert parts.snapshots.receive(parts.space) == []
    assert set(parts.bring(parts.blobs)) == {"known"}


def test_a_part_that_cannot_be_read_is_forgotten_and_nothing_applied(team: Team) -> None:
    parts = Parts(team)
    before = changes(parts.taker, parts.space)
    bad = replace(decode(parts.blobs[1]), packed=b"\0" * 9)
    assert parts.bring([parts.blobs[0], encode(bad), *parts.blobs[2:]]) == (
        ["waiting"] * len(parts.blobs)
    )
    (arrival,) = parts.snapshots.receive(parts.space)
    assert arrival.what == "refused" and arrival.why is not None
    assert changes(parts.taker, parts.space) == before
    assert waiting(parts.taker) == len(parts.blobs) - 1
    assert parts.bring([parts.blobs[1]]) == ["waiting"]
    assert {one.what for one in parts.snapshots.receive(parts.space)} == {"applied"}
