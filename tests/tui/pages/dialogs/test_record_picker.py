"""The picker: a record or person by number, words or pinyin initials, or a new one."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen

from models.book.book import Book
from models.schema.record import Record
from models.text.words import W
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tests.tui.seen import SIZES, newest, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.dialogs.record_picker import RecordPicker, pick
from tui.pages.forms.form_page import FormPage

TITLE = W("选一个现场", "Choose a site")


@pytest.fixture
def sites(book: Book) -> list[Record]:
    """Three places."""
    names = ("东湖变电站机房", "西山泵站", "Data centre 2")
    return [book.add("site", {"name": name}) for name in names]


def on(app: SiteApp, page: type[Screen[Any]]) -> bool:
    """Whether this page lies on top."""
    return isinstance(app.screen, page)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("typed", "place"), [("dhb", 0), ("xishanbeng", 1), ("centre", 2), ("0003", 2), ("bz", 1)]
)
async def test_found_by_whatever_one_remembers(
    workspace: Workspace, sites: list[Record], size: tuple[int, int], typed: str, place: int
) -> None:
    got: list[str] = []
    async with opened(workspace, size) as (app, pilot):
        pick(app, TITLE, "site", got.append)
        await quiet(pilot)
        assert "选一个现场" in text(app)
        await press(pilot, *typed)
        whole(app)
        await press(pilot, "enter")
        assert got == [sites[place].id]
        assert not on(app, RecordPicker)


async def test_han_find_at_once(workspace: Workspace, sites: list[Record]) -> None:
    got: list[str] = []
    async with opened(workspace) as (app, pilot):
        pick(app, TITLE, "site", got.append)
        await press(pilot, "泵", "enter")
        assert got == [sites[1].id]


async def test_arrows_go_through_the_offers(workspace: Workspace, sites: list[Record]) -> None:
    got: list[str] = []
    async with opened(workspace) as (app, pilot):
        pick(app, TITLE, "site", got.append)
        await press(pilot, "down", "down", "up", "down", "enter")
        assert got == [sites[1].id]  # the newest is offered first


async def test_a_click_chooses(workspace: Workspace, sites: list[Record]) -> None:
    got: list[str] = []
    async with opened(workspace) as (app, pilot):
        pick(app, TITLE, "site", got.append)
        await quiet(pilot)
        await pilot.click("#offers", offset=(4, 2))
        await quiet(pilot)
        assert got == [sites[0].id]


async def test_escape_takes_back_first_what_was_typed(
    workspace: Workspace, sites: list[Record]
) -> None:
    got: list[str] = []
    async with opened(workspace) as (app, pilot):
        pick(app, TITLE, "site", got.append)
        await press(pilot, "x", "escape")
        assert on(app, RecordPicker)
        await press(pilot, "escape")
        assert not on(app, RecordPicker) and got == []


async def test_nothing_found_chooses_nothing(workspace: Workspace, sites: list[Record]) -> None:
    got: list[str] = []
    async with opened(workspace) as (app, pilot):
        pick(app, TITLE, "person", got.append)
        await press(pilot, *"zzz", "enter")
        assert on(app, RecordPicker) and "没有找到成员“zzz”" in text(app)
        await press(pilot, "ctrl+u", *"csy", "enter")
        assert got == [workspace.book.me]


async def test_a_new_one_is_made_and_chosen(workspace: Workspace, sites: list[Record]) -> None:
    got: list[str] = []
    async with opened(workspace) as (app, pilot):
        pick(app, TITLE, "site", got.append)
        await press(pilot, *"Room 9", "enter")
        assert on(app, FormPage) and "Room 9" in text(app)
        await press(pilot, "ctrl+s")
        assert got == [newest(workspace, "site").id]
        assert not on(app, RecordPicker)


async def test_hostile_names_are_harmless(workspace: Workspace, book: Book) -> None:
    for payload in PAYLOADS.values():
        name = " ".join(payload.split())[:200]
        if name:
            book.add("site", {"name": name})
    async with opened(workspace) as (app, pilot):
        pick(app, TITLE, "site", lambda _id: None)
        for key in ("down", "o", "escape", "[", "escape", "x", "backspace"):
            await press(pilot, key)
            whole(app)
