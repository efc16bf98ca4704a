"""Figure text: a figure's value as people read it; what cannot be assessed is said so."""

from __future__ import annotations

from models.derived.figures import NOT_ASSESSABLE, Figure
from models.text.words import W, say

SHARE = W("{value}%（n={n}）", "{value}% (n={n})")
HOURS = W("{value} 小时", "{value} h")
OF = W("{value}（共 {n}）", "{value} (of {n})")
FORMULA = W("{formula}（公式第 {version} 版）", "{formula} (formula version {version})")


def said(one: Figure) -> str:
    """The value with its unit, and the cases where they are more."""
    if one.value is None:
        return str(NOT_ASSESSABLE)
    if one.kind.unit == "%":
        return say(SHARE, value=one.value, n=one.n)
    if one.kind.unit == "h":
        return say(HOURS, value=one.value)
    return say(OF, value=one.value, n=one.n) if one.n != one.value else str(one.value)


def formula(one: Figure) -> str:
    """How it is calculated, and the version of that."""
    return say(FORMULA, formula=one.kind.formula, version=one.version)
