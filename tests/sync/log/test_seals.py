"""Seals: where a chain is cut into segments, and how far each one is signed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.log import seals
from sync.log.seals import Bounds, Seal
from sync.log.version_lookup import VersionLookup
from tests.sync.log.logged import DEVICE, SPACE, change, write


def put(names: VersionLookup, first: int, last: int, members: int = 3) -> Seal:
    """A seal of the device over some changes."""
    one = Seal(names.idx(DEVICE), first, last, bytes([last]) * 32, members, bytes(64))
    seals.put(names.db, SPACE, one)
    return one


def cut(names: VersionLookup) -> list[tuple[int, int]]:
    """The bounds of what is not sealed."""
    return [(one.first, one.last) for one in seals.unsealed(names.db, SPACE, names.idx(DEVICE))]


def test_a_seal_is_kept_once_and_listed_in_the_order_applied(names: VersionLookup) -> None:
    write(names, *(change(seq) for seq in range(1, 6)))
    first, second = put(names, 1, 2), put(names, 3, 5, members=4)
    seals.put(names.db, SPACE, first._replace(members=9))
    idx = names.idx(DEVICE)
    assert seals.of_space(names.db, SPACE) == [first, second]
    assert seals.ends(names.db, SPACE) == {(DEVICE, 2): first.hash, (DEVICE, 5): second.hash}
    assert (seals.top(names.db, SPACE, idx), seals.top(names.db, "company", idx)) == (5, 0)
    over = [seals.over(names.db, SPACE, idx, seq) for seq in range(1, 7)]
    assert over == [(1, 2, 3), (1, 2, 3), (3, 5, 4), (3, 5, 4), (3, 5, 4), None]
    before = [seals.before(names.db, SPACE, idx, seq) for seq in (1, 2, 3, 5, 6)]
    assert before == [0, 0, 3, 3, 4]


def test_what_follows_the_last_seal_is_unsealed(names: VersionLookup) -> None:
    assert cut(names) == []
    hashes = write(names, *(change(seq) for seq in (1, 2, 3)))
    assert cut(names) == [(1, 3)]
    put(names, 1, 1)
    (found,) = seals.unsealed(names.db, SPACE, names.idx(DEVICE))
    bodies = [change(seq).canonical() for seq in (2, 3)]
    assert found == Bounds(2, 3, hashes[2], bodies)
    assert seals.devices_unsealed(names.db, SPACE, [DEVICE, "d9"]) == [DEVICE]
    put(names, 2, 3)
    assert cut(names) == [] and seals.devices_unsealed(names.db, SPACE, [DEVICE]) == []


def test_a_segment_never_splits_a_transaction(
    names: VersionLookup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "CHANGES", 3)
    txs = [1, 2, 2, 2, 5, 6]
    write(names, *(change(seq, tx=tx) for seq, tx in enumerate(txs, 1)))
    assert cut(names) == [(1, 1), (2, 4), (5, 6)]


def test_a_transaction_beyond_every_bound_is_split(
    names: VersionLookup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "CHANGES", 2)
    monkeypatch.setattr(seals, "HARD_CHANGES", 4)
    write(names, *(change(seq, tx=1) for seq in range(1, 10)))
    assert cut(names) == [(1, 4), (5, 8), (9, 9)]


def test_large_changes_make_short_segments(
    names: VersionLookup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "BYTES", 700)
    write(names, *(change(seq, fields={"cause": "x" * 300}) for seq in range(1, 5)))
    assert cut(names) == [(1, 1), (2, 2), (3, 3), (4, 4)]


@given(st.integers(0, 30_000), st.integers(0, 5 << 20), st.integers(0, 30_000))
def test_a_cut_keeps_whole_transactions_as_long_as_it_can(
    count: int, size: int, begun: int
) -> None:
    """`begun`: how many of the changes collected come before the running transaction."""
    begun = min(begun, count)
    at = seals._cut(count, size, begun)
    small = count < seals.CHANGES and size <= seals.BYTES
    hard = count > 0 and (count >= seals.HARD_CHANGES or size > seals.HARD_BYTES)
    assert at == (begun or count if hard else 0 if small else begun)
    assert 0 <= at <= count
