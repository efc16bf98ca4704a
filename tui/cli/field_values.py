"""Field values: FIELD=VALUE on the command line."""

from __future__ import annotations

from collections.abc import Iterable

import click

from models.text.words import W
from tui.cli.options import wrong

NO_SIGN = W(
    "“{text}”应写成 字段=值，例如 cause='电源故障'。",
    "“{text}” must be FIELD=VALUE, for example cause='power supply'.",
)
TWICE = W("字段“{field}”写了两次。", "The field “{field}” is given twice.")


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Field -> text as typed, '' where nothing follows the sign. Raises a usage error."""
    found: dict[str, str] = {}
    for text in texts:
        field, sign, value = text.partition("=")
        if not sign or not field:
            raise wrong(NO_SIGN, click.get_current_context(), text=text)
        if field in found:
            raise wrong(TWICE, click.get_current_context(), field=field)
        found[field] = value
    return found
