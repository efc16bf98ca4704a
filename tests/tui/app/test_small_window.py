"""A window too small for a page: one sentence, no key decides anything, and all is as it was."""

from __future__ import annotations

import pytest

from sync.workspace.workspace import Workspace
from tests.tui.seen import at, newest, opened, press, quiet, text
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage

SMALL = ((80, 7), (20, 24), (20, 6))


@pytest.mark.parametrize("size", SMALL)
async def test_typing_goes_on_where_it_was(workspace: Workspace, size: tuple[int, int]) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "n", *"1fan")
        await pilot.resize_terminal(*size)
        await quiet(pilot)
        assert "窗口太小" in text(app).replace("\n", "").replace(" ", "")
        await press(pilot, "9", "tab", "ctrl+s")
        await pilot.resize_terminal(80, 24)
        await press(pilot, *"2 off")
        page = at(app, FormPage)
        assert page.fields.editing.editor.value == "1fan2 off"
        assert "1fan2 off" in text(app)


async def test_keys_right_after_the_window_grew_reach_the_page(
    workspace: Workspace, project: str
) -> None:
    workspace.book.add("fix", {"phenomenon": "掉电"}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        focus = at(app, ListPage).focused
        for _ in range(3):  # a window that is dragged
            await pilot.resize_terminal(80, 7)
            await pilot.resize_terminal(80, 24)
        await press(pilot, "down", "enter")
        assert focus is not None and focus.is_attached
        at(app, RecordPage)


async def test_a_page_opened_in_a_small_window_has_its_focus_in_a_large_one(
    workspace: Workspace,
) -> None:
    async with opened(workspace, (80, 7)) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        await pilot.resize_terminal(80, 24)
        await press(pilot, *"fan")
        assert at(app, FormPage).fields.editing.editor.value == "fan"


async def test_nothing_is_decided_unseen(workspace: Workspace, project: str) -> None:
    fix = workspace.book.add("fix", {"phenomenon": "掉电"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, "f8")  # asks for a reason
        await pilot.resize_terminal(20, 6)
        await press(pilot, *"words", "enter", "ctrl+s")
        await pilot.resize_terminal(80, 24)
        await quiet(pilot)
        assert not newest(workspace, "fix").void


async def test_ctrl_q_leaves_a_window_too_small(workspace: Workspace) -> None:
    async with opened(workspace, (20, 6)) as (app, pilot):
        await press(pilot, "q")
        assert app.is_running
        await press(pilot, "ctrl+q")
        assert not app.is_running
