"""Code letters: what is typed is what was printed, and what looks alike is read alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text import code_letters


@given(st.integers(0, 32**12 - 1))
def test_a_number_comes_back(number: int) -> None:
    text = code_letters.spelt(number, 12)
    assert [len(part) for part in text.split("-")] == [5, 5, 2]
    assert code_letters.number(text) == code_letters.number(text.lower().replace("-", " "))
    assert code_letters.number(text) == number


def test_what_looks_alike_is_the_same() -> None:
    assert code_letters.letters("o-i l u") == "011V"


@pytest.mark.parametrize(
    ("text", "why"), [("", "length"), ("--", "length"), ("甲", "substring"), ("A" * 501, "length")]
)
def test_what_is_no_number(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        code_letters.number(text)
