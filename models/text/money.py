"""Money: a currency and an exact amount, kept as one canonical text such as 'CNY 1234.5'.

The currency is the code of ISO 4217, the amount canonical decimal text. Nothing is rounded and no
float is made, so that sums are exact and the same on every device.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from models.frozen import NamedTuple
from models.text.words import W

USUAL = "CNY"
"""The currency of an amount that is typed without one."""
CURRENCIES: dict[str, W] = {
    "CNY": W("元", "CNY"),
    "USD": W("美元", "USD"),
    "EUR": W("欧元", "EUR"),
    "HKD": W("港元", "HKD"),
    "JPY": W("日元", "JPY"),
    "GBP": W("英镑", "GBP"),
}
"""The currencies that have a word; any other one is called by its code."""
DIGITS, PLACES = 18, 6
"""Most digits before the point, and after it."""
_SIGNS = {
    "¥": "CNY",
    "人民币": "CNY",
    "RMB": "CNY",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
}
_UNITS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_STORED = rf"[A-Z]{{3}} -?(0|[1-9]\d{{0,{DIGITS - 1}}})(\.\d{{0,{PLACES - 1}}}[1-9])?"
_TYPED = r"(?P<number>[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?)\s*(?P<unit>[万亿]?)"
"""Patterns, compiled when they are first used and not when the program starts."""


class Money(NamedTuple):
    """An amount in a currency."""

    currency: str
    amount: Decimal

    @property
    def text(self) -> str:
        """As it is stored."""
        found = format(self.amount.normalize(), "f")
        return f"{self.currency} {'0' if found == '-0' else found}"

    def __str__(self) -> str:
        """As people read it: '1,234.50 CNY', in Chinese '1,234.50 元'."""
        places = max(2, -int(self.amount.as_tuple().exponent))
        return f"{self.amount:,.{places}f} {CURRENCIES.get(self.currency, self.currency)}"


def is_money(value: str) -> bool:
    """Whether a text is an amount of money as it is stored."""
    return re.fullmatch(_STORED, value) is not None and not value.endswith(" -0")


def money_of(value: object) -> Money | None:
    """The amount that a field holds; None for none, and for what is none."""
    if not isinstance(value, str) or not is_money(value):
        return None
    currency, _, amount = value.partition(" ")
    return Money(currency, Decimal(amount))


def typed(text: str) -> str | None:
    """A typed amount as it is stored, or None: '1,234.5', '3.5万元', 'USD 20', '20 美元', '¥8'."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.search(_TYPED, plain)
    if found is None:
        return None
    beside = (plain[: found.start()] + plain[found.end() :]).strip()
    currency = _currency(beside) if beside else USUAL
    if currency is None:
        return None
    try:
        amount = Decimal(found["number"].replace(",", "")) * _UNITS.get(found["unit"], Decimal(1))
    except InvalidOperation:  # so many digits that it is no number any more
        return None
    made = Money(currency, amount).text
    return made if is_money(made) else None


def _currency(word: str) -> str | None:
    """The code that a sign, a word in either language or the code itself means."""
    for name, label in CURRENCIES.items():
        if word in label or word.upper() == name:
            return name
    return _SIGNS.get(word.upper()) or (word if re.fullmatch("[A-Z]{3}", word) else None)
