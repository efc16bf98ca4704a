"""Compatibility: what this version shows of a change, one by one and of many at once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book.permissions import RESOLVE
from models.schema.record import kinds
from sync.changes import compatibility
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT, JUDGE, all_plain, unknown, whole

FIX, SHEET = kinds["fix"], kinds["sheet"]


def change(fields: dict[str, Any], type: str = "fix", **more: Any) -> Change:
    return Change("p:one", "d1", 2, 2, type, "r1", 2, fields, {}, **more)


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (change({"cause": "x", "typical": True, "cause_class": "software"}), []),
        (change({"cause": None, "cause_class": None, "void": None, ADOPT: "x"}), []),
        (change({"state": "fixed"}, move={"move": "fix"}), []),
        (change({"state": "fixed"}, move={"move": RESOLVE}), []),
        (change({"x": 1}, type="unheard"), [("type", "unheard")]),
        (change({"state": "fixed"}, move={"move": "warp"}), [("move", "warp")]),
        (change({"state": "in orbit"}), [("state", "state")]),
        (change({"state": None}), [("state", "state")]),
        (change({"colour": "red"}), [("field", "colour")]),
        (change({"cause": 5}), [("value", "cause")]),
        (change({"cause": ["x"]}), [("value", "cause")]),
        (change({"typical": 1}), [("value", "typical")]),
        (change({"found_during": "unheard"}), [("value", "found_during")]),
        (change({"cause_class": "of_a_newer_version"}), []),
        (change({"fixed_at": True}), [("value", "fixed_at")]),
        (change({"cause": "x", 'a"; DROP': 1}), [("field", 'a"; DROP')]),
    ],
)
def test_what_is_not_understood_is_named(one: Change, found: list[tuple[str, str]]) -> None:
    assert unknown(one) == found


def test_a_whole_change_waits_for_its_type_move_state_or_judge() -> None:
    assert [whole((what, "x")) for what in ("type", "move", "state", "judge")] == [True] * 4
    assert not whole(("field", "x")) and not whole(("value", "x")) and whole(JUDGE)


values = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just("software")


@given(st.sampled_from(sorted(FIX.registers())), st.lists(values, min_size=1, max_size=4))
def test_many_at_once_are_looked_at_as_one_by_one(register: str, some: list[Any]) -> None:
    alone = [not unknown(change({register: value})) for value in some]
    assert all_plain(FIX, register, some) is all(alone)


def test_a_voiding_or_an_adoption_is_never_one_of_many() -> None:
    assert not all_plain(FIX, ADOPT, ["x"]) and not all_plain(FIX, "void", ["x"])
    assert not all_plain(FIX, "unheard", ["x"])
    assert all_plain(FIX, "state", ["open", "fixed"])
    assert not all_plain(FIX, "state", ["open", "in orbit"])


def test_every_type_has_a_test_for_each_register() -> None:
    for cls in kinds.values():
        assert set(compatibility.tests_of(cls)) == {*cls.registers(), "state", "void", ADOPT}


def test_a_group_is_understood_with_all_of_its_members() -> None:
    several = [
        (cls, register, fields)
        for cls in kinds.values()
        for register, fields in cls.registers().items()
        if fields != (register,)
    ]
    assert several
    for cls, register, fields in several:
        fits = compatibility.tests_of(cls)[register]
        assert fits(None) and fits(dict.fromkeys(fields)) and fits({})
        assert not fits({"unheard": 1}) and not fits("x") and not fits({fields[0]: object()})
