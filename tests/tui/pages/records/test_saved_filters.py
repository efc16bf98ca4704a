"""Saved filters: one key keeps the filter under a name, the same key forgets it."""

from __future__ import annotations

import pytest

from models.storage import saved_filters
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.tui.seen import at, opened, press, quiet
from tui.pages.dialogs.text_prompt import TextPrompt
from tui.pages.records.record_list import ListPage


@pytest.fixture(autouse=True)
def fix(workspace: Workspace, project: str) -> None:
    """A fix to be listed."""
    workspace.book.add("fix", {"phenomenon": "泵"}, project=project)


async def test_without_a_filter_there_is_nothing_to_keep(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        await press(pilot, "s")
        assert app.notices[-1].bad and "还没有筛选" in app.notices[-1].text
        assert saved_filters.load(workspace.home) == []


@pytest.mark.shows(92)
async def test_it_is_kept_under_its_name_and_forgotten_by_the_same_key(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_list("fix", state="open")
        await quiet(pilot)
        await press(pilot, "s")
        at(app, TextPrompt)
        await press(pilot, "escape")
        assert saved_filters.load(workspace.home) == []
        await press(pilot, "s", *"mine", "space", "enter")
        (kept,) = saved_filters.load(workspace.home)
        assert (kept.name, kept.type) == ("mine", "fix") and "状态" in kept.line
        assert "mine" in app.notices[-1].text
        await press(pilot, "s")
        at(app, ListPage)
        assert saved_filters.load(workspace.home) == [] and "mine" in app.notices[-1].text


async def test_it_is_the_same_filter_in_the_other_language(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_list("fix", state="open")
        await quiet(pilot)
        await press(pilot, "s", "a", "enter")
        await press(pilot, "f9")
        assert language.now == "en"
        await press(pilot, "s")
        assert saved_filters.load(workspace.home) == []
