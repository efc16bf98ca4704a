"""MessagePack values: plain values come out as they went in, anything else is a `ValueError`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgpack import ExtType, packb  # type: ignore[import-untyped]

from sync.encoding.msgpack_values import packed, unpacked

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 64) - 1) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=9,
)


@given(values)
def test_values_come_out_as_they_went_in(value: Any) -> None:
    assert unpacked(packed(value)) == value


@given(st.binary(max_size=40))
def test_noise_is_a_value_or_a_value_error(data: bytes) -> None:
    try:
        found = unpacked(data)
    except ValueError:
        return
    assert unpacked(packed(found)) == found


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        packb(1) + b"\0",
        b"\x91" * 100_000 + b"\0",
        packb(ExtType(1, b"x")),
        b"\xdd\xff\xff\xff\xff",
    ],
    ids=["nothing", "no code", "something after", "a bomb", "an extension", "a false length"],
)
def test_hostile_bytes_are_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        unpacked(data)
