"""The library by real keys: seen before it is taken, in use by one key, or a draft to change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.checks.library import taking
from models.records.checks.library.template_library import library, named
from models.text.words import Lang, language
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, every, newest, opened, press, text, until, whole
from tui.areas.checks.checklist_page import ChecklistPage
from tui.areas.checks.library.library_page import LibraryPage
from tui.areas.checks.library.ready_template_page import ReadyTemplatePage
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_page import RecordPage
from tui.pages.rows.table_page import TablePage


@pytest.fixture(autouse=True)
def friday() -> Iterator[Any]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 9 * 60) / 1000) as clock:
        yield clock


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_template_is_seen_whole(
    workspace: Workspace, size: tuple[int, int], lang: Lang
) -> None:
    language.now = lang
    workspace.change(workspace.settings.but(lang=lang))
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "alt+t")
        whole(app)
        seen = text(app)
        assert str(library()[0].name) in seen
        assert (str(library()[0].items[-1].text) in seen) == (size[0] >= 110)  # the preview
        for ready in library():
            app.push_screen(ReadyTemplatePage(ready.id))
            await pilot.pause()
            whole(app)
            seen = text(app)
            assert str(ready.items[0].text)[:20] in seen and ready.items[0].limits() in seen
            await press(pilot, "escape")


async def test_one_key_puts_it_to_use_for_the_project(workspace: Workspace, project: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "alt+t", "enter")
        assert "冷通道温度  18 - 27 ℃" in text(app) and "测试项目" in text(app)
        await press(pilot, "p")
        at(app, TodayPage)
        made = newest(workspace, "template")
        assert made.state == "published" and made.project == project
        assert "机房日巡检" in text(app) and "每个工作日" in app.notices[-1].text
        await press(pilot, "2")
        assert "冷通道温度" in text(app)
        at(app, ChecklistPage)
        await press(pilot, "1", "alt+t")
        assert made.number in text(app)  # what was taken says so


async def test_a_draft_is_opened_to_be_changed(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "alt+t", "down", "enter", "d")
        await until(pilot, lambda: isinstance(app.screen, RecordPage))
        assert newest(workspace, "template").state == "draft"
        assert "机房周检" in text(app) and "草稿" in text(app)
        assert "最后一个工作日到期（启用后）" in text(app)


async def test_which_project_is_asked_where_there_are_several(
    workspace: Workspace, book: Book, project: str
) -> None:
    other = book.add("project", {"name": "水务调度"})
    workspace.change(workspace.settings.but(project=""))
    async with opened(workspace) as (app, pilot):
        await press(pilot, "alt+t", "enter")
        assert "取用时选择项目" in text(app)
        await press(pilot, "p", "s", "w", "enter")
        assert newest(workspace, "template").project == other.id
        await press(pilot, "alt+t", "enter", "a")
        assert "全部项目" in text(app)
        await press(pilot, "p")
        assert newest(workspace, "template").project is None
        assert len(list(every(workspace, "template"))) == 2


async def test_the_list_of_the_templates_leads_there(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_list("template")
        await pilot.pause()
        assert "模板库" in text(app)
        await press(pilot, "L")
        at(app, LibraryPage)
        await press(pilot, "escape")
        app.open_list("fix")
        await pilot.pause()
        assert "模板库" not in text(app)


async def test_a_draft_template_made_like_one_is_editable(workspace: Workspace, book: Book) -> None:
    made = taking.take(book, named("room_daily"))
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await press(pilot, "e")
        assert "机房日巡检" in text(app)


async def test_what_was_taken_is_edited_as_a_table_copied_and_has_a_next_version(
    workspace: Workspace, book: Book, project: str
) -> None:
    draft = taking.take(book, named("room_daily"), project)
    async with opened(workspace) as (app, pilot):
        app.open_record(draft.id)
        await press(pilot, "f")
        at(app, TablePage)
        assert "冷通道温度" in text(app)
        await press(pilot, "escape", "plus")
        copies = list(every(workspace, "template"))
        assert len(copies) == 2 and copies[0].state == "draft"
        book.move(draft.id, "publish")
        app.open_record(draft.id)
        await press(pilot, "e")
        assert "新版本" in app.notices[-1].text  # the way on, and its key is in the key bar
        assert "Shift+R 新版本" in text(app)
        await press(pilot, "R")
        assert newest(workspace, "template").values()["follows"] == draft.id
