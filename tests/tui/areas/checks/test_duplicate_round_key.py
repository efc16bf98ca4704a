"""A round that was filled in twice: the page says so, and one key keeps one of the sheets."""

from __future__ import annotations

from models.book.book import Book
from models.derived.revision_copy import new_revision
from sync.workspace.workspace import Workspace
from tests.support import checks
from tests.tui.seen import at, opened, press, quiet, text, whole
from tui.areas.checks.checklist_page import ChecklistPage
from tui.pages.dialogs.confirm import Confirm


async def test_e_asks_and_keeps_the_sheet_that_is_shown(
    workspace: Workspace, book: Book, project: str
) -> None:
    old = checks.template(book, project)
    values = {"day": book.today.isoformat(), "round": 1}
    first = book.add("sheet", {**values, "template": old}, project=project)
    fresh = new_revision(book, book.get(old))
    book.move(fresh.id, "publish")
    second = book.add("sheet", {**values, "template": fresh.id}, project=project)
    async with opened(workspace) as (app, pilot):
        assert "重复的检查轮次" in text(app)
        app.open_item("sheet", second.id)
        await quiet(pilot)
        assert "重复的轮次" in text(app)
        whole(app)
        await press(pilot, "e")
        at(app, Confirm)
        whole(app)
        await press(pilot, "escape")
        assert book.get(first.id).void is None
        await press(pilot, "ctrl+g", "y")
        assert book.get(first.id).void is not None and book.get(second.id).void is None
        at(app, ChecklistPage)
        assert "重复的轮次" not in text(app)
        await press(pilot, "e")
        assert "没有重复" in app.notices[-1].text
