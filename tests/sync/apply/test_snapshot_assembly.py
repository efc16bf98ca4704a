"""Snapshot assembly: what has come so far, and whether anything that counts was left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import Refused
from sync.apply.apply_changes import Applying
from sync.apply.receive import SegmentReceiver
from sync.apply.snapshot_assembly import HOLLOW, SnapshotAssembly, SnapshotParts, reached
from sync.apply.transaction import begin
from sync.changes.change import Change
from sync.changes.pruned import PrunedChange
from sync.encoding.segment import decode
from sync.log import pending_segments
from tests.support.replicas import Team
from tests.sync.apply.rows.test_record_state import HEADER

SPACE = "p:one"


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), max_size=5), st.integers(0, 4))
def test_a_chain_reaches_as_far_as_it_has_no_gap(some: list[tuple[int, int]], held: int) -> None:
    waiting = sorted(("a", first, first + more) for first, more in some)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pending_segments, "spans", lambda *_: waiting)
        reach = reached(None, SPACE, {"a": held, "b": 2})
    covered = {*range(1, held + 1)}
    for _, first, last in waiting:
        if first - 1 in covered or first == 1:
            covered |= {*range(first, last + 1)}
    assert reach == {"a": max(covered, default=0), "b": 2}


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path, "b", met=True)
    fix = made.fix(made.founder)
    for place in "甲乙":
        made.founder.exchange.seal_now(f"p:{made.project}")
        made.founder.book.edit(fix, {"place": place})
    yield made
    made.close()


def test_a_snapshot_is_complete_when_every_part_is_here(team: Team) -> None:
    a, b = team.all
    space = f"p:{team.project}"
    blobs = list(a.exchange.snapshot(space, b.exchange.vector(space)))
    receiver = SegmentReceiver(b.workspace, b.exchange.trust, b.exchange.sealing)
    one, db = SnapshotAssembly(), b.workspace.store.db.connection()
    held = b.exchange.vector(space)
    assert len(blobs) > 1 and not one.complete(db, space, held)
    for number, blob in enumerate(reversed(blobs), 1):
        assert receiver.receive(blob).what == "waiting"
        assert one.complete(db, space, held) is (number == len(blobs))
    assert not one.complete(db, "company", {})


def bare(seq: int, *seen: int, record: str = "r1") -> PrunedChange:
    """A change of device a whose values were left out."""
    base = {"cause": [("a", one) for one in seen]}
    return PrunedChange(SPACE, "a", seq, seq, "fix", record, seq, {}, base)


def whole(seq: int, *seen: int, record: str = "r1", born: bool = False) -> Change:
    """A change of device a with its values."""
    base = {"cause": [("a", one) for one in seen]} if seen else {}
    header = HEADER if born else None
    return Change(SPACE, "a", seq, seq, "fix", record, seq, {"cause": "x"}, base, header)


RIGHT = {
    "nothing left out": [whole(1, born=True), whole(2, 1)],
    "replaced by what follows": [whole(1, born=True), bare(2, 1), whole(3, 2)],
    "replaced by another one left out": [whole(1, born=True), bare(2, 1), bare(3, 2), whole(4, 3)],
}
HOLLOWED = {
    "a value that still counts": [whole(1, born=True), bare(2, 1)],
    "no creation": [bare(2, 1), whole(3, 2)],
    "one of two values": [whole(1, born=True), bare(2, 1), bare(3, 1), whole(4, 2)],
}


def asked(team: Team, changes: list[Change]) -> None:
    """Hold the parts of a snapshot to the rule."""
    a = team.founder
    space = f"p:{team.project}"
    segment = decode(next(iter(a.exchange.offer(space, {}))))
    with begin(a.workspace, a.exchange.trust, space) as tx:
        parts = SnapshotParts(tx, Applying(tx))
        parts.add(segment, changes)
        parts.check()


@pytest.mark.parametrize("name", RIGHT)
def test_what_was_replaced_may_be_left_out(team: Team, name: str) -> None:
    asked(team, RIGHT[name])


@pytest.mark.parametrize("name", HOLLOWED)
def test_a_snapshot_that_leaves_out_what_counts_is_refused(team: Team, name: str) -> None:
    with pytest.raises(Refused) as caught:
        asked(team, HOLLOWED[name])
    assert caught.value.word is HOLLOW


def test_parts_are_whole_when_all_that_they_reach_up_to_is_here(team: Team) -> None:
    a, b = team.all
    space = f"p:{team.project}"
    segment = decode(next(iter(a.exchange.snapshot(space, b.exchange.vector(space)))))
    for one, here in ((a, True), (b, False)):
        with begin(one.workspace, one.exchange.trust, space) as tx:
            parts = SnapshotParts(tx, Applying(tx))
            parts.add(segment, [])
            assert parts.whole() is here
