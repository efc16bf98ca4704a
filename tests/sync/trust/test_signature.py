"""Signature: right for its key and its bytes only; bytes of a wrong length are no signature."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.trust.signature import signed
from tests.support.signers import signer

KEY = signer(1)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_a_signature_is_of_one_key_and_these_bytes(data: bytes, other: bytes) -> None:
    signature = KEY.sign(data)
    assert signed(KEY.public, data, signature)
    assert signed(KEY.public, other, signature) == (other == data)
    assert not signed(signer(2).public, data, signature)


@given(st.integers(0, 511))
def test_a_flipped_bit_breaks_it(bit: int) -> None:
    signature = bytearray(KEY.sign(b"sitebook"))
    signature[bit // 8] ^= 1 << bit % 8
    assert not signed(KEY.public, b"sitebook", bytes(signature))


@pytest.mark.parametrize(("public", "signature"), [(31, 64), (33, 64), (32, 63), (32, 65), (0, 0)])
def test_a_wrong_length_is_no_signature(public: int, signature: int) -> None:
    assert not signed(KEY.public[:public].ljust(public, b"\0"), b"x", bytes(signature))
