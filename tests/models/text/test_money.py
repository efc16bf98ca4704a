"""Money: exact, one text for one amount, read in the usual ways of writing it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.money import Money, is_money, money_of, typed
from models.text.words import language

AMOUNTS = st.decimals(
    min_value=-(10**15), max_value=10**15, places=2, allow_nan=False, allow_infinity=False
)


@given(AMOUNTS, st.sampled_from(["CNY", "USD", "XAF"]))
def test_an_amount_comes_back_exactly_as_typed_and_as_shown(amount: Decimal, code: str) -> None:
    made = Money(code, amount)
    assert is_money(made.text)
    assert money_of(made.text) == (code, amount)
    for lang in ("zh", "en"):
        language.now = lang
        assert typed(str(made)) == made.text
    assert typed(f"{code} {amount}") == made.text


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1,234.50", "CNY 1234.5"),
        ("１２３４．５", "CNY 1234.5"),
        ("3.5万", "CNY 35000"),
        ("3.5 万元", "CNY 35000"),
        ("0.2亿元", "CNY 20000000"),
        ("￥8", "CNY 8"),
        ("usd 20", "USD 20"),
        ("20 美元", "USD 20"),
        ("$20", "USD 20"),
        ("XAF 5", "XAF 5"),
        ("-0", "CNY 0"),
        ("-12.00", "CNY -12"),
        *((odd, None) for odd in ("", "元", "abc", "12 34", "12,34", "1e9", "5 xaf")),
        *((odd, None) for odd in ("9" * 19, "1.1234567", "9" * 100_000, "1.2.3", "..", "\x1b[2J5")),
    ],
)  # fmt: skip
def test_what_is_typed(text: str, stored: str | None) -> None:
    assert typed(text) == stored


@pytest.mark.parametrize(
    "odd", ["CNY 1.50", "CNY 01", "cny 1", "CNY", "1", "CNY -0", "CNY 1 ", "CNY ٣", 7, None, {}]
)
def test_what_is_stored_otherwise_is_no_amount(odd: object) -> None:
    assert money_of(odd) is None


def test_it_is_shown_in_both_languages() -> None:
    assert str(Money("CNY", Decimal("1234.5"))) == "1,234.50 元"
    assert str(Money("XAF", Decimal("0.125"))) == "0.125 XAF"
    language.now = "en"
    assert str(Money("CNY", Decimal(-1234567))) == "-1,234,567.00 CNY"
