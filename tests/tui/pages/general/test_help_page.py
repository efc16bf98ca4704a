"""Help: made from the bindings of where one is, complete, searchable, in both languages."""

from __future__ import annotations

from textual.widgets import Input

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.display.parts import plain
from tui.pages.general.help_page import HelpPage
from tui.pages.records.record_list import ListPage
from tui.widgets.commands import declared, key_name
from tui.widgets.document_view import DocumentView
from tui.widgets.filter_line import Query


def told(app: SiteApp) -> str:
    """All of the help as text."""
    return plain(app.screen.query_one(DocumentView).parts)


def must_be_told(app: SiteApp) -> list[str]:
    """Names of the keys of every binding that is shown, or declared, on the screen."""
    found = []
    for key, active in app.screen.active_bindings.items():
        command = declared.get(active.binding.id or "")
        if active.binding.show or command is not None:
            assert command is not None, f"{key}: a shown binding without a command"
            if not key.startswith("fullwidth"):
                found.append(key_name(key))
    return found


async def test_every_shown_binding_is_in_the_help_of_every_page(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("fix", {"phenomenon": "泵"}, project=project)
    async with opened(workspace, (100, 200)) as (app, pilot):
        for keys in ((), ("3",), ("3", "f6"), ("6",), ("7",), ("f3",), ("ctrl+l",)):
            await press(pilot, *keys)
            wanted = must_be_told(app)
            assert len(wanted) > 8
            await press(pilot, "f1")
            at(app, HelpPage)
            seen = told(app)
            assert [name for name in wanted if name not in seen] == []
            await press(pilot, "escape")
        app.open_record(made.id)
        await quiet(pilot)
        wanted = must_be_told(app)
        await press(pilot, "question_mark")
        assert [name for name in wanted if name not in told(app)] == []
        assert "d: 处理完成" in told(app)


async def test_it_is_searched_and_follows_the_language(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "f1")
        assert "筛选" in text(app)
        await press(pilot, "f9")
        seen = told(app)
        assert "Filter" in seen and "In this field or list" in seen
        await press(pilot, "tab", *"sectio")
        app.screen.query_one(Query).value = "筛选"
        await quiet(pilot)
        seen = told(app)
        assert "Filter" in seen and "Palette" not in seen and "Help" not in seen
        app.screen.query_one(Query).value = "no such thing"
        await quiet(pilot)
        assert "No such key or command here" in told(app)


async def test_help_of_help_and_back(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "f1", "f1", "escape", "escape")
        at(app, ListPage)


async def test_full_width_marks_do_what_the_plain_ones_do(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "？")
        at(app, HelpPage)
        await press(pilot, "escape", "／")
        assert app.focused is not None and isinstance(app.focused, Input)


async def test_it_fits(workspace: Workspace) -> None:
    for size in SIZES:
        async with opened(workspace, size) as (app, pilot):
            await press(pilot, "3", "f1")
            whole(app)
            await press(pilot, "f9", "end")
            whole(app)
            await press(pilot, "f9")
