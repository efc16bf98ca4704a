"""Pruning: what still counts or is asked for is kept, everything else may be left out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.changes.change import Change, LoggedRow
from sync.changes.merge import Register, merge
from sync.changes.pruned import PrunedChange, is_stub, stub
from sync.validation.pruning import WORTH, RemainingValues, dropped, pays

SPACE = "p:one"


def change(seq: int, *seen: int, register: str = "cause", device: str = "a", **more: Any) -> Change:
    """An edit of one register over some versions of the same device."""
    base = {register: [(device, one) for one in seen]}
    given: dict[str, Any] = {"fields": {register: str(seq)}, "tx": seq} | more
    fields, tx = given.pop("fields"), given.pop("tx")
    return Change(SPACE, device, seq, seq, "fix", "r1", tx, fields, base, **given)


def needed(*changes: Change, **flags: bool) -> set[int]:
    """The sequences to be kept; `flags` are said of the last change."""
    found = RemainingValues()
    for one in changes:
        found.add(one, **(flags if one is changes[-1] else {}))
    return {seq for _, seq in found.needed()}


def test_only_the_last_of_edits_is_needed() -> None:
    assert needed(change(1), change(2, 1), change(3, 2)) == {3}
    assert needed(change(1), change(2, register="place"), change(3, 1)) == {2, 3}


def test_before_an_open_conflict_people_want_to_see_what_was_there() -> None:
    assert needed(change(1), change(2, 1), change(3, 2), change(4, 2)) == {2, 3, 4}


@pytest.mark.parametrize(
    "more", [{"header": {"x": 1}}, {"move": {"move": "m"}}, {"extra": {"z": 1}}], ids=str
)
def test_creations_moves_and_what_is_not_understood_are_kept(more: dict[str, Any]) -> None:
    assert 2 in needed(change(1), change(2, 1, **more), change(3, 2))


@pytest.mark.parametrize("register", ["void", "@adopt"])
def test_voidings_and_adoptions_are_kept(register: str) -> None:
    first = change(1, register=register)
    assert 1 in needed(first, change(2, 1, register=register))


def test_what_a_move_is_judged_by_is_kept() -> None:
    before = [change(1), change(2, 1), change(3, 2, tx=2)]
    assert needed(*before, change(4, 3, tx=2, move={"move": "m"})) >= {2, 3, 4}
    assert 2 not in needed(*before, change(4, 3, move={"move": "m"}))


def test_what_is_inert_replaces_nothing_and_is_kept() -> None:
    assert needed(change(1), change(2, 1), inert=True) == {1, 2}
    assert needed(change(1), change(2, 1), kept=True) == {2}
    found = RemainingValues()
    found.add(change(1))
    found.add(change(2, 1), inert=True)
    found.add(change(3, 2))  # over the inert one, and so over what that would have replaced
    assert found.needed() == {("a", 2), ("a", 3)}


@given(st.lists(st.lists(st.integers(1, 6), max_size=3), min_size=1, max_size=6))
def test_what_the_merge_shows_is_always_needed(bases: list[list[int]]) -> None:
    changes = [
        change(seq, *sorted({one for one in seen if one < seq}))
        for seq, seen in enumerate(bases, 1)
    ]
    found, state = RemainingValues(), dict[str, Register]()
    for one in changes:
        found.add(one)
        state = merge(state, one)
    shown = {version.dot for register in state.values() for version in register}
    assert shown <= found.needed()


def row(one: Change) -> LoggedRow:
    return LoggedRow(one.seq, one.at, one.type, one.record, one.canonical())


def test_a_body_that_is_not_needed_becomes_a_stub() -> None:
    one, two, three = change(1), change(2, 1), change(3, 2)
    short = row(three)._replace(body=stub(three, three.canonical()))
    found = list(dropped("a", [row(one), row(two), short], {("a", 2), ("b", 1)}))
    assert [is_stub(r.body) for r in found] == [True, False, True]
    assert found[0].body == stub(one, one.canonical()) and found[2] == short
    assert [r.seq for r in found] == [1, 2, 3]


def test_a_stub_takes_away_what_its_change_replaced() -> None:
    found = RemainingValues()
    found.add(change(1))
    found.add(PrunedChange(SPACE, "a", 2, 2, "fix", "r1", 2, {}, {"cause": [("a", 1)]}))
    assert found.needed() == set()


@pytest.mark.parametrize(
    ("before", "after", "worth"),
    [
        (WORTH, 0, True),
        (WORTH - 1, 0, False),
        (4 * WORTH, 3 * WORTH, False),
        (4 * WORTH, 2 * WORTH, True),
    ],
)
def test_a_snapshot_pays_when_it_halves_and_saves_enough(
    before: int, after: int, worth: bool
) -> None:
    assert pays(before, after) is worth
