"""Set aside: shown until somebody has written it anew."""

from __future__ import annotations

from dataclasses import replace

from peewee import SqliteDatabase

from sync.changes.change import Change
from sync.changes.pruned import chain
from sync.encoding.segment import encode
from sync.log import quarantine
from sync.log.change_log import REPEATS
from sync.log.histories import forks, set_aside
from tests.sync.encoding.test_segment import SEGMENT
from tests.sync.log.histories.test_forks import logged


def repeating(place: object) -> Change:
    """A change of another device that names one that it repeats."""
    change, _ = SEGMENT.changes()[0]
    return replace(change, device="d-new", seq=1, tx=1, extra={REPEATS: place})


def test_what_is_not_in_the_log_is_noted_once_and_found(db: SqliteDatabase) -> None:
    raw, changes = db.connection(), SEGMENT.changes()
    forks.note(raw, SEGMENT, encode(SEGMENT), 7)
    logged(db, SEGMENT, 1)  # the first of them is here
    for _ in range(2):
        set_aside.note(raw, SEGMENT)
    found = quarantine.listed(raw)
    assert [one.seq for one in found] == [change.seq for change, _ in changes[1:]]
    place = SEGMENT.space, SEGMENT.device
    assert set_aside.find(raw, *place, found[0].hash) == changes[1][0]
    assert set_aside.find(raw, *place, bytes(32)) is None
    assert quarantine.listed(raw, record="another") == []
    set_aside.drop(raw, SEGMENT)
    assert quarantine.listed(raw) == []


def test_what_was_repeated_needs_no_decision_whichever_came_first(db: SqliteDatabase) -> None:
    raw, (change, body) = db.connection(), SEGMENT.changes()[0]
    hash = chain(SEGMENT.prev, body)
    again = repeating([change.device, change.seq, hash.hex()])
    for before in (True, False):
        raw.execute("DELETE FROM aside")
        if before:
            set_aside.note(raw, SEGMENT)
        set_aside.repeated(raw, SEGMENT.space, [again])
        set_aside.note(raw, SEGMENT)
        marks = {one.seq: one.adopted for one in quarantine.listed(raw)}
        assert marks.pop(change.seq) == "d-new:1" and set(marks.values()) == {None}


def test_nonsense_in_its_place_says_nothing(db: SqliteDatabase) -> None:
    raw = db.connection()
    for place in (None, 5, [], ["d", 1], ["d", "1", "00"], ["d", 1, "zz"], ["d", 1, None]):
        set_aside.repeated(raw, SEGMENT.space, [repeating(place)])
    assert quarantine.listed(raw) == []
