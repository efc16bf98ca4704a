"""Pruned: the chain and the merge go on over a stub as over the whole change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.changes.change import Change
from sync.changes.change import chain as chain_of
from sync.changes.pruned import PrunedChange, chain, change, digest, is_stub, made, read, stub
from tests.support.changes import runs

steady = settings(derandomize=True, database=None, deadline=None, max_examples=60)


@steady
@given(runs(most=3), st.binary(min_size=32, max_size=32))
def test_a_stub_stands_for_its_change_in_the_chain(run: list[Change], prev: bytes) -> None:
    for one in run:
        body = one.canonical()
        short = stub(one, body)
        assert is_stub(short) and not is_stub(body)
        assert digest(short) == digest(body)
        assert chain(prev, short) == chain(prev, body) == chain_of(prev, body)


@steady
@given(runs(most=3))
def test_of_a_stub_the_base_and_the_place_are_kept(run: list[Change]) -> None:
    for one in run:
        short = stub(one, one.canonical())
        row = (one.seq, one.at, one.type, one.record, short)
        found = change(one.space, one.device, *row)
        assert isinstance(found, PrunedChange)
        assert (found.dot, found.tx, found.fields, found.header) == (one.dot, one.tx, {}, None)
        assert found.base == {name: list(one.base.get(name, ())) for name in one.fields}
        whole = change(one.space, one.device, *row[:4], one.canonical())
        assert whole == one and not isinstance(whole, PrunedChange)


def test_the_same_base_is_always_the_same_bytes() -> None:
    one = made(bytes(32), 7, {"b": [("d", 1)], "a": [("原", 2), ('"', 3)]})
    assert one == made(bytes(32), 7, {"a": [("原", 2), ('"', 3)], "b": [("d", 1)]})
    assert read(one) == (7, {"a": [("原", 2), ('"', 3)], "b": [("d", 1)]})


@pytest.mark.parametrize(
    "rest", [b"", b"{}", b"[1]", b"[1,[]]", b'[1,{"a":[1]}]', b'["x",{}]', b"\xff"]
)
def test_what_is_no_stub_is_an_error_that_callers_know(rest: bytes) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        read(b"\0" + bytes(32) + rest)
