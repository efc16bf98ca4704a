"""Invite code: read as typed, however it was copied; a mistyped one is noticed here."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.text.code_letters import ALPHABET
from models.text.words import Refused
from sync.transport.http.invite_code import (
    BOND,
    SECRET,
    WRONG,
    Code,
    bond,
    hashed,
    new_secret,
    read,
    spelt,
)

hosts = st.ip_addresses().map(str) | st.sampled_from(["hub.example.com", "hub", "a-b.test"])
codes = st.builds(
    Code,
    hosts,
    st.integers(0, 65_535),
    st.binary(min_size=SECRET, max_size=SECRET),
    st.binary(min_size=BOND, max_size=BOND),
    st.booleans(),
    st.booleans(),
)
ONE = Code("hub.example.com", 8443, bytes(range(SECRET)), bytes(range(BOND)))


@given(codes)
def test_a_code_is_read_as_it_was_spelt(code: Code) -> None:
    text = spelt(code)
    assert read(text) == code
    assert all(len(group) <= 5 and set(group) <= set(ALPHABET) for group in text.split("-"))


def test_a_code_is_read_however_people_copy_it() -> None:
    text = spelt(ONE)
    typed = text.replace("0", "o").replace("1", "l").replace("V", "u")
    for other in (text.lower(), text.replace("-", " "), f"  {text}\n", typed):
        assert read(other) == ONE


@settings(max_examples=200)
@given(st.data())
def test_one_wrong_letter_is_noticed(data: st.DataObject) -> None:
    text = spelt(ONE)
    places = [n for n, char in enumerate(text) if char != "-"]
    at = data.draw(st.sampled_from(places))
    letter = data.draw(st.sampled_from(ALPHABET.replace(text[at], "")))
    with pytest.raises(Refused) as caught:
        read(text[:at] + letter + text[at + 1 :])
    assert caught.value.word is WRONG


@given(st.text(max_size=40))
def test_any_other_text_is_no_code(text: str) -> None:
    with pytest.raises(Refused):
        read(text)


def test_too_long_a_text_is_not_even_counted() -> None:
    for text in ("", "-", "Z" * 501, "A" * 100_000):
        with pytest.raises(Refused):
            read(text)


def test_a_code_says_where_the_hub_is() -> None:
    assert ONE.url == "https://hub.example.com:8443"
    assert ONE._replace(host="::1", plain=True).url == "http://[::1]:8443"


def test_the_bond_is_of_one_authority_and_one_organisation() -> None:
    found = {bond("", root, plain=True) for root in (b"", b"1", b"2")}
    assert len(found) == 3 and all(len(one) == BOND for one in found)


def test_the_hub_keeps_no_secret() -> None:
    secret = new_secret()
    assert len(secret) == SECRET and secret != new_secret()
    assert secret.hex() not in hashed(secret) and hashed(secret) == hashed(bytes(secret))
    assert hashed(random.Random(1).randbytes(SECRET)) != hashed(random.Random(2).randbytes(SECRET))
