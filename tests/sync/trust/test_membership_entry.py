"""Membership entry: one canonical form, read as strictly as it is written."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import Refused, W
from sync.trust import membership_entry
from sync.trust.membership_entry import (
    DAMAGED,
    FORGED,
    LIMIT,
    START,
    TOO_LONG,
    EntryStatement,
    Head,
    MembershipEntry,
    are_heads,
    check,
    heads_heard,
    heads_told,
    read,
    write,
)
from tests.support.signers import signer

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
bodies = st.dictionaries(texts, st.integers() | texts | st.booleans() | st.none(), max_size=4)
SAID = EntryStatement(1, 2, START, "person", "d1", {"name": "林工"})


def entry(raw: bytes, n: int = 2) -> MembershipEntry:
    """An entry of these bytes with their true hash."""
    return MembershipEntry(n, hashlib.sha256(raw).digest(), raw, bytes(64))


def refused(word: W, one: MembershipEntry) -> None:
    """Check that an entry is not read, and which sentence says so."""
    with pytest.raises(Refused) as caught:
        read(one)
    assert caught.value.word is word


@given(bodies, st.integers(1, 9), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read_again(body: dict[str, Any], n: int, prev: bytes) -> None:
    said = EntryStatement(1, n, prev, "person", "d1", body)
    one = write(said, signer(1))
    assert read(one) == said and one.n == n
    check(one, signer(1).public)


@pytest.mark.parametrize("part", ["v", "n", "p", "k", "by", "body"])
def test_every_part_must_be_there_in_its_form(part: str) -> None:
    data = json.loads(write(SAID, signer(1)).body)
    values: list[Any] = [None, True, [], 0.5]
    for value in values:
        raw = json.dumps(data | {part: value}, sort_keys=True, separators=(",", ":"))
        refused(DAMAGED, entry(raw.encode()))
    data.pop(part)
    refused(DAMAGED, entry(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()))


def test_a_key_too_many_is_refused_but_in_a_later_form() -> None:
    data = json.loads(write(SAID, signer(1)).body) | {"z": 1}
    refused(DAMAGED, entry(canonical(data)))
    assert read(entry(canonical(data | {"v": 2}))).v == 2


def canonical(data: object) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_another_place_or_hash_is_damage() -> None:
    one = write(SAID, signer(1))
    refused(DAMAGED, one._replace(n=3))
    refused(DAMAGED, one._replace(hash=bytes(32)))
    refused(DAMAGED, entry(one.body + b" "))
    refused(DAMAGED, entry(b"[" * 100_000 + b"]" * 100_000))


@given(st.binary(max_size=60))
def test_noise_is_damage(raw: bytes) -> None:
    refused(DAMAGED, entry(raw))


def test_a_signature_of_another_key_or_purpose_is_a_forgery() -> None:
    one = write(SAID, signer(1))
    plain = one._replace(sig=signer(1).sign(one.body))
    for wrong, public in ((one, signer(2).public), (plain, signer(1).public)):
        with pytest.raises(Refused) as caught:
            check(wrong, public)
        assert caught.value.word is FORGED


def test_too_much_or_what_has_no_encoding_is_not_written() -> None:
    for body, word in (({"name": "x" * LIMIT}, TOO_LONG), ({"name": "\ud800"}, DAMAGED)):
        with pytest.raises(Refused) as caught:
            write(SAID._replace(body=body), signer(1))
        assert caught.value.word is word
    with pytest.raises(Refused):
        write(SAID._replace(body={"n": float("nan")}), signer(1))
    refused(DAMAGED, entry(b" " * (LIMIT + 1)))
    assert membership_entry.VERSION == 1


def test_positions_go_into_an_entry_and_come_back() -> None:
    heads = {"p:one": Head(7, b"\1" * 32), "company": Head(1, b"\2" * 32)}
    told = json.loads(json.dumps(heads_told(heads)))
    assert are_heads(told) and heads_heard(told) == heads
    assert are_heads({}) and are_heads({"p:one": [0, ""]})


@pytest.mark.parametrize(
    "head",
    [7, [7], [0, "00" * 32], [-1, "00" * 32], [True, "00" * 32], [7, "00"], [7, "0G" * 32], [7, 3],
     [1 << 53, "00" * 32], [7, "00" * 32, 1]],
)  # fmt: skip
def test_what_is_no_position(head: object) -> None:
    assert not are_heads({"p:one": head})
    assert not are_heads({"": [7, "00" * 32]}) and not are_heads({"x" * 201: [7, "00" * 32]})
    assert not are_heads([]) and not are_heads(None)
