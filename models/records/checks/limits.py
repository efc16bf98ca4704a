"""Limits: what a measured value means by its limits, and where the last ones are heading.

Everything is decimal text and `Decimal`; a limit that is absent, or is no number, does not bind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import Literal

from models.frozen import NamedTuple
from models.schema.validation import MAX_DIGITS
from models.text.words import W, say

Where = Literal["in", "near", "out"]
NEAR = Decimal("0.1")
"""How near counts as near: this part of the room between two limits, or of the one limit."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?")
ENOUGH = 3
"""Readings that make a drift."""
FAR = 20
"""A limit that many readings ahead is no news."""

IN = W("在限值内", "within limits")
NEAR_HIGH = W("接近上限 {limit}", "near the high limit {limit}")
NEAR_LOW = W("接近下限 {limit}", "near the low limit {limit}")
OVER = W("超出上限 {limit}", "above the high limit {limit}")
UNDER = W("低于下限 {limit}", "below the low limit {limit}")
RISING = W("连续上升", "rising")
FALLING = W("连续下降", "falling")
AHEAD = W("{way}，照此再测 {count} 次就会越限", "{way}: out of limits in {count} more at this pace")


class Verdict(NamedTuple):
    """Where a reading is: within, near or beyond which limit."""

    where: Where
    side: Literal["", "low", "high"] = ""
    limit: str = ""
    """The limit it is near to or beyond, as declared."""

    def __str__(self) -> str:
        words = {"near": (NEAR_LOW, NEAR_HIGH), "out": (UNDER, OVER)}.get(self.where, (IN, IN))
        return say(words[self.side == "high"], limit=self.limit)


class Drift(NamedTuple):
    """Readings that go one way only, towards a limit that they will have passed in `ahead` more."""

    up: bool
    ahead: int

    def __str__(self) -> str:
        return say(AHEAD, way=RISING if self.up else FALLING, count=self.ahead)


def judge(reading: str, low: str | None, high: str | None) -> Verdict | None:
    """Where a reading is; one on the limit is near, not out.

    None where nothing can be said: without limits, and of what is no number.
    """
    value, least, most = number(reading), number(low), number(high)
    if value is None or (least is None and most is None):
        return None
    if most is not None and value > most:
        return Verdict("out", "high", str(high))
    if least is not None and value < least:
        return Verdict("out", "low", str(low))
    margin = _room(least, most) * NEAR
    if margin and most is not None and most - value <= margin:
        return Verdict("near", "high", str(high))
    if margin and least is not None and value - least <= margin:
        return Verdict("near", "low", str(low))
    return Verdict("in")


def drift(readings: Sequence[str], low: str | None, high: str | None) -> Drift | None:
    """Where readings (newest first) are heading, if that is a limit and not far away.

    At the average pace of at least three that rise, or fall, every time.
    """
    values = [value for text in readings if (value := number(text)) is not None]
    steps = [newer - older for newer, older in pairwise(values)]
    if len(values) < ENOUGH or not (all(s > 0 for s in steps) or all(s < 0 for s in steps)):
        return None
    up = steps[0] > 0
    limit, now = number(high if up else low), judge(readings[0], low, high)
    if limit is None or now is None or now.where == "out":
        return None
    pace = abs(values[0] - values[-1]) / len(steps)
    ahead = int((abs(limit - values[0]) / pace).to_integral_value(ROUND_CEILING))
    if abs(limit - values[0]) == ahead * pace:
        ahead += 1  # then it is on the limit, which is not beyond it
    return Drift(up, ahead) if ahead <= FAR else None


def number(text: str | None) -> Decimal | None:
    """The number a text holds; None for none, and for what another device wrote that is none."""
    if not text or len(text) > MAX_DIGITS or _NUMBER.fullmatch(text) is None:
        return None
    return Decimal(text)


def span(low: str | None, high: str | None) -> str:
    """The limits in short: '18 - 27', '-14 .. -1', '<= 70', '>= 30', or nothing."""
    if low and high:
        return f"{low} .. {high}" if high.startswith("-") else f"{low} - {high}"
    return f"<= {high}" if high else f">= {low}" if low else ""


def _room(low: Decimal | None, high: Decimal | None) -> Decimal:
    if low is not None and high is not None:
        return high - low
    return abs(high if high is not None else low or Decimal(0))
