"""The common part: what is here by its hash, and where a second history that was met begins."""

from __future__ import annotations

from peewee import SqliteDatabase

from sync.changes.change import genesis
from sync.log.histories import common_part, forks
from sync.log.histories.forks import Fork
from tests.sync.encoding.test_segment import SEGMENT
from tests.sync.log.histories.test_forks import PLACE, logged


def test_a_change_that_is_here_is_known_by_its_hash(db: SqliteDatabase) -> None:
    raw, hashes = db.connection(), logged(db, SEGMENT, 1)
    assert common_part.hash_here(raw, *PLACE, 0) == genesis(*PLACE)
    assert common_part.hash_here(raw, *PLACE, SEGMENT.first) == hashes[0]
    assert common_part.hash_here(raw, *PLACE, SEGMENT.first + 1) is None
    assert common_part.hash_here(raw, "company", SEGMENT.device, SEGMENT.first) is None


def test_the_common_part_ends_before_the_earliest_second_history(db: SqliteDatabase) -> None:
    raw = db.connection()
    assert common_part.common(raw, *PLACE) is None and not common_part.hashes(raw, PLACE[0])
    for seq, first in ((9, 7), (8, 5), (4, 0)):
        assert forks.told(raw, Fork(*PLACE, seq, 1, first), bytes([seq]) * 32)
    assert common_part.common(raw, *PLACE) == 3  # of the last one only its end is known
    assert common_part.hashes(raw, PLACE[0]) == {PLACE[1]: {bytes([seq]) * 32 for seq in (9, 8, 4)}}
    assert common_part.common(raw, "company", PLACE[1]) is None
