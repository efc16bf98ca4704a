"""Completing: what the shell offers for a half-typed word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from models.schema.record import Record

Completion = Callable[[click.Context, click.Parameter, str], list[str]]


def TYPES(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Names of record types."""
    return [name for name in _declared() if name.startswith(begun)]


def PAIRS(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Fields of the type named before, each with its '='."""
    cls = _declared().get(ctx.params.get("type") or "")
    names = cls.specs() if cls else {}
    return [f"{name}=" for name in names if name.startswith(begun)]


def _declared() -> dict[str, type[Record]]:
    """Every record type by its name, declared by now."""
    import models.records  # noqa: F401
    from models.schema.record import kinds

    return kinds
