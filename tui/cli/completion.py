"""Completing: what the shell offers for a half-typed word."""

from __future__ import annotations

from collections.abc import Callable

import click

import models.records  # noqa: F401  declares the types
from models.schema.record import kinds

Completion = Callable[[click.Context, click.Parameter, str], list[str]]


def TYPES(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Names of record types."""
    return [name for name in kinds if name.startswith(begun)]


def PAIRS(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Fields of the type named before, each with its '='."""
    cls = kinds.get(ctx.params.get("type") or "")
    names = cls.specs() if cls else {}
    return [f"{name}=" for name in names if name.startswith(begun)]
