"""Reading panes: only the row on which the cursor stays is read, and nothing once it is dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from textual.screen import Screen

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.tui.seen import at, opened, press, text, whole
from tui.pages.home.inbox_page import InboxPage
from tui.pages.records.reading_pane import BREAKPOINTS, DELAY, WIDE, ReadingPane


class Waiting:
    """A timer that goes off when it is told to."""

    def __init__(self, do: Callable[[], object]) -> None:
        self.do, self.stopped = do, False

    def stop(self) -> None:
        self.stopped = True


class Timed(Screen[None]):
    """A page of which the timers are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.timers: list[Waiting] = []

    def set_timer(self, delay: float, callback: Callable[[], object]) -> Waiting:  # type: ignore[override]
        assert delay == DELAY
        self.timers.append(Waiting(callback))
        return self.timers[-1]

    def stay(self) -> None:
        """The cursor stays: what was not stopped is done."""
        for timer in self.timers:
            if not timer.stopped:
                timer.do()


@pytest.fixture
def page() -> Timed:
    """A page that is not shown."""
    return Timed()


def test_only_the_last_row_is_read(page: Timed) -> None:
    pane, read = ReadingPane(page, "#pane"), list[str]()
    for row in "abc":
        pane.soon(partial(read.append, row))
    page.stay()
    assert read == ["c"]


def test_what_is_dropped_is_not_read(page: Timed) -> None:
    pane, read = ReadingPane(page, "#pane"), list[str]()
    pane.drop()
    pane.soon(lambda: read.append("a"))
    pane.drop()
    page.stay()
    assert read == [] and len(page.timers) == 1


def test_beside_the_list_where_there_is_room(page: Timed) -> None:
    assert not ReadingPane(page, "#pane").beside
    page.add_class("-wide")
    assert ReadingPane(page, "#pane").beside
    assert BREAKPOINTS[-1] == (WIDE, "-wide")


async def test_the_desk_has_plain_borders_without_fine_glyphs(
    workspace: Workspace, book: Book, project: str
) -> None:
    book.add("escalation", {"phenomenon": "停机"}, project=project)
    workspace.change(replace(workspace.settings, ascii=True))
    for size, side, other in (((80, 24), "top", "left"), ((120, 40), "left", "top")):
        async with opened(workspace, size) as (app, pilot):
            await press(pilot, "ctrl+d")
            styles = app.screen.query_one("#pane").styles
            assert getattr(styles, f"border_{side}")[0] == "ascii", size
            assert getattr(styles, f"border_{other}")[0] == "", size
            whole(app)


async def test_keys_scroll_what_is_read_while_the_list_has_the_focus(
    workspace: Workspace, book: Book, project: str
) -> None:
    lines = "\n".join(f"第 {n} 行" for n in range(60))
    book.add("escalation", {"phenomenon": lines}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+d")
        page = at(app, InboxPage)
        begun = text(app)
        assert "发生时间" in begun
        await press(pilot, "space")
        assert "发生时间" not in text(app) and not page.read
        await press(pilot, "backspace")
        assert text(app) == begun
        for _ in range(12):
            await press(pilot, "space")
        assert page.reading.view.at_end and set(page.read) == {page.chosen()}
