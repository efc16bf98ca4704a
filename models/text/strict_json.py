"""Strict JSON: no name occurs twice and no number becomes a float.

`reader` is for what people write, where a number with a point is exact; `signed_reader` is for
what devices sign and send, where there is no such number.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn

from models.text.words import Refused, W


def reader(twice: W) -> Callable[[str], Any]:
    """Reads a text; `twice` refuses a repeated `{name}`. Raises `ValueError` for what is no JSON.

    NaN and Infinity are no JSON either, though Python takes them for it.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                raise Refused(twice, name=name)
            found[name] = value
        return found

    def constant(text: str) -> Any:
        raise ValueError(text)

    return json.JSONDecoder(
        object_pairs_hook=once, parse_float=Decimal, parse_constant=constant
    ).decode


def signed_reader(
    wrong: Callable[[str], NoReturn] | None = None, *, unique: bool = True, digits: int = 0
) -> Callable[[str], Any]:
    """Reads a text without any number with a point; `wrong` is called with one, and raises.

    Raises `ValueError` for what is no JSON, for a repeated name and for whole numbers of more than
    so many digits. Without `unique`, the caller compares the text with its canonical form, in
    which no name is repeated: that costs half as much.
    """
    never = wrong or _not_allowed

    def whole(text: str) -> int:
        if len(text) > digits:
            raise ValueError("a number out of bounds")
        return int(text)

    return json.JSONDecoder(
        object_pairs_hook=_once if unique else None,
        parse_float=never,
        parse_constant=never,
        parse_int=whole if digits else None,
    ).decode


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a repeated name")
    return found


def _not_allowed(text: str) -> NoReturn:
    raise ValueError(f"not allowed here: {text[:20]}")
