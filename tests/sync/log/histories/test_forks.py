"""Forks: a second history is kept as evidence once, and stands until its device is revoked."""

from __future__ import annotations

from dataclasses import replace

from peewee import SqliteDatabase

from sync.changes.pruned import chain
from sync.encoding.segment import Segment, encode, make
from sync.log.histories import common_part, forks
from sync.log.histories.forks import Fork
from tests.sync.encoding.test_segment import BODIES, KEY, ORGANISATION, SEGMENT

FORK = Fork(SEGMENT.space, SEGMENT.device, SEGMENT.last, 7)
PLACE = SEGMENT.space, SEGMENT.device


def logged(db: SqliteDatabase, segment: Segment, count: int, prev: bytes = b"") -> list[bytes]:
    """Have the first changes of a segment in the log; returns their hashes."""
    raw, hash, found = db.connection(), prev or segment.prev, list[bytes]()
    raw.execute("INSERT OR IGNORE INTO device(id) VALUES(?)", (segment.device,))
    (idx,) = raw.execute("SELECT idx FROM device WHERE id=?", (segment.device,)).fetchone()
    for change, body in segment.changes()[:count]:
        hash = chain(hash, body)
        row = (segment.space, idx, change.seq, change.at, change.type, change.record, hash, body)
        raw.execute(
            "INSERT INTO change(space, idx, seq, at, type, record, hash, body)"
            " VALUES(?,?,?,?,?,?,?,?)",
            row,
        )
        found.append(hash)
    return found


def test_evidence_is_kept_once(db: SqliteDatabase) -> None:
    raw, blob = db.connection(), encode(SEGMENT)
    forks.note(raw, SEGMENT, blob, 7)
    forks.note(raw, SEGMENT, blob, 9)
    assert forks.listed(raw) == [FORK]
    assert raw.execute("SELECT blob FROM fork").fetchone() == (blob,)
    assert common_part.hashes(raw, SEGMENT.space) == {SEGMENT.device: {SEGMENT.hash}}
    assert common_part.hashes(raw, "company") == {}
    assert [found for found, _ in forks.segments(raw, *PLACE)] == [SEGMENT]
    forks.drop(raw, SEGMENT)
    assert forks.listed(raw) == []


def test_two_histories_with_one_end_are_two_forks(db: SqliteDatabase) -> None:
    other = make(KEY, BODIES, organisation=ORGANISATION, prev=bytes(32), members=3)
    for segment in (SEGMENT, other):
        forks.note(db.connection(), segment, encode(segment), 7)
    assert common_part.hashes(db.connection(), SEGMENT.space)[SEGMENT.device] == {
        SEGMENT.hash,
        other.hash,
    }


def test_what_somebody_else_met_is_news_once(db: SqliteDatabase) -> None:
    raw = db.connection()
    assert forks.told(raw, FORK, SEGMENT.hash)
    assert not forks.told(raw, FORK._replace(since=9), SEGMENT.hash)
    assert forks.unread(raw, SEGMENT.space) == [SEGMENT.device]
    assert forks.proven(raw, SEGMENT.device) == []  # a word is no proof
    assert forks.segments(raw, *PLACE) == []
    forks.note(raw, SEGMENT, encode(SEGMENT), 9)
    assert forks.listed(raw) == [FORK] and len(forks.segments(raw, *PLACE)) == 1


def test_where_two_histories_part_is_found(db: SqliteDatabase) -> None:
    raw = db.connection()
    first = SEGMENT.first
    hashes = logged(db, SEGMENT, 1)
    assert common_part.hash_here(raw, *PLACE, first) == hashes[0]
    assert common_part.hash_here(raw, *PLACE, first + 1) is None
    assert common_part.common(raw, *PLACE) is None
    raw.execute("UPDATE change SET hash=?", (bytes(32),))
    assert forks.differing(raw, SEGMENT) == (first if first == 1 else 0)
    forks.note(raw, SEGMENT, encode(SEGMENT), 7)
    assert common_part.common(raw, *PLACE) is not None


def test_the_longer_of_two_with_one_end_is_kept(db: SqliteDatabase) -> None:
    raw = db.connection()
    short = make(
        KEY, BODIES[1:], organisation=ORGANISATION, prev=_hash(SEGMENT, 1), members=SEGMENT.members
    )
    assert (short.last, short.hash) == (SEGMENT.last, SEGMENT.hash)
    for segment in (short, SEGMENT, short):
        forks.note(raw, segment, encode(segment), 7)
    assert [found.first for found, _ in forks.segments(raw, *PLACE)] == [SEGMENT.first]


def test_a_path_leads_from_what_is_here_to_an_end() -> None:
    one = replace(SEGMENT, first=3, last=4, prev=b"2", hash=b"4")
    two = replace(SEGMENT, first=5, last=6, prev=b"4", hash=b"6")
    late = replace(two, first=6, prev=b"5")

    def holds(seq: int, hash: bytes) -> bool:
        return (seq, hash) == (2, b"2")

    assert forks.path([two, late, one], (6, b"6"), holds) == [one, two]
    assert forks.path([one, two], (2, b"2"), holds) == []
    assert forks.path([two], (6, b"6"), holds) is None
    assert forks.path([one], (6, b"6"), holds) is None


def test_a_fork_of_a_revoked_device_is_settled(db: SqliteDatabase) -> None:
    raw = db.connection()
    forks.note(raw, SEGMENT, encode(SEGMENT), 7)
    assert forks.standing(raw) == [FORK]  # also of a device never heard of
    raw.execute("INSERT INTO device(id) VALUES(?)", (SEGMENT.device,))
    assert forks.standing(raw) == [FORK]
    raw.execute("UPDATE device SET revoked=5")
    assert forks.standing(raw) == [] and forks.listed(raw) == [FORK]


def _hash(segment: Segment, count: int) -> bytes:
    hash = segment.prev
    for _, body in segment.changes()[:count]:
        hash = chain(hash, body)
    return hash
