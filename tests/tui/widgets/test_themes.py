"""Themes: what is read can be read."""

from __future__ import annotations

import pytest
from textual.color import Color

from sync.workspace.workspace import Workspace
from tests.tui.seen import opened, press
from tui.widgets.filter_line import Query
from tui.widgets.themes import NAMES

LEAST = 4.5
"""The contrast of text, as WCAG 2.1 wants it (AA)."""


def contrast(one: Color, other: Color) -> float:
    """The ratio of their relative luminances, by WCAG 2.1."""

    def light(color: Color) -> float:
        parts = (part / 255 for part in color.rgb)
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", NAMES)
async def test_a_placeholder_can_be_read(workspace: Workspace, theme: str) -> None:
    workspace.change(workspace.settings.but(theme=theme))
    async with opened(workspace) as (app, pilot):
        await press(pilot, "f3")
        query = app.screen.query_one(Query)
        style = query.get_component_styles("input--placeholder")
        behind = query.background_colors[1]
        assert contrast(behind, behind.blend(style.color, style.color.a)) >= LEAST
