"""Rights: opened from help and members, searched, exported."""

from __future__ import annotations

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.display.parts import plain
from tui.pages.dialogs.document_menu import DocumentMenu
from tui.pages.general.help_page import HelpPage
from tui.pages.general.rights_page import RightsPage
from tui.pages.sync.members_page import MembersPage
from tui.widgets.document_view import DocumentView


async def test_it_opens_from_members_and_help_and_is_searched(
    workspace: Workspace, book: Book
) -> None:
    for size in SIZES:
        async with opened(workspace, size) as (app, pilot):
            await press(pilot, "0", "ctrl+t")
            at(app, RightsPage)
            whole(app)
            assert "现场处置" in plain(app.screen.query_one(DocumentView).parts)
            await press(pilot, "tab", *"weekly", "down")
            assert "周报" in text(app) and "现场处置" not in text(app)
            await press(pilot, "escape")
            at(app, MembersPage)
            await press(pilot, "f1", "ctrl+w")
            at(app, RightsPage)
            await press(pilot, "f9")
            assert "every role" in text(app)
            await press(pilot, "f9", "escape")
            at(app, HelpPage)


async def test_it_is_exported(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "0", "ctrl+t", "ctrl+e")
        at(app, DocumentMenu)
        assert "权限表" in text(app)
