"""Entry rules: the form of every kind and who signs it, before any of them changes the roster."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import Refused, W
from sync.trust.entry_rules import ACTS, NOT_ADMIN, public_of, shaped
from sync.trust.membership_entry import START, EntryStatement
from sync.trust.steering.member_kinds import NO_DEVICE, WRONG
from tests.support.signers import company, signer, staffed

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
    stopped = more.append("revoke", {"device": "d0", "heads": {}}, signer(5))
    refused(NO_DEVICE, lambda: public_of(stopped, said("person", person, "d0")))


def refused(word: W, act: Any) -> None:
    """Check which sentence refuses."""
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.word is word
