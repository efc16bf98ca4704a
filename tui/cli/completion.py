"""Completing: what the shell offers for a half-typed word."""

from __future__ import annotations

from collections.abc import Callable

import click

Completion = Callable[[click.Context, click.Parameter, str], list[str]]


def TYPES(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Names of record types."""
    import models.records  # noqa: F401
    from models.schema.record import kinds

    return [name for name in kinds if name.startswith(begun)]


def PAIRS(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Fields of the type named before, each with its '='."""
    import models.records  # noqa: F401
    from models.schema.record import kinds

    cls = kinds.get(ctx.params.get("type") or "")
    names = cls.specs() if cls else {}
    return [f"{name}=" for name in names if name.startswith(begun)]
