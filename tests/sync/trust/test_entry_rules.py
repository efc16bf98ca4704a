"""Entry rules: the form of every value and every kind, before any of them changes the roster."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import Refused, W
from sync.trust import entry_rules
from sync.trust.entry_rules import ACTS, NO_DEVICE, NOT_ADMIN, WRONG, public_of, shaped
from sync.trust.membership_entry import START, EntryStatement
from tests.support.signers import company, signer, staffed

SHAPES: dict[str, tuple[list[object], list[object]]] = {
    "is_id": (["p1", "A-9", "x" * 64], ["", "x" * 65, "a b", "a\n", "名", 5, None]),
    "is_text": (["", "林工", "x" * 200], ["x" * 201, "a\0", "\ud800", 5, None, []]),
    "is_name": (["林"], ["", "  ", "a\0", 5]),
    "is_role": (["engineer", "new_role"], ["", "Engineer", "_x", "x" * 41, 5, None]),
    "are_roles": ([[], ["a", "b"]], [["b", "a"], ["a", "a"], ["A"], "ab", None]),
    "is_place": (["*", "one"], ["", "**", 5]),
    "is_tag": (["A", "ZZZZ"], ["", "a", "AAAAA", "A1", 5]),
    "is_key": (["0f" * 32], ["0F" * 32, "0f" * 31, "", 5]),
    "is_flag": ([True, False], [0, 1, None, "yes"]),
    "is_level": ([1, 2], [0, -1, True, 2**53, "2", None]),
    "are_positions": (
        [{}, {"d1": {}}, {"d1": {"p:one": [3, "0f" * 32]}}],
        [{"a b": {}}, {"d1": []}, {"d1": {"p:one": 3}}, {"d1": {"p:one": [3, ""]}}, [], None],
    ),
    "are_ends": (
        [{}, {"p:one": 0, "company": 2**53 - 1}],
        [{"p:one": -1}, {"p:one": True}, {"p:one": 2**53}, {"x" * 201: 1}, [], None],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_value_has_its_form_or_is_refused(name: str) -> None:
    right, wrong = SHAPES[name]
    question = getattr(entry_rules, name)
    assert [one for one in right if not question(one)] == []
    assert [one for one in wrong if question(one)] == []


def test_every_form_is_tested() -> None:
    asked = {
        one.__name__ for act in ACTS.values() for one in (*act.shape.values(), *act.taking.values())
    }
    assert asked <= SHAPES.keys()


values = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.lists(st.text())


@given(st.sampled_from(sorted(ACTS)), st.dictionaries(st.text(max_size=3), values, max_size=3))
def test_a_body_of_another_form_is_refused(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(Refused) as caught:
        shaped(said(kind, body))
    assert caught.value.word is WRONG


def said(kind: str, body: dict[str, Any], by: str = "d0") -> EntryStatement:
    """An entry that says this."""
    return EntryStatement(1, 2, START, kind, by, body)


def test_a_field_too_many_is_refused() -> None:
    body = {"person": "p3", "name": "新人", "title": ""}
    shaped(said("person", body))
    with pytest.raises(Refused):
        shaped(said("person", body | {"extra": 1}))


def test_the_founders_entry_brings_its_own_key() -> None:
    log = company()
    body: dict[str, Any] = {
        "organisation": "o", "name": "n", "person": "p", "person_name": "名", "title": "",
        "device": "d", "device_name": "", "key": "0f" * 32, "tag": "A", "roles": [],
    }  # fmt: skip
    assert public_of(log, said("found", body, "d")) == bytes.fromhex("0f" * 32)
    with pytest.raises(Refused) as caught:
        public_of(log, said("found", body, "another"))
    assert caught.value.word is WRONG


def test_only_an_administrators_working_device_signs() -> None:
    log = staffed()
    person = {"person": "p3", "name": "新人", "title": ""}
    assert public_of(log, said("person", person, "d0")) == signer(0).public
    refused(NOT_ADMIN, lambda: public_of(log, said("person", person, "d1")))
    refused(NO_DEVICE, lambda: public_of(log, said("person", person, "d9")))
    more = log.admit("p0", "d5", signer(5).public, "", signer(0))
    stopped = more.append("revoke", {"device": "d0", "last": {}}, signer(5))
    refused(NO_DEVICE, lambda: public_of(stopped, said("person", person, "d0")))


def refused(word: W, act: Any) -> None:
    """Check which sentence refuses."""
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.word is word
