"""Record preview: beside a list where there is room, of the row on which the cursor stays."""

from __future__ import annotations

from functools import partial

import pytest

from models.book.book import Book
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.tui.seen import at, opened, press, quiet, text, until
from tui.display.parts import TextPart, plain
from tui.pages.records.preview import preview_of
from tui.pages.records.record_list import ListPage
from tui.widgets.windowed_list import WindowedList

NOON = 1_764_300_000_000
"""An instant, ms UTC: records of one instant have no order that a test could name."""


@pytest.fixture(autouse=True)
def fixes(book: Book, project: str) -> list[str]:
    """Three fixes, the newest first."""
    made = [
        book.add(
            "fix",
            {"phenomenon": f"泵 {n}", "cause": f"原因 {n}"},
            project=project,
            occurred=NOON + n,
        ).id
        for n in range(3)
    ]
    return made[::-1]


async def test_where_there_is_room_the_record_is_read(workspace: Workspace) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        await pilot.press("down")
        await until(pilot, lambda: "原因 1" in text(app))
        assert "原因 2" not in text(app)


async def test_where_there_is_none_nothing_is_read(workspace: Workspace) -> None:
    async with opened(workspace, (80, 24)) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        page = at(app, ListPage)
        page.preview.follow()
        assert page.preview._pane._timer is None
        assert "原因" not in text(app)


async def test_an_empty_list_has_an_empty_preview(workspace: Workspace) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        app.open_list("escalation")
        await quiet(pilot)
        page = at(app, ListPage)
        page.preview.show()
        assert page.chosen() is None and page.preview._pane.view.parts == []


async def test_a_page_may_say_more_of_a_record(workspace: Workspace, fixes: list[str]) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        page = at(app, ListPage)

        def brief(record: Record) -> list[TextPart]:
            return [*page.preview.brief(record), TextPart("又及")]

        preview = preview_of(page, brief)
        page.query_one(WindowedList).go(2)
        assert page.chosen() == fixes[2]
        preview.show()
        said = plain(preview._pane.view.parts)
        assert "原因 0" in said and said.rstrip().endswith("又及")


async def test_only_the_last_of_many_rows_is_read(workspace: Workspace) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        page = at(app, ListPage)
        shown: list[str | None] = []
        page.preview.show = partial(_note, page, shown)  # type: ignore[method-assign]
        await pilot.press("down", "down")
        await until(pilot, lambda: shown)
        assert shown == [page.chosen()]


def _note(page: ListPage, shown: list[str | None]) -> None:
    shown.append(page.chosen())


@pytest.mark.parametrize("place", ["3", "exclamation_mark"])
async def test_a_window_that_becomes_wide_shows_it_at_once(
    workspace: Workspace, book: Book, project: str, place: str
) -> None:
    book.add("escalation", {"phenomenon": "泵 2", "cause": "原因 2"}, project=project)
    async with opened(workspace, (80, 24)) as (app, pilot):
        await press(pilot, place)
        assert "填写人" not in text(app)
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: "原因 2" in text(app))
        assert "填写人" in text(app)
