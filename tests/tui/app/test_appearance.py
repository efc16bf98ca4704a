"""Appearance: theme and glyphs follow the settings, before the app runs and while it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sync.workspace.workspace import Workspace
from tests.tui.seen import opened, press, whole
from tui.app.app import SiteApp
from tui.app.appearance import dress
from tui.display.terminal_text import FINE, drawing
from tui.widgets import themes


@pytest.fixture(autouse=True)
def fine() -> Iterator[None]:
    """Fine glyphs after every test."""
    yield
    themes.draw(False)


@pytest.mark.parametrize("theme", [theme.name for theme in themes.THEMES])
def test_an_app_begins_in_the_theme_of_the_settings(workspace: Workspace, theme: str) -> None:
    workspace.change(replace(workspace.settings, theme=theme))
    app = SiteApp(workspace)
    assert app.theme == theme
    assert app.has_class("-dark-mode") == app.current_theme.dark
    assert app.has_class("-light-mode") != app.current_theme.dark


def test_a_theme_that_there_is_not_gives_way_to_one_that_there_is(workspace: Workspace) -> None:
    app = SiteApp(workspace)
    dress(app, replace(workspace.settings, theme="no such theme"))
    assert app.theme in {theme.name for theme in themes.THEMES}


async def test_a_running_app_changes_at_once(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        others = [theme for theme in themes.THEMES if theme.name != app.theme]
        for other in others:
            workspace.change(replace(workspace.settings, theme=other.name))
            app.settle()
            await press(pilot, "6")
            assert app.theme == other.name and app.current_theme.dark == other.dark
            whole(app)


async def test_plain_glyphs_are_drawn_everywhere_and_fine_ones_again(workspace: Workspace) -> None:
    async with opened(workspace) as (app, _pilot):
        dress(app, replace(workspace.settings, ascii=True))
        assert app.has_class("-ascii") and drawing.now is not FINE
        dress(app, workspace.settings)
        assert not app.has_class("-ascii") and drawing.now is FINE
