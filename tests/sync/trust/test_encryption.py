"""Boxes: opened by those they were written to, and by nobody else."""

from __future__ import annotations

import pytest

from models.text.words import Refused
from sync.trust.encryption import WRONG, PassphraseLock, lock, unlock
from tests.support.signers import signer


def test_each_recipient_opens_it_and_nobody_else() -> None:
    box = lock(b"secret", [signer(1).public, signer(2).public])
    assert [unlock(box, signer(n)) for n in (1, 2, 3)] == [b"secret", b"secret", None]
    assert b"secret" not in box


def test_any_flipped_byte_closes_it() -> None:
    box = lock(b"secret", [signer(1).public])
    for at in range(len(box)):
        bad = bytearray(box)
        bad[at] ^= 1
        assert unlock(bytes(bad), signer(1)) is None, at


@pytest.mark.parametrize("key", [bytes(32), b"\xff" * 32, b"\x01" + bytes(31), b"short"])
def test_a_key_that_is_no_key_stops_nobody(key: bytes) -> None:
    assert unlock(lock(b"x", [key, signer(1).public]), signer(1)) == b"x"


def test_a_box_for_nobody_is_refused() -> None:
    with pytest.raises(Refused):
        lock(b"x", [])


def test_no_passphrase_is_none() -> None:
    """One that is typed, right and wrong, is met in the tests of a bundle."""
    lid = PassphraseLock.fresh()
    box = lid.lock(b"x")
    assert lid.unlock(box) == b"x" and PassphraseLock.fresh().unlock(box) is None
    for nothing in ("", " ", "a\nb"):
        with pytest.raises(Refused) as found:
            PassphraseLock.unwrapped(b"", nothing)
        assert found.value.word == WRONG
        with pytest.raises(Refused):
            lid.wrapped(nothing)
