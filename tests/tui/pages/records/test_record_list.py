"""The generic list: live filter, opening, previews, hostile text."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.storage import saved_filters
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tests.tui.seen import SIZES, at, lines, newest, opened, press, quiet, text, whole
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView
from tui.widgets.filter_line import Query
from tui.widgets.windowed_list import WindowedList


@pytest.fixture
def fixes(book: Book, project: str) -> list[str]:
    """Fixes in several states, oldest first."""
    now, made = book.change_log.now(), []
    for place in range(40):
        values = {"phenomenon": f"机柜 R{place:02d}x 温度过高", "correction": "调低空调"}
        when = now - (40 - place) * 3_600_000
        one = book.add("fix", values, project=project, occurred=when)
        if place % 5 == 0:
            book.move(one.id, "fix")
        made.append(one.id)
    return made


async def test_newest_first_with_number_state_and_age(
    workspace: Workspace, fixes: list[str]
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        at(app, ListPage)
        seen = lines(app)
        assert "编号" in seen[1] and "状态" in seen[1] and "时长" in seen[1]
        assert "机柜 R39x" in seen[2] and "待处理" in seen[2] and "1小时" in seen[2]
        assert "1 / 40" in seen[-2]


async def test_the_filter_narrows_as_one_types(workspace: Workspace, fixes: list[str]) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "f", *"state:fixed")
        rows = app.screen.query_one(WindowedList)
        assert rows.total == 8
        assert "筛选：状态:待验证" in text(app)
        await press(pilot, "enter")
        assert rows.has_focus and app.screen.query_one(Query).display
        await press(pilot, "f6", *" r25x")
        assert [rows.total, rows.current] == [1, fixes[25]]
        await press(pilot, "escape")
        assert rows.total == 40 and rows.has_focus
        assert not app.screen.query_one(Query).display
        at(app, ListPage)


async def test_what_the_filter_does_not_know_is_said(
    workspace: Workspace, fixes: list[str]
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "f", *"state:zzz")
        assert "zzz" in lines(app)[-2] and "待处理" in lines(app)[-2]
        assert app.screen.query_one(WindowedList).total == 40


async def test_open_and_back_is_one_layer_each(workspace: Workspace, fixes: list[str]) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "down", "enter")
        at(app, RecordPage)
        assert app.screen.record_id == fixes[38]
        await press(pilot, "escape")
        at(app, ListPage)
        assert app.screen.query_one(WindowedList).current == fixes[38]
        await press(pilot, "escape")
        assert not app.can_go_back()
        await press(pilot, "escape")
        assert app.is_running and not app.can_go_back()


async def test_a_wide_window_shows_a_preview_beside(workspace: Workspace, fixes: list[str]) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        await press(pilot, "3", "down")
        await pilot.pause(0.5)
        preview = app.screen.query_one("#preview", DocumentView)
        assert preview.display
        assert any("机柜 R38x" in str(part.body) for part in preview.parts)
        await pilot.resize_terminal(80, 24)
        await quiet(pilot)
        assert not preview.display
        whole(app)


async def test_a_save_shows_at_once_and_the_cursor_stays_on_its_record(
    workspace: Workspace, book: Book, project: str, fixes: list[str]
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "down", "down")
        rows = app.screen.query_one(WindowedList)
        assert rows.current == fixes[37]
        book.add("fix", {"phenomenon": "刚发生的"}, project=project)
        await quiet(pilot)
        assert rows.total == 41 and rows.current == fixes[37] and rows.position == 3
        assert "刚发生的" in text(app)


async def test_overdue_is_said_in_words(workspace: Workspace, book: Book, project: str) -> None:
    book.add("escalation", {"phenomenon": "主备切换失败", "due": "2020-01-01"}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "4")
        assert "逾期" in lines(app)[2]
        await press(pilot, "f9")
        assert "late" in lines(app)[2] and "to accept" in lines(app)[2]


async def test_the_language_of_the_filter_follows(workspace: Workspace, fixes: list[str]) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "f", *"state:open", "enter", "f9")
        assert app.screen.query_one(Query).value == "state:open"
        assert "Filter: state:open" in text(app) and "Number" in text(app)
        await press(pilot, "f9")
        assert app.screen.query_one(Query).value == "状态:待处理"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_hostile_text_stays_text(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int], lang: str
) -> None:
    for payload in PAYLOADS.values():
        book.add("fix", {"phenomenon": payload, "cause": payload}, project=project)
    async with opened(workspace, size) as (app, pilot):
        if lang == "en":
            await press(pilot, "f9")
        await press(pilot, "3")
        for _ in range(3):
            whole(app)
            await press(pilot, "pagedown")
        for payload in ("[/]", "%", "\\"):
            await press(pilot, "f", *payload)
            whole(app)
            await press(pilot, "escape")


async def test_titles_sort_by_click(workspace: Workspace, fixes: list[str]) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        await pilot.click(WindowedList, offset=(4, 0))
        await quiet(pilot)
        rows = app.screen.query_one(WindowedList)
        assert rows.current == newest_number(workspace, "ASC")
        await pilot.click(WindowedList, offset=(4, 0))
        await quiet(pilot)
        assert rows.current == newest_number(workspace, "DESC")


def newest_number(workspace: Workspace, order: str) -> str:
    """The first id by number."""
    sql = f"SELECT id FROM fix ORDER BY number {order} LIMIT 1"
    return str(workspace.store.rows(sql)[0][0])


async def test_empty_lists_say_what_to_do(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        assert "还没有现场处置。按 n 或 Insert 新建。" in text(app)
        await press(pilot, "f", *"x")
        assert "没有符合筛选的记录" in text(app)
        await press(pilot, *":y")
        assert "没有字段“x”。可用：状态、项目、" in text(app)
        assert language.now == "zh"
        with pytest.raises(StopIteration):
            newest(workspace, "fix")


async def test_a_filter_is_kept_under_a_name_and_found_again(
    workspace: Workspace, fixes: list[str]
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "s")
        assert "还没有筛选" in app.notices[-1].text
        await press(pilot, "f", *"state:fixed", "enter", "s", *"mine", "enter")
        assert saved_filters.load(workspace.home) == [("mine", "fix", "state:fixed")]
        await press(pilot, "1", "ctrl+p", *"mine", "enter")
        assert at(app, ListPage).query_one(WindowedList).total == 8
        await press(pilot, "s")
        assert saved_filters.load(workspace.home) == []


def test_favourites_survive_a_broken_file(workspace: Workspace) -> None:
    for broken in ("", "{", '[["a"]]', "[1, 2]", '"x"'):
        (workspace.home / saved_filters.FILE).write_text(broken, encoding="utf-8")
        assert saved_filters.load(workspace.home) == []
    one = saved_filters.Favourite("甲", "fix", "状态:待处理")
    saved_filters.keep(workspace.home, one)
    saved_filters.keep(workspace.home, one._replace(line="泵"))
    assert saved_filters.load(workspace.home) == [one._replace(line="泵")]
