"""Grouped list: the cursor passes headings, and stays on its row when rows come and go."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from models.text.words import W
from tui.display.row_layout import ListColumn, RowLayout
from tui.display.row_source import DisplayLine, ListRow
from tui.widgets.drawing.list_strips import lines_of
from tui.widgets.grouped_list import GroupedList, GroupHead

COLUMNS = (ListColumn("title", W("现象", "What"), 10, weight=1),)


def rows(ids: str, **titles: str) -> list[ListRow]:
    """Rows by their letters; a dot is a heading."""
    made: list[ListRow] = []
    for at, id in enumerate(ids):
        title = titles.get(id, f"第 {id} 行")
        made.append(GroupHead(f"节 {at}") if id == "." else DisplayLine(id, {"title": title}))
    return made


class Listing(App[None]):
    """An app with one grouped list; notes which rows the cursor came to."""

    def __init__(self, ids: str) -> None:
        super().__init__()
        self.ids, self.found = ids, list[str | None]()

    def compose(self) -> ComposeResult:
        """The list."""
        yield GroupedList(COLUMNS, empty=W("没有", "none"))

    def on_mount(self) -> None:
        """Show the rows."""
        self.list.show(rows(self.ids))

    @property
    def list(self) -> GroupedList:
        """The list."""
        return self.query_one(GroupedList)

    def on_windowed_list_highlighted(self, event: GroupedList.Highlighted) -> None:
        """The cursor came to a row."""
        self.found.append(event.id)


@asynccontextmanager
async def listing(ids: str) -> AsyncIterator[tuple[Listing, Pilot[None]]]:
    """An app that lists these."""
    app = Listing(ids)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        yield app, pilot


def drawn(app: Listing) -> list[str]:
    """The lines of the list."""
    return [strip.text.rstrip() for strip in lines_of(app.list)]


async def test_the_cursor_passes_headings_by() -> None:
    async with listing(".ab.c") as (app, pilot):
        assert app.list.current == "a"
        found = []
        for key in ("down", "down", "down", "up", "home", "end"):
            await pilot.press(key)
            found.append(app.list.current)
        assert found == ["b", "c", "c", "b", "a", "c"]


async def test_places_are_those_of_rows_alone() -> None:
    async with listing(".ab.c") as (app, pilot):
        await pilot.press("end")
        await pilot.pause()
        assert drawn(app)[-1].split() == ["3", "/", "3"]
        assert drawn(app)[1].startswith("  节 0 ─")


async def test_the_cursor_stays_on_its_row() -> None:
    async with listing(".ab.c") as (app, _):
        app.list.go_to("c")
        app.list.show(rows(".c.xab"))
        assert app.list.current == "c"
        app.list.show(rows(".xab"))
        assert app.list.current in ("x", "a", "b")  # what is near to where it was
        app.list.go_to("gone")
        assert app.list.current in ("x", "a", "b")


async def test_only_rows_that_are_named_are_painted_again() -> None:
    async with listing(".abc") as (app, pilot):
        await pilot.pause()
        painted: list[int] = []
        app.list._paint = lambda line, *rest, **more: painted.append(line)  # type: ignore[method-assign]
        app.list.redraw(rows(".abc", b="另一句"), "b")
        assert painted == [3]  # the header and the heading are above it
        assert "另一句" in drawn(app)[3]


async def test_the_cursor_stays_on_its_row_when_as_many_others_are_redrawn() -> None:
    async with listing(".ab") as (app, pilot):
        app.list.go_to("b")
        app.list.redraw(rows(".xab"), "b")
        await pilot.pause()
        assert [line.strip("▌ ") for line in drawn(app)[2:5]] == ["第 x 行", "第 a 行", "第 b 行"]
        assert app.list.current == "b"


async def test_an_empty_list_says_so_and_has_no_row() -> None:
    async with listing("") as (app, pilot):
        assert app.list.current is None and "没有" in " ".join(drawn(app))
        await pilot.press("down", "end", "enter")
        assert app.list.current is None and app.found[-1] is None


def test_a_heading_has_a_rule_and_a_hint_has_none() -> None:
    layout = RowLayout(COLUMNS, 12)
    text, style = GroupHead("机房").segments(layout)
    assert text == "机房 ───────" and style == "head"
    text, style = GroupHead("退回：重测", hint=True).segments(layout)
    assert text.strip() == "退回：重测" and style == "muted"
    long, _ = GroupHead("很长的一个标题不止十二格").segments(layout)
    assert cell_len(long) == 12 and long.startswith("很长")


async def test_a_column_is_as_wide_as_what_the_rows_say_in_it() -> None:
    columns = (ListColumn("state", W("状态", "State"), 4, words=()), *COLUMNS)
    app = Listing("")
    async with app.run_test(size=(60, 12)) as pilot:
        lines = GroupedList(columns)
        await app.mount(lines)
        for state in ("待客户确认", "新"):
            said = {"state": state, "title": "泵"}
            lines.show([GroupHead("节"), DisplayLine("a", said)])
            await pilot.pause()
            assert " ".join(lines_of(lines)[2].text.split()[-2:]) == f"{state} 泵"
        assert lines_of(lines)[2].text.index("泵") == 2 + 3 + 1
