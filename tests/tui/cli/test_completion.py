"""Completing: types and fields by how they begin, and nothing that is not declared."""

from __future__ import annotations

from typing import Any

import click
import pytest

from models.records.problems.fix import Fix
from models.schema.record import kinds
from tui.cli.completion import PAIRS, TYPES

PARAM = click.Argument(["type"])


def context(**given: Any) -> click.Context:
    """What was typed before."""
    ctx = click.Context(click.Command("add"))
    ctx.params = given
    return ctx


@pytest.mark.parametrize(
    ("begun", "found"),
    [("fi", ["fix"]), ("weekly", ["weekly", "weekly_problem", "weekly_report"]), ("zzz", [])],
)
def test_types_by_how_they_begin(begun: str, found: list[str]) -> None:
    offered = TYPES(context(), PARAM, begun)
    assert [name for name in offered if name in found] == found
    assert all(name.startswith(begun) and name in kinds for name in offered)


def test_nothing_typed_offers_every_type_once() -> None:
    assert TYPES(context(), PARAM, "") == list(kinds)


def test_fields_of_the_type_named_before() -> None:
    assert PAIRS(context(type="fix"), PARAM, "pheno") == ["phenomenon="]
    assert PAIRS(context(type="fix"), PARAM, "") == [f"{name}=" for name in Fix.specs()]


@pytest.mark.parametrize("type_", [None, "", "nonsense"])
def test_without_a_known_type_no_field_is_offered(type_: str | None) -> None:
    assert PAIRS(context(type=type_), PARAM, "") == []
    assert PAIRS(context(), PARAM, "") == []
