"""Passphrase: only the right one opens the box, and no box makes the program work for ever."""

from __future__ import annotations

from typing import Any

import pytest

from models.text.words import Refused, W
from sync.trust import passphrase
from sync.trust.passphrase import EMPTY, UNREADABLE, WRONG, unwrap, wrap

SECRET, BOUND = bytes(range(32)), b"device d1"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same functions at a cost that tests can pay."""
    monkeypatch.setattr(passphrase, "ARGON2", {"memory": 64, "iterations": 1, "lanes": 1})
    monkeypatch.setattr(passphrase, "SCRYPT", {"n": 16, "r": 1, "p": 1})


def refused(word: W, box: dict[str, Any], typed: str = "开 sesame", bound: bytes = BOUND) -> None:
    """Check that a box does not open, and which sentence says so."""
    with pytest.raises(Refused) as caught:
        unwrap(box, typed, bound)
    assert caught.value.word is word


@pytest.mark.parametrize("kdf", ["argon2id", "scrypt"])
def test_the_right_passphrase_opens_the_box(kdf: str) -> None:
    box = wrap(SECRET, "开 sesame", BOUND, kdf)
    assert box["kdf"] == kdf
    assert unwrap(box, "开 sesame", BOUND) == SECRET
    assert unwrap(box, "开 ｓｅｓａｍｅ", BOUND) == SECRET
    refused(WRONG, box, "开 Sesame")
    refused(WRONG, box, bound=b"device d2")


def test_two_boxes_of_one_secret_have_nothing_in_common() -> None:
    one, other = (wrap(SECRET, "x", BOUND) for _ in range(2))
    assert not {one[part] for part in ("salt", "nonce", "data")} & set(other.values())
    assert SECRET.hex() not in str(one)


@pytest.mark.parametrize("typed", ["", "\ud800"])
def test_a_passphrase_that_says_nothing_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        wrap(SECRET, typed, BOUND)
    assert caught.value.word is EMPTY


@pytest.mark.parametrize(
    "harm",
    [
        {"kdf": "md5"},
        {"kdf": None},
        {"salt": "no hexadecimal"},
        {"nonce": "00"},
        {"data": 5},
        {"memory": 1 << 30},
        {"iterations": 0},
        {"lanes": True},
        {"memory": "64"},
    ],
    ids=str,
)
def test_a_damaged_box_is_unreadable_and_costs_nothing(harm: dict[str, Any]) -> None:
    refused(UNREADABLE, wrap(SECRET, "开 sesame", BOUND) | harm)


def test_a_box_without_a_part_is_unreadable() -> None:
    box = wrap(SECRET, "开 sesame", BOUND)
    for part in box:
        refused(UNREADABLE, {name: value for name, value in box.items() if name != part})


def test_an_altered_secret_is_noticed() -> None:
    box = wrap(SECRET, "开 sesame", BOUND)
    data = bytearray.fromhex(box["data"])
    data[0] ^= 1
    refused(WRONG, box | {"data": data.hex()})
