"""Receipt: the hub's word is of one order of one space, and any other receipt is not signed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.transport.http.receipt import BEGUN, Receipt, check, heard, mark, sign, told
from tests.support.signers import signer

KEY = signer(1)
ONE = sign(KEY, "o", Receipt("e" * 16, "p:one", 3, bytes(32), {"d1": 7, "设备": 2}))


def test_a_receipt_is_read_as_it_was_told() -> None:
    assert heard(json.loads(json.dumps(told(ONE)))) == ONE
    assert check(KEY.public, "o", ONE)


@pytest.mark.parametrize(
    "more",
    [
        {"epoch": "f" * 16},
        {"space": "p:two"},
        {"n": 4},
        {"mark": bytes(31) + b"\1"},
        {"tips": {"d1": 8, "设备": 2}},
        {"tips": {"d1": 7}},
        {"signature": bytes(64)},
        {"signature": b""},
    ],
    ids=str,
)
def test_every_part_of_a_receipt_is_signed(more: dict[str, Any]) -> None:
    assert not check(KEY.public, "o", ONE._replace(**more))


def test_a_receipt_is_of_one_hub_and_one_organisation() -> None:
    assert not check(signer(2).public, "o", ONE) and not check(KEY.public, "p", ONE)


def test_the_order_of_the_tips_says_nothing() -> None:
    turned = ONE._replace(tips=dict(sorted(ONE.tips.items(), reverse=True)))
    assert check(KEY.public, "o", turned)


@given(
    st.lists(st.tuples(st.sampled_from(["d1", "d2"]), st.integers(1, 5), st.binary()), max_size=5)
)
def test_the_mark_is_of_the_whole_order(some: list[tuple[str, int, bytes]]) -> None:
    marks = [BEGUN]
    for device, last, hash in some:
        marks.append(mark(marks[-1], device, last, hash))
    assert len(set(marks)) == len(marks)
    if len(some) > 1 and some[0] != some[1]:
        other = mark(mark(BEGUN, *some[1]), *some[0])
        assert other != marks[2]


@pytest.mark.parametrize("part", ["epoch", "space", "n", "mark", "tips", "signature"])
def test_what_lacks_a_part_is_no_receipt(part: str) -> None:
    data = told(ONE)
    del data[part]
    assert heard(data) is None


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {**told(ONE), "mark": "x"}, {**told(ONE), "tips": []}, told(ONE) | {"n": "x"}],
    ids=range(6),
)
def test_anything_else_is_no_receipt(data: Any) -> None:
    assert heard(data) is None
