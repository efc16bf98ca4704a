"""Forks: a second history is kept as evidence once, and stands until its device is revoked."""

from __future__ import annotations

from peewee import SqliteDatabase

from sync.encoding.segment import encode, make
from sync.log import forks
from sync.log.forks import Fork
from tests.sync.encoding.test_segment import BODIES, KEY, ORGANISATION, SEGMENT

FORK = Fork(SEGMENT.space, SEGMENT.device, SEGMENT.last, 7)


def test_evidence_is_kept_once(db: SqliteDatabase) -> None:
    raw, blob = db.connection(), encode(SEGMENT)
    forks.note(raw, SEGMENT, blob, 7)
    forks.note(raw, SEGMENT, blob, 9)
    assert forks.listed(raw) == [FORK]
    assert raw.execute("SELECT blob FROM fork").fetchone() == (blob,)
    assert forks.hashes(raw, SEGMENT.space) == {SEGMENT.device: {SEGMENT.hash}}
    assert forks.hashes(raw, "company") == {}


def test_two_histories_with_one_end_are_two_forks(db: SqliteDatabase) -> None:
    other = make(KEY, BODIES, organisation=ORGANISATION, prev=bytes(32), members=3)
    for segment in (SEGMENT, other):
        forks.note(db.connection(), segment, b"", 7)
    assert forks.hashes(db.connection(), SEGMENT.space)[SEGMENT.device] == {
        SEGMENT.hash,
        other.hash,
    }


def test_what_somebody_else_met_is_news_once(db: SqliteDatabase) -> None:
    raw = db.connection()
    assert forks.told(raw, FORK, SEGMENT.hash)
    assert not forks.told(raw, FORK._replace(since=9), SEGMENT.hash)
    forks.note(raw, SEGMENT, encode(SEGMENT), 9)
    assert forks.listed(raw) == [FORK]


def test_a_fork_of_a_revoked_device_is_settled(db: SqliteDatabase) -> None:
    raw = db.connection()
    forks.note(raw, SEGMENT, b"", 7)
    assert forks.standing(raw) == [FORK]  # also of a device never heard of
    raw.execute("INSERT INTO device(id) VALUES(?)", (SEGMENT.device,))
    assert forks.standing(raw) == [FORK]
    raw.execute("UPDATE device SET revoked=5")
    assert forks.standing(raw) == [] and forks.listed(raw) == [FORK]
