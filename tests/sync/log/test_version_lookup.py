"""Version lookup: numbers, times and records of versions, and what a change replaces here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import Refused, W
from sync.changes.pruned import PrunedChange
from sync.log import parked, quarantine
from sync.log.version_lookup import AHEAD, VersionLookup
from tests.sync.log.logged import DEVICE, NOW, change, write

WHY = Refused(W("不行", "no"))


def test_a_device_has_one_number(names: VersionLookup) -> None:
    one, two = names.idx("d1"), names.idx("d2")
    assert (names.idx("d1"), names.device(one), names.device(two)) == (one, "d1", "d2")
    assert names.local([("d2", 5), ("d1", 6), ("d3", 1)]) == [
        (two, 5),
        (one, 6),
        (names.idx("d3"), 1),
    ]
    with pytest.raises(KeyError):
        names.device(99)


def test_a_number_that_was_rolled_back_is_given_anew(names: VersionLookup) -> None:
    db = names._people.db
    with db.atomic() as transaction:
        gone = names.idx("d1")
        transaction.rollback()
    fresh = VersionLookup(names.db, names._people, names.space, NOW)
    assert fresh.idx("d2") == gone and fresh.idx("d1") != gone


def test_times_are_found_whichever_is_asked_first(names: VersionLookup) -> None:
    some = [change(seq) for seq in range(1, AHEAD + 10)]
    write(names, *some)
    idx = names.idx(DEVICE)
    for one in (some[3], some[0], some[-1], some[AHEAD + 1]):
        assert names.at((idx, one.seq)) == one.at
    with pytest.raises(KeyError):
        names.at((idx, 999))


def test_a_version_says_its_change_and_its_record(names: VersionLookup) -> None:
    write(names, change(1, "r1"), change(2, "r2"), left_out=(1,))
    idx = names.idx(DEVICE)
    bare, whole = names.change((idx, 1)), names.change((idx, 2))
    assert isinstance(bare, PrunedChange) and bare.fields == {} and bare.base == {"cause": []}
    assert whole == change(2, "r2")
    assert (names.record((idx, 1)), names.record((idx, 3)), names.change((idx, 3))) == (
        "r1",
        None,
        None,
    )


def test_what_is_remembered_is_forgotten_when_it_was_named(names: VersionLookup) -> None:
    names.remember([change(7, "r7")])
    dot = (names.idx(DEVICE), 7)
    assert names.record(dot) == "r7"
    names.drop((DEVICE, 7))
    assert names.record(dot) is None
    names.drop((DEVICE, 7))


def test_a_base_leads_past_what_is_refused(names: VersionLookup) -> None:
    write(names, *(change(seq) for seq in (1, 2, 3, 4)))
    idx = names.idx(DEVICE)
    assert names.base("cause", [(DEVICE, 3)]) == [(idx, 3)]
    quarantine.put(names, [(change(3), WHY), (change(2), WHY)])
    assert names.inert((idx, 3), "cause") and not names.inert((idx, 1), "cause")
    assert names.base("cause", [(DEVICE, 3)]) == [(idx, 3), (idx, 2), (idx, 1)]
    quarantine.lift(names, (DEVICE, 4), [(idx, 3)])
    assert names.base("cause", [(DEVICE, 3)]) == [(idx, 3)]


def test_only_the_registers_that_are_not_understood_are_inert(names: VersionLookup) -> None:
    write(names, change(1), change(2))
    idx = names.idx(DEVICE)
    parked.put(names, [(change(2), [("field", "cause")])])
    assert names.inert((idx, 2), "cause") and not names.inert((idx, 2), "state")
    assert names.parked == {(idx, 2): frozenset({"cause"})}
    parked.put(names, [(change(2), [("state", "state")])])
    assert names.parked == {(idx, 2): frozenset()} and names.inert((idx, 2), "place")


@given(st.lists(st.sampled_from([("field", "a"), ("value", "b"), ("type", "x")]), max_size=4))
def test_what_is_parked_at_once_is_what_the_table_says_later(found: list[tuple[str, str]]) -> None:
    kept: dict[tuple[int, int], frozenset[str]] = {}
    for one in found:
        VersionLookup._park(kept, (1, 1), one)
    whole = any(what == "type" for what, _ in found)
    expected = frozenset() if whole else frozenset(name for _, name in found)
    assert kept.get((1, 1), frozenset()) == expected


def test_a_voiding_saw_its_base_and_itself(names: VersionLookup) -> None:
    write(names, change(1), change(2, fields={"void": "x"}, base={"cause": [(DEVICE, 1)]}))
    idx = names.idx(DEVICE)
    assert names.saw((idx, 2)) == {(idx, 1), (idx, 2)}
    assert names.saw((idx, 9)) == {(idx, 9)}
