"""Strict: JSON in which no name stands twice and no number becomes a float."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

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
