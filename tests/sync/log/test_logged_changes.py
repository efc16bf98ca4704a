"""Logged changes: every question about the log's tables, whole bodies and stubs."""

from __future__ import annotations

import pytest

from sync.changes.change import genesis
from sync.changes.pruned import is_stub
from sync.log import logged_changes as log
from sync.log.version_lookup import VersionLookup
from tests.sync.log.logged import DEVICE, HEADER, SPACE, change, write

BORN = change(1, "r1", header=HEADER, fields={"state": "open"}, base={})


@pytest.fixture
def hashes(names: VersionLookup) -> list[bytes]:
    """r1 is created and edited twice, r2 is edited without its creation; 2 is left out."""
    some = (BORN, change(2), change(3), change(4, "r2"))
    return write(names, *some, left_out=(2,))


def test_changes_are_found_by_space_record_and_segment(
    names: VersionLookup, hashes: list[bytes]
) -> None:
    db, idx = names.db, names.idx(DEVICE)
    assert log.spaces(db) == [SPACE]
    assert [row[1] for row in log.of_space(db, SPACE)] == [1, 2, 3, 4]
    assert [row[1] for row in log.of_record(db, SPACE, "r1")] == [1, 2, 3]
    assert log.of_record(db, "company", "r1") == []
    assert [row.seq for row in log.of_segment(db, SPACE, idx, 1, 3)] == [2, 3]
    assert [seq for seq, _, _ in log.links(db, SPACE, idx, 2)] == [3, 4]
    assert log.along(db, SPACE, idx, 1, 4) == [("fix", "r1"), ("fix", "r2")]


def test_a_hash_is_that_of_the_chain(names: VersionLookup, hashes: list[bytes]) -> None:
    idx = names.idx(DEVICE)
    assert log.hash_at(names.db, SPACE, DEVICE, idx, 0) == genesis(SPACE, DEVICE)
    found = [log.hash_at(names.db, SPACE, DEVICE, idx, seq) for seq in (1, 2, 3, 4)]
    assert found == hashes


def test_a_creation_is_found_whatever_else_is_kept(
    names: VersionLookup, hashes: list[bytes]
) -> None:
    db, idx = names.db, names.idx(DEVICE)
    (born,) = log.births(db, "r1")
    assert born == (SPACE, idx, 1, BORN.canonical())
    assert list(log.births(db, "r2")) == [] and not log.is_born(db, SPACE, "r2")
    assert log.is_born(db, SPACE, "r1") and not log.is_born(db, "company", "r1")


def test_a_text_that_looks_like_a_header_is_no_creation(names: VersionLookup) -> None:
    write(names, change(1, fields={"cause": ',"h":{'}))
    assert list(log.births(names.db, "r1")) == [] and not log.is_born(names.db, SPACE, "r1")


def test_records_are_known_but_for_the_changes_passed_over(
    names: VersionLookup, hashes: list[bytes]
) -> None:
    db, idx = names.db, names.idx(DEVICE)
    many = [f"x{n}" for n in range(log.CHUNK)]
    assert log.known(db, ["r1", *many, "r2"], SPACE) == {"r1", "r2"}
    assert log.known(db, ["r1", "r2"], SPACE, (idx, 4)) == {"r1"}
    assert log.known(db, ["r1", "r2"], "company", (idx, 1)) == {"r1", "r2"}


def test_values_left_out_are_noted_and_filled(names: VersionLookup, hashes: list[bytes]) -> None:
    db, idx = names.db, names.idx(DEVICE)
    assert log.left_out(db, SPACE, idx, 1, 4) == {2: ("fix", "r1")}
    assert len(log.kept_bodies(db, SPACE, "r1")) == 2
    log.note_lacking(db, SPACE, "r1", [(idx, 2), (idx, 3)])
    log.note_lacking(db, SPACE, "r1", [(idx, 2)])
    assert log.lacking(db, SPACE) == {idx: 2} and log.lacking(db, "company") == {}
    assert log.lacking_spaces(db) == [SPACE]
    log.fill(db, SPACE, idx, [(change(2), change(2).canonical())])
    assert log.left_out(db, SPACE, idx, 1, 4) == {} and log.lacking(db, SPACE) == {idx: 3}
    assert not any(map(is_stub, log.kept_bodies(db, SPACE, "r1")))
    assert log.change_of(db, SPACE, DEVICE, idx, 2) == change(2)
