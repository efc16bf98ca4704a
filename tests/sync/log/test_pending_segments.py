"""Pending segments: each is tried again when the one thing it waits for is here, and no sooner."""

from __future__ import annotations

import pytest
from peewee import SqliteDatabase

from sync.encoding.segment import Segment, encode, make
from sync.log import pending_segments as pending
from sync.log.pending_segments import PendingSegment
from sync.log.version_lookup import VersionLookup
from sync.validation.verify import Want
from tests.support.signers import signer
from tests.sync.log.logged import DEVICE, NOW, SPACE, change, write


def segment(first: int, last: int, prev: bytes = bytes(32)) -> Segment:
    """A segment of the device."""
    bodies = [change(seq).canonical() for seq in range(first, last + 1)]
    return make(signer(1), bodies, organisation="o", prev=prev, members=3)


def keep(db: SqliteDatabase, one: Segment, *want: object, now: int = NOW) -> bool:
    """Keep a segment that waits for something."""
    return pending.keep(db.connection(), one, encode(one), Want(*want), now)  # type: ignore[arg-type]


def test_a_segment_is_kept_once_as_it_was_received(db: SqliteDatabase) -> None:
    raw, one = db.connection(), segment(3, 4)
    assert keep(db, one, "change", DEVICE, 2) and keep(db, one, "change", DEVICE, 1, now=NOW + 5)
    (row,) = pending.of_space(raw, SPACE)
    assert pending.blob(raw, row) == encode(one)
    want = Want("change", DEVICE, 1)
    assert pending.listed(raw) == [PendingSegment(SPACE, DEVICE, 3, 4, want, NOW + 5)]
    pending.drop(raw, row)
    assert pending.listed(raw) == [] and pending.of_space(raw, SPACE) == []


def test_a_missing_change_is_awaited_up_to_its_sequence(
    db: SqliteDatabase, names: VersionLookup
) -> None:
    keep(db, segment(3, 4), "change", DEVICE, 2)
    write(names, change(1))
    assert pending.ready(names.db, SPACE) == {}
    write(names, change(2))
    assert list(pending.ready(names.db, SPACE).values()) == [encode(segment(3, 4))]
    assert pending.ready(names.db, "company") == {}


def test_missing_values_are_awaited_until_they_are_kept(
    db: SqliteDatabase, names: VersionLookup
) -> None:
    keep(db, segment(3, 4), "body", DEVICE, 1)
    write(names, change(1), left_out=(1,))
    assert pending.for_bodies(names.db, SPACE) == {}
    assert pending.wanted_bodies(names.db, SPACE) == [(DEVICE, 1)]
    names.db.execute("UPDATE change SET body=?", (change(1).canonical(),))
    assert len(pending.for_bodies(names.db, SPACE)) == 1


def test_members_are_awaited_up_to_their_version(db: SqliteDatabase) -> None:
    keep(db, segment(1, 2), "members", "", 5)
    assert pending.for_members(db.connection(), 4) == {}
    assert len(pending.for_members(db.connection(), 5)) == 1


def test_parts_of_snapshots_and_spans_are_listed(db: SqliteDatabase) -> None:
    raw = db.connection()
    keep(db, segment(1, 2), "snapshot", "d2", 9, now=NOW)
    keep(db, segment(3, 4), "change", DEVICE, 2, now=NOW + 10)
    assert [found[1:] for found in pending.of_snapshot(raw, SPACE)] == [("d2", 9)]
    assert pending.spans(raw, SPACE) == [(DEVICE, 1, 2), (DEVICE, 3, 4)]
    assert pending.spans(raw, SPACE, NOW + 1) == [(DEVICE, 3, 4)]


@pytest.mark.parametrize(("limit", "most"), [("MOST", 1), ("MOST_BYTES", 400)])
def test_too_much_is_not_kept(
    db: SqliteDatabase, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(pending, limit, most)
    assert keep(db, segment(3, 4), "change", DEVICE, 2)
    assert not keep(db, segment(5, 6), "change", DEVICE, 4)
    assert len(pending.listed(db.connection())) == 1
