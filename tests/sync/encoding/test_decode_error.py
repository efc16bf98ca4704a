"""Decode error: one sentence with the reason in it, in both languages."""

from __future__ import annotations

import pytest

from models.text.words import Refused
from sync.encoding import decode_error
from sync.encoding.decode_error import DAMAGED, MALFORMED, TOO_BIG, refuse

REASONS = [DAMAGED, decode_error.OTHER_SIZE, TOO_BIG, decode_error.TOO_MANY, decode_error.NO_ZSTD]


@pytest.mark.parametrize("why", REASONS)
def test_the_reason_stands_in_the_sentence(why: object) -> None:
    with pytest.raises(Refused) as caught:
        refuse(why)  # type: ignore[arg-type]
    assert caught.value.word is MALFORMED
    zh, en = caught.value.both()
    assert why.zh in zh and why.en in en  # type: ignore[attr-defined]


def test_without_a_reason_the_bytes_are_damaged() -> None:
    with pytest.raises(Refused) as caught:
        refuse()
    assert DAMAGED.en in caught.value.both().en
