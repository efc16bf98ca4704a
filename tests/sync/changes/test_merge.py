"""The merge, situation by situation; the numbers are those of the sync cases."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.changes.change import Change, Dot
from sync.changes.merge import (
    LIVING,
    Register,
    Version,
    apply,
    conflicts,
    in_conflict,
    merge,
    missing,
    passed,
    past_creations,
    seen,
    shown,
)
from tests.support.random_histories import RANK, Replica, Rules

YEAR = 365 * 24 * 3600 * 1000
R = "R1"


def _team(names: str, **skews: int) -> list[Replica]:
    """Replicas that all hold the record as A made it."""
    team = [Replica(name, Rules(), skews.get(name, 0)) for name in names]
    team[0].save(team[0].open(R), {"state": "open", "cause": "?", "place": "hall"}, 1000)
    for other in team[1:]:
        _give(team[0], other)
    return team


def _give(giver: Replica, taker: Replica) -> None:
    taker.receive(giver.since(taker.held) or [])


def _meet(*team: Replica) -> None:
    for _ in range(2):
        for giver in team:
            for taker in team:
                _give(giver, taker)
    assert all(r.states == team[0].states and r.held == team[0].held for r in team)
    assert not any(r.inbox for r in team)


def _edit(replica: Replica, now: int = 2000, resolve: bool = False, **values: object) -> Change:
    return replica.save(replica.open(R), values, now, resolve)


def _shown(replica: Replica, name: str) -> object:
    rank = {"state": RANK, "void": LIVING}.get(name)
    return shown(replica.states[R][name], rank).value


def _values(replica: Replica, name: str) -> list[object]:
    return sorted((v.value for v in replica.states[R][name]), key=str)


def test_case_1_different_fields_are_both_kept() -> None:
    a, b = _team("AB")
    _edit(a, cause="fan")
    _edit(b, place="roof")
    _meet(a, b)
    assert (_shown(a, "cause"), _shown(a, "place")) == ("fan", "roof")
    assert in_conflict(a.states[R]) == []


def test_case_2_different_values_one_shown_the_other_listed_with_author_and_time() -> None:
    a, b = _team("AB")
    _edit(a, 2000, cause="fan")
    _edit(b, 3000, cause="cable")
    _meet(a, b)
    assert in_conflict(a.states[R]) == ["cause"]
    assert _shown(a, "cause") == _shown(b, "cause") == "cable"
    (loser,) = [v for v in a.states[R]["cause"] if v.value == "fan"]
    assert (loser.device, loser.seq, loser.at >> 16) == ("A", 2, 2000)


def test_case_3_the_same_value_twice_is_no_conflict_and_reaches_a_third() -> None:
    for first, second in permutations("AB"):
        a, b, c = _team("ABC")
        _edit(a, cause="fan")
        _edit(b, cause="fan")
        sides = {"A": a, "B": b}
        for side in (first, second):
            _give(sides[side], c)
            assert (_shown(c, "cause"), in_conflict(c.states[R])) == ("fan", [])
        _edit(c, cause="belt")
        _meet(a, b, c)
        assert _values(a, "cause") == ["belt"]


def test_case_4_the_number_of_edits_does_not_decide() -> None:
    a, b = _team("AB")
    for value in ("1", "2", "3"):
        _edit(a, cause=value)
    _edit(b, cause="once")
    _meet(a, b)
    assert in_conflict(b.states[R]) == ["cause"]
    assert _values(b, "cause") == ["3", "once"]


def test_case_5_there_and_back_is_still_an_edit() -> None:
    a, b = _team("AB")
    _edit(a, cause="y")
    _edit(a, cause="?")
    _edit(b, cause="z")
    _meet(a, b)
    assert _values(a, "cause") == ["?", "z"]
    assert in_conflict(a.states[R]) == ["cause"]


@pytest.mark.parametrize("skew", [0, -YEAR, 75 * YEAR])
def test_case_6_an_edit_after_receiving_is_no_conflict_whatever_the_clocks(skew: int) -> None:
    a, b = _team("AB", A=-skew, B=skew)
    _edit(a, 10 * YEAR, cause="fan")
    _give(a, b)
    _edit(b, 10 * YEAR, cause="cable")
    _meet(a, b)
    assert _values(a, "cause") == ["cable"]


def test_case_7_a_form_opened_before_the_sync_conflicts() -> None:
    a, b = _team("AB")
    form = b.open(R)
    _edit(a, cause="fan")
    _give(a, b)
    b.save(form, {"cause": "cable"}, 3000)
    assert _values(b, "cause") == ["cable", "fan"]
    _meet(a, b)
    assert in_conflict(a.states[R]) == ["cause"]


def test_two_forms_open_on_one_device_conflict_too() -> None:
    (a,) = _team("A")
    one, two = a.open(R), a.open(R)
    a.save(one, {"cause": "fan"}, 2000)
    a.save(two, {"cause": "cable"}, 3000)
    assert in_conflict(a.states[R]) == ["cause"]


def test_case_8_every_order_and_grouping_of_three_gives_the_same() -> None:
    team = _team("ABC")
    edits = [_edit(r, 2000 + i % 2, cause=r.name, place="x") for i, r in enumerate(team)]
    start = team[0].bodies[("A", 1)]
    wanted = Replica("D", Rules())
    wanted.receive([start, *edits])
    for order in permutations(edits):
        for cut in range(4):
            other = Replica("D", Rules())
            other.receive([*order[:cut]])
            other.receive([start, *order[cut:], *order])
            assert (other.states, other.held) == (wanted.states, wanted.held)
    assert _values(wanted, "cause") == ["A", "B", "C"]
    assert in_conflict(wanted.states[R]) == ["cause"]


@pytest.mark.parametrize(("first", "second", "left"), [("x", "x", 1), ("x", "y", 2)])
def test_case_9_two_resolutions_at_once(first: str, second: str, left: int) -> None:
    a, b = _team("AB")
    _edit(a, cause="fan")
    _edit(b, cause="cable")
    _meet(a, b)
    _edit(a, resolve=True, cause=first)
    _edit(b, resolve=True, cause=second)
    _meet(a, b)
    assert len(set(_values(a, "cause"))) == left
    assert in_conflict(a.states[R]) == ["cause"] * (left - 1)
    _edit(a, resolve=True, cause="end")
    _meet(a, b)
    assert _values(b, "cause") == ["end"]


def test_case_10_editing_what_is_shown_keeps_the_loser_listed() -> None:
    a, b = _team("AB")
    _edit(a, 2000, cause="fan")
    _edit(b, 3000, cause="cable")
    _meet(a, b)
    _edit(a, 4000, cause="belt")
    _meet(a, b)
    assert _values(b, "cause") == ["belt", "fan"]
    assert in_conflict(b.states[R]) == ["cause"]


def test_editing_a_value_written_twice_replaces_both() -> None:
    a, b, c = _team("ABC")
    _edit(a, cause="fan")
    _edit(b, cause="fan")
    _edit(c, cause="cable", now=1)
    _meet(a, b, c)
    _edit(a, cause="belt")
    _meet(a, b, c)
    assert _values(c, "cause") == ["belt", "cable"]


def test_case_11_one_natural_key_made_twice_is_one_record() -> None:
    a, b = Replica("A", Rules()), Replica("B", Rules())
    _edit(a, state="open", cause="fan")
    _edit(b, state="open", place="roof")
    _meet(a, b)
    assert {name: _shown(a, name) for name in a.states[R]} == {
        "state": "open",
        "cause": "fan",
        "place": "roof",
    }
    assert in_conflict(a.states[R]) == []


def test_case_13_a_void_and_a_concurrent_edit_are_both_seen() -> None:
    a, b = _team("AB")
    _edit(a, void="twice")
    _edit(b, cause="fan")
    _meet(a, b)
    for r in (a, b):
        assert (_shown(r, "void"), _shown(r, "cause")) == ("twice", "fan")
        assert r.against_void(R)


def test_a_void_whose_form_was_opened_before_the_edit_came_is_concurrent() -> None:
    a, b = _team("AB")
    form = a.open(R)
    _edit(b, cause="fan")
    _give(b, a)
    a.save(form, {"void": "twice"}, 3000)
    assert a.against_void(R)


def test_a_void_that_saw_all_versions_hides_rivals_too() -> None:
    a, b = _team("AB")
    _edit(a, cause="fan")
    _edit(b, cause="cable")
    _meet(a, b)
    _edit(a, void="twice")
    _meet(a, b)
    assert not b.against_void(R)
    assert _values(b, "cause") == ["cable", "fan"]


def test_case_14_an_edit_by_somebody_who_saw_the_void_restores() -> None:
    a, b = _team("AB")
    _edit(a, void="twice")
    _give(a, b)
    _edit(b, cause="fan")
    _meet(a, b)
    assert _shown(a, "void") is None
    assert not a.against_void(R)
    assert in_conflict(a.states[R]) == []


def test_case_15_two_voids_agree_whatever_their_reasons() -> None:
    a, b = _team("AB")
    _edit(a, void="twice")
    _edit(b, void="wrong site")
    _meet(a, b)
    assert _shown(a, "void") is not None
    assert in_conflict(a.states[R]) == []
    assert not a.against_void(R)


def test_voiding_again_against_a_restoring_is_a_conflict_and_stays_visible() -> None:
    a, b = _team("AB")
    _edit(a, void="twice")
    _meet(a, b)
    _edit(a, 9000, void="wrong site")
    _edit(b, 3000, cause="fan")
    _meet(a, b)
    assert _shown(a, "void") is None
    assert in_conflict(a.states[R]) == ["void"]


def test_case_16_a_year_later_against_a_compacted_void() -> None:
    a, b = _team("AB")
    _edit(a, cause="belt")
    _edit(a, cause="fan")
    _edit(a, void="twice")
    new = Replica("C", Rules())
    new.take(a.snapshot())
    assert new.since({}) is None
    _edit(b, YEAR, place="roof")
    _give(b, new)
    assert new.against_void(R)
    assert {name: _shown(new, name) for name in new.states[R]} == {
        "state": "open",
        "cause": "fan",
        "place": "roof",
        "void": "twice",
    }
    b.take(new.snapshot())
    _give(b, a)
    assert a.states == b.states == new.states


def test_case_20_an_edit_without_its_cause_waits_and_then_agrees() -> None:
    a, b, c = _team("ABC")
    _edit(a, cause="fan")
    _give(a, c)
    change = _edit(c, cause="cable")
    b.receive([change])
    assert missing(change, b.held) == [("A", 2)]
    assert (_shown(b, "cause"), change.dot in b.inbox) == ("?", True)
    _meet(a, b, c)
    assert _values(b, "cause") == ["cable"]


def test_case_31_a_clock_of_2099_neither_blocks_nor_overrides() -> None:
    a, b = _team("AB", A=75 * YEAR)
    _edit(a, cause="fan")
    _give(a, b)
    b.skew = a.skew = 0
    _edit(b, cause="cable")
    _edit(a, place="roof")
    _edit(b, place="yard")
    _meet(a, b)
    assert _values(a, "cause") == ["cable"]
    assert in_conflict(a.states[R]) == ["place"]
    assert b.clock >> 16 == 2000


@pytest.mark.parametrize("heads", [1, 2, 3])
def test_case_42_a_snapshot_joined_into_unsent_work(heads: int) -> None:
    *team, late = _team("ABCD")
    for r in team[:heads]:
        _edit(r, cause=r.name)
        _give(r, team[0])
    _edit(late, cause="mine")
    _edit(late, place="roof")
    late.take(team[0].snapshot())
    assert _values(late, "cause") == [*"ABC"[:heads], "mine"]
    assert (_values(late, "place"), _values(late, "state")) == (["roof"], ["open"])
    assert in_conflict(late.states[R]) == ["cause"]
    _meet(*team, late)
    assert not late.inbox


def test_case_50_of_two_moves_the_less_advanced_state_is_shown() -> None:
    a, b = _team("AB")
    _edit(a, 2000, state="fixed")
    _edit(b, 3000, state="closed")
    _meet(a, b)
    assert _shown(a, "state") == "fixed"
    assert in_conflict(a.states[R]) == ["state"]


def test_case_51_closed_here_reopened_there_is_shown_as_open() -> None:
    a, b = _team("AB")
    _edit(a, state="verified")
    _meet(a, b)
    _edit(a, 9000, state="closed")
    _edit(b, 3000, state="open")
    _meet(a, b)
    assert _shown(a, "state") == _shown(b, "state") == "open"


def test_the_same_move_made_twice_keeps_both_authors_and_no_conflict() -> None:
    a, b = _team("AB")
    _edit(a, state="fixed")
    _edit(b, state="fixed")
    _meet(a, b)
    assert {v.device for v in a.states[R]["state"]} == {"A", "B"}
    assert in_conflict(a.states[R]) == []


def test_a_value_the_ranking_does_not_know_comes_last() -> None:
    register = (Version("A", 1, 1, "closed"), Version("B", 1, 9, "suspended"))
    assert shown(register, RANK).value == "closed"


def test_what_a_move_saw_must_come_first_as_well() -> None:
    move = {"saw": {"cause": [["B", 4]], "place": [["A", 2]]}}
    change = Change(
        "p:1", "C", 2, 0, "fix", R, 1, {"state": "ok"}, {"state": [("B", 3)]}, None, move
    )
    assert missing(change, {"A": 2, "B": 2}) == [("B", 3), ("B", 4), ("C", 1)]
    assert missing(change, {"A": 2, "B": 4, "C": 1}) == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (True, 1, True),
        (False, 0, True),
        ("1", 1, True),
        (None, "", True),
        ({"a": 1, "b": None}, {"b": None, "a": 1}, False),
        ({"a": True}, {"a": 1}, True),
        ("é", "e\u0301", True),
    ],
)
def test_values_are_told_apart_exactly(one: object, other: object, differ: bool) -> None:
    register = (Version("A", 1, 1, one), Version("B", 1, 2, other))
    assert conflicts(register) is differ
    assert len(seen(register)) == (1 if differ else 2)


versions = st.builds(
    Version,
    st.sampled_from("ABC"),
    st.integers(1, 5),
    st.integers(0, 4),
    st.sampled_from(["open", "fixed", None, True, 1, {"a": 1}]),
)
registers = st.lists(versions, max_size=5, unique_by=lambda v: v.dot).map(
    lambda vs: tuple(sorted(vs, key=lambda v: v.dot))
)
steady = settings(derandomize=True, database=None, deadline=None, max_examples=200)


@steady
@given(registers.filter(bool), st.sampled_from([None, RANK, LIVING]), st.randoms())
def test_what_is_shown_does_not_depend_on_order(register: Register, rank, random) -> None:  # type: ignore[no-untyped-def]
    turned = list(register)
    random.shuffle(turned)
    assert shown(tuple(turned), rank) == shown(register, rank)
    assert shown(register, rank).dot in seen(register, rank)


@steady
@given(registers, st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 5))), versions)
def test_a_change_removes_exactly_what_it_names(
    register: Register, base: list[Dot], new: Version
) -> None:
    after = apply(register, base, new)
    kept = {v.dot for v in register if v.dot not in base}
    assert {v.dot for v in after} == kept | {new.dot}
    assert apply(after, base, new) == after


@steady
@given(registers, st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 5))), versions)
def test_a_change_without_values_leaves_what_its_successor_leaves(
    register: Register, base: list[Dot], new: Version
) -> None:
    """Whether a replaced change came with its values or without makes no difference."""
    early = Change("p:1", "D", 9, 0, "fix", R, 9, {"x": "early"}, {"x": base})
    bare = replace(early, fields={})
    late = Change("p:1", new.device, 6, 0, "fix", R, 6, {"x": new.value}, {"x": [early.dot]})
    state = {"x": register}
    assert merge(merge(state, early), late) == merge(passed(state, bare), late)


@st.composite
def _begun_by_several(draw: st.DrawFn) -> list[tuple[Version, list[Dot], bool]]:
    """The state of a record of one natural key: (version, what it saw, whether it is a creation).

    Every device creates it and moves it on; each move saw what its device knew by then.
    """
    some = [(Version(name, 1, 0, "open"), list[Dot](), True) for name in "ABC"]
    known: dict[str, set[Dot]] = {name: {(name, 1)} for name in "ABC"}
    for number in range(draw(st.integers(1, 5))):
        name = draw(st.sampled_from("ABC"))
        known[name] |= known[draw(st.sampled_from("ABC"))]
        register = _after([one for one in some if one[0].dot in known[name]])
        value = draw(st.sampled_from(("open", "fixed", "closed")))
        new = Version(name, 2 + number, number, value)
        some.append((new, seen(register, RANK), False))
        known[name].add(new.dot)
    return some


def _after(changes: list[tuple[Version, list[Dot], bool]], *, at_once: bool = False) -> Register:
    creations = [version.dot for version, _, born in changes if born]
    register: Register = ()
    for version, base, _ in changes:
        register = apply(register, base, version)
        register = register if at_once else past_creations(register, creations)
    return past_creations(register, creations)


@settings(max_examples=300, deadline=None)
@given(changes=_begun_by_several(), data=st.data())
def test_case_11_creations_are_no_rivals_of_a_move_in_any_order(
    changes: list[tuple[Version, list[Dot], bool]], data: st.DataObject
) -> None:
    whole = _after(changes, at_once=True)
    assert _after(changes) == whole
    left, ordered = list(changes), list[tuple[Version, list[Dot], bool]]()
    while left:  # whatever order keeps causes before effects
        here = {version.dot for version, _, _ in ordered}
        ready = [one for one in left if here.issuperset(one[1])]
        ordered.append(data.draw(st.sampled_from(ready)))
        left.remove(ordered[-1])
    assert _after(ordered) == whole
    moves = {version.dot for version, _, born in changes if not born}
    assert {version.dot for version in whole} <= moves


def test_case_11_creations_alone_are_one_state() -> None:
    both = (Version("A", 1, 5, "open"), Version("B", 1, 6, "open"))
    assert past_creations(both, [("A", 1), ("B", 1)]) == both
    assert not conflicts(both)
