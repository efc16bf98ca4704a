"""An acceptance on the screen: its items decided by one key, what holds it one key away."""

from __future__ import annotations

import pytest

from sync.workspace.workspace import Workspace
from tests.support.completion import acceptance, items, kept, planned
from tests.support.staff import Staff
from tests.tui.seen import at, opened, press, quiet, text
from tui.areas.completion.archive_page import ArchivePage
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView


@pytest.mark.shows("Q-62a", 35, 54)
async def test_what_holds_it_is_one_key_away(
    workspace: Workspace, staff: Staff, project: str
) -> None:
    planned(staff, project)
    made = acceptance(staff.manager, project)
    one = staff.engineer.add("escalation", {"phenomenon": "备纤衰耗大"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await quiet(pilot)
        assert "挂起" in text(app) and f"{one.number}  备纤衰耗大" in text(app)
        at(app, RecordPage).query_one(DocumentView).go(f"work:{one.id}")
        await press(pilot, "enter")
        assert f"问题升级 {one.number}" in text(app)
        await press(pilot, "escape")
        archive = next(
            part.id
            for part in at(app, RecordPage).query_one(DocumentView).parts
            if "还缺" in str(part.body)
        )
        at(app, RecordPage).query_one(DocumentView).go(archive)
        await press(pilot, "enter")
        at(app, ArchivePage)


async def test_an_item_is_decided_by_its_own_key(
    workspace: Workspace, staff: Staff, project: str
) -> None:
    planned(staff, project)
    made = acceptance(staff.manager, project)
    kept(staff.manager, project)
    staff.manager.move(made.id, "submit")
    first = items(staff.manager, made)[0]
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await quiet(pilot)
        at(app, RecordPage).query_one(DocumentView).go(f"row:{first.id}")
        await press(pilot, "a")
        assert workspace.book.get(first.id).state == "accepted"
