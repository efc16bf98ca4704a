"""Seals: right for exactly what was sealed, wrong for anything else."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sync.trust.seal import SealedHead, check, seal, vouch, vouched
from tests.support.signers import signer

texts = st.text(st.characters(codec="utf-8"), max_size=20)
heads = st.builds(
    SealedHead, texts, texts, texts, st.integers(0), st.binary(max_size=32), st.integers(0)
)


@settings(max_examples=200, deadline=None)
@given(heads, heads)
def test_a_seal_is_for_one_head(one: SealedHead, other: SealedHead) -> None:
    signature = seal(signer(1), one)
    assert len(signature) == 64
    assert check(signer(1).public, one, signature)
    assert not check(signer(2).public, one, signature)
    assume(one != other)
    assert not check(signer(1).public, other, signature)


HEAD = SealedHead("o", "p:one", "d1", 7, b"h" * 32, 3)


def test_every_part_counts() -> None:
    signature = seal(signer(1), HEAD)
    changed = [
        HEAD._replace(organisation="o2"),
        HEAD._replace(space="p:two"),
        HEAD._replace(device="d2"),
        HEAD._replace(seq=8),
        HEAD._replace(hash=b"i" * 32),
        HEAD._replace(members=4),
        HEAD._replace(organisation="op", space=":one"),
    ]
    assert not any(check(signer(1).public, head, signature) for head in changed)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 64 * 8 - 1))
def test_a_flipped_bit_breaks_it(bit: int) -> None:
    raw = bytearray(seal(signer(1), HEAD))
    raw[bit // 8] ^= 1 << bit % 8
    assert not check(signer(1).public, HEAD, bytes(raw))


def test_wrong_lengths_are_no_seal() -> None:
    assert not check(signer(1).public, HEAD, b"")
    assert not check(b"", HEAD, bytes(64))
    assert not check(bytes(33), HEAD, bytes(64))


def test_a_key_vouches_for_its_next_device_id_only() -> None:
    word = vouch(signer(1), "o", "d1", "d1b")
    assert vouched(signer(1).public, "o", "d1", "d1b", word)
    assert not vouched(signer(2).public, "o", "d1", "d1b", word)
    assert not vouched(signer(1).public, "o", "d1", "d1c", word)
    assert not vouched(signer(1).public, "o", "d2", "d1b", word)
    assert not vouched(signer(1).public, "o2", "d1", "d1b", word)
    assert not vouched(signer(1).public, "o", "d1b", "d1", word)
