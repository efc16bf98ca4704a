"""Today: a problem on site is noted with one key, in the project that is chosen."""

from __future__ import annotations

import pytest

from sync.workspace.workspace import Workspace
from tests.tui.seen import at, newest, opened, press
from tui.pages.forms.form_page import FormPage
from tui.pages.home.today_page import TodayPage


@pytest.mark.parametrize("key", ["n", "insert", "ctrl+n"])
async def test_a_new_fix_belongs_to_the_only_project(
    workspace: Workspace, project: str, key: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, key)
        assert at(app, FormPage).work.type_ == "fix"
        await press(pilot, *"abc", "ctrl+s")
        at(app, TodayPage)
        assert newest(workspace, "fix").project == project


async def test_of_several_projects_none_is_guessed(workspace: Workspace) -> None:
    workspace.book.add("project", {"name": "乙"})
    async with opened(workspace) as (app, pilot):
        await press(pilot, "n")
        assert at(app, FormPage).work.project is None
