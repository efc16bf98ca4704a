"""The windowed list: keys, mouse, what it reads, what it repaints, and what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region

from models.text.words import W, language
from tests.support.hostile import PAYLOADS, acting
from tui.display.row_layout import ListColumn, RowLayout
from tui.display.row_source import BLOCK, KEPT, DisplayLine, Fixed, ListRow, Source, Window
from tui.display.terminal_text import FINE, PLAIN, drawing
from tui.widgets.drawing.list_strips import lines_of, paint_changed
from tui.widgets.windowed_list import WindowedList

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

STATES = {0: W("处理中", "Open"), 1: W("已关闭", "Closed")}
COLUMNS = (
    ListColumn("number", W("编号", "Number"), 7, right=True),
    ListColumn("state", W("状态", "State"), 6),
    ListColumn("title", W("现象", "What"), 10, weight=1),
    ListColumn("author", W("作者", "Author"), 6, priority=1),
)


class Numbers:
    """A source of many rows that remembers what it was asked for."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[tuple[int, int]] = []

    def count(self) -> int:
        return self.total

    def window(self, top: int, size: int) -> list[DisplayLine]:
        self.asked.append((top, size))
        return [line(at) for at in range(top, min(top + size, self.total))]


class Toned(Numbers):
    """Rows of each tone."""

    def __init__(self) -> None:
        super().__init__(5)

    def window(self, top: int, size: int) -> list[DisplayLine]:
        tones = ("", "error", "warning", "", "muted")
        return [line(at).but(style=tones[at]) for at in range(top, min(top + size, 5))]


class Known(Numbers):
    """The same, where the source knows where a row stands."""

    def place(self, id: str) -> int | None:
        return int(id[1:]) if int(id[1:]) < self.total else None


def line(at: int) -> DisplayLine:
    values: dict[str, str | W] = {
        "number": str(at),
        "state": STATES[at % 2],
        "title": f"第 {at} 号现象，温度超限",
    }
    return DisplayLine(f"r{at}", values, "warning" if at % 2 else "")


class Bench(App[None]):
    """An app that shows one list and notes what it tells."""

    def __init__(self, source: Source | None, columns: Sequence[ListColumn] = COLUMNS) -> None:
        super().__init__()
        self.lines = WindowedList(columns, source, empty=W("还没有处置", "No fixes yet"))
        self.told: list[tuple[str, object]] = []

    def compose(self) -> ComposeResult:
        yield self.lines

    def on_windowed_list_highlighted(self, told: WindowedList.Highlighted) -> None:
        self.told.append(("highlighted", (told.id, told.position)))

    def on_windowed_list_opened(self, told: WindowedList.Opened) -> None:
        self.told.append(("opened", told.id))

    def on_windowed_list_header_clicked(self, told: WindowedList.HeaderClicked) -> None:
        self.told.append(("header", told.name))

    @property
    def shown(self) -> list[str]:
        return [self.lines.render_line(y).text for y in range(self.lines.size.height)]

    @property
    def top(self) -> int:
        """The number in the first row shown."""
        return int(self.shown[1][2:9])


@asynccontextmanager
async def running(app: Bench, size: tuple[int, int] = (60, 12)) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.told.clear()
        yield pilot


@pytest.mark.parametrize(
    ("keys", "position"),
    [
        ("down", 1),
        ("j j j k", 2),
        ("up", 0),
        ("pagedown", 9),
        ("pagedown pagedown pageup", 9),
        ("end", 99_999),
        ("G", 99_999),
        ("G down pagedown", 99_999),
        ("G g", 0),
        ("end home", 0),
    ],
)
async def test_keys_move_the_cursor(keys: str, position: int) -> None:
    app = Bench(Numbers(100_000))
    async with running(app) as pilot:
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.lines.position == position
        assert app.lines.current == f"r{position}"
        assert f" {position + 1:,} / 100,000 " in app.shown[-1]
        (marked,) = (text for text in app.shown if text.startswith("▌ "))
        assert f"第 {position} 号" in marked


async def test_every_move_is_told_once() -> None:
    app = Bench(Numbers(100))
    async with running(app) as pilot:
        await pilot.press("down", "up", "up", "enter")
        await pilot.pause()
        assert app.told == [
            ("highlighted", ("r1", 1)),
            ("highlighted", ("r0", 0)),
            ("opened", "r0"),
        ]


async def test_a_step_repaints_two_rows_and_the_place() -> None:
    app = Bench(Numbers(100))
    async with running(app) as pilot:
        await pilot.press("down")
        await pilot.pause()
        app.lines._exchange_repaint_regions()
        app.lines.go(2)
        painted = set(app.lines._exchange_repaint_regions())
        assert {(r.y, r.height) for r in painted} == {(2, 1), (3, 1), (11, 1)}
        assert Region(0, 11, 20, 1) in painted  # of the foot only as much as has changed


async def test_only_lines_that_changed_are_painted() -> None:
    source = Numbers(100)
    app = Bench(source)
    async with running(app):
        before = lines_of(app.lines)
        app.lines._exchange_repaint_regions()
        app.lines.note = "三项"
        paint_changed(app.lines, before)
        assert {(r.y, r.height) for r in app.lines._exchange_repaint_regions()} == {(11, 1)}
        paint_changed(app.lines, before[1:])  # of another size: all of it
        assert Region(0, 0, 60, 12) in app.lines._exchange_repaint_regions()


async def test_a_page_drawn_ahead_is_the_one_shown_next() -> None:
    app = Bench(Numbers(100))
    async with running(app) as pilot:
        await pilot.press("pagedown")
        await pilot.pause()
        drawn = dict(app.lines._strips._kept)
        await pilot.press("pagedown")
        assert {("row", at, at == 18) for at in range(18, 28)} <= set(drawn)
        assert (app.lines.position, app.top) == (18, 18)


async def test_past_the_edge_the_window_jumps_by_half_a_page() -> None:
    app = Bench(Numbers(100))
    async with running(app) as pilot:
        await pilot.press(*["down"] * 9)
        assert app.top == 0
        await pilot.press("down")
        assert (app.lines.position, app.top) == (10, 5)
        await pilot.press(*["up"] * 6)
        assert (app.lines.position, app.top) == (4, 0)


async def test_the_last_page_is_full() -> None:
    app = Bench(Numbers(95))
    async with running(app) as pilot:
        await pilot.press("end")
        assert app.top == 85
        await pilot.press("home", *["pagedown"] * 10)
        assert (app.lines.position, app.top) == (90, 85)


async def test_only_blocks_near_the_window_are_read() -> None:
    source = Numbers(100_000)
    app = Bench(source)
    async with running(app) as pilot:
        await pilot.press("end", "home", *["pagedown"] * 20)
        assert all(top % BLOCK == 0 and size == BLOCK for top, size in source.asked)
        assert len(source.asked) < 8


async def test_enter_in_an_empty_list_opens_nothing() -> None:
    app = Bench(Fixed())
    async with running(app) as pilot:
        await pilot.press("enter", "down", "pagedown", "end")
        await pilot.pause()
        assert app.told == []
        assert app.shown[1].strip() == "还没有处置"
        assert app.shown[-1].strip() == "0"
        assert app.lines.current is None


async def test_a_click_selects_and_a_double_click_opens() -> None:
    app = Bench(Numbers(100))
    async with running(app) as pilot:
        await pilot.click(WindowedList, offset=(5, 4))
        await pilot.pause()
        assert app.told == [("highlighted", ("r3", 3))]
        await pilot.double_click(WindowedList, offset=(5, 6))
        await pilot.pause()
        assert app.told[1:] == [("highlighted", ("r5", 5)), ("opened", "r5")]


async def test_a_click_on_a_title_names_its_column() -> None:
    app = Bench(Numbers(100))
    async with running(app) as pilot:
        await pilot.click(WindowedList, offset=(11, 0))
        await pilot.click(WindowedList, offset=(0, 0))
        await pilot.click(WindowedList, offset=(5, 11))
        await pilot.pause()
        assert app.told == [("header", "state")]


async def test_a_click_below_the_rows_does_nothing() -> None:
    app = Bench(Numbers(2))
    async with running(app) as pilot:
        await pilot.click(WindowedList, offset=(5, 8))
        await pilot.pause()
        assert app.told == []


async def test_the_wheel_scrolls_and_takes_the_cursor_along_at_the_edge() -> None:
    app = Bench(Numbers(100))
    async with running(app) as pilot:
        app.lines.go(4)
        await pilot._post_mouse_events([events.MouseScrollDown], WindowedList, button=0)
        assert (app.lines.position, app.top) == (4, 3)
        await pilot._post_mouse_events([events.MouseScrollDown], WindowedList, button=0)
        assert (app.lines.position, app.top) == (6, 6)
        await pilot._post_mouse_events([events.MouseScrollUp], WindowedList, button=0)
        assert (app.lines.position, app.top) == (6, 3)


@pytest.mark.parametrize("source", [Numbers(100), Known(100)])
async def test_a_reload_keeps_the_row_asked_for(source: Numbers) -> None:
    app = Bench(source)
    async with running(app):
        app.lines.go(20)
        source.asked.clear()
        app.lines.reload(keep="r40")
        assert app.lines.current == "r40"
        assert source.asked


async def test_a_reload_of_fewer_rows_ends_on_the_last() -> None:
    source = Numbers(100)
    app = Bench(source)
    async with running(app) as pilot:
        app.lines.go(80)
        source.total = 3
        app.lines.reload(keep="r80")
        await pilot.pause()
        assert app.lines.position == 2
        assert app.told.pop() == ("highlighted", ("r2", 2))
        source.total = 0
        app.lines.reload()
        await pilot.pause()
        assert app.told.pop() == ("highlighted", (None, 0))


async def test_a_late_count_moves_nothing() -> None:
    source = Numbers(50)
    app = Bench(source)
    async with running(app) as pilot:
        app.lines.go(20)
        await pilot.pause()
        source.total = 100_000
        app.lines.recount()
        assert (app.lines.position, app.lines.total) == (20, 100_000)
        assert "21 / 100,000" in app.shown[-1]


async def test_another_source_begins_at_its_first_row() -> None:
    app = Bench(Numbers(100))
    async with running(app) as pilot:
        app.lines.go(50)
        app.lines.load(Fixed([line(7)]), empty=W("空", "Empty"))
        await pilot.pause()
        assert (app.lines.current, app.lines.total) == ("r7", 1)


async def test_a_row_that_is_gone_is_blank() -> None:
    source = Numbers(100)
    app = Bench(source)
    async with running(app):
        source.total = 3
        app.lines._window.forget()
        app.lines._strips.forget()
        assert app.shown[4].strip() == ""
        app.lines.go(50)
        assert app.lines.current is None


@pytest.mark.parametrize("size", [(60, 12), (80, 24), (120, 40), (9, 4), (1, 1)])
async def test_every_line_is_as_wide_as_the_list(size: tuple[int, int]) -> None:
    rows = [DisplayLine(name, {"title": text, "number": text}) for name, text in PAYLOADS.items()]
    app = Bench(Fixed(rows))
    async with running(app, size) as pilot:
        for _ in range(1 + len(rows) // size[1]):
            assert {cell_len(text) for text in app.shown} == {size[0]}
            assert acting("".join(app.shown).encode()) == []
            await pilot.press("pagedown")


async def test_a_row_of_ones_own_is_cleaned_and_fitted_too() -> None:
    class Own:
        id = "own"

        def segments(self, columns: RowLayout) -> tuple[str, str]:
            return "\x1b]0;x\x07" + "机" * columns.width, "no such style"

    row: ListRow = Own()
    app = Bench(Fixed([row]))
    async with running(app):
        assert acting(app.shown[1].encode()) == []
        assert cell_len(app.shown[1]) == 60


async def test_the_language_switches_titles_rows_and_empty_text() -> None:
    app = Bench(Numbers(5))
    async with running(app) as pilot:
        assert "编号" in app.shown[0]
        assert "处理中" in app.shown[1]
        language.now = "en"
        app.lines.say_again()
        await pilot.pause()
        assert "Number" in app.shown[0]
        assert "Open" in app.shown[1]
        app.lines.load(Fixed())
        assert "No fixes yet" in app.shown[1]


async def test_plain_glyphs_mark_the_cursor_where_widths_are_in_doubt() -> None:
    app = Bench(Numbers(5))
    async with running(app):
        drawing.now = PLAIN
        try:
            assert app.shown[1].startswith("> ")
        finally:
            drawing.now = FINE


async def test_the_note_stands_in_the_foot() -> None:
    app = Bench(Numbers(5))
    async with running(app):
        app.lines.note = "筛选：\x1b[2J温度"
        assert "筛选：\ufffd[2J温度" in app.shown[-1]
        app.lines.note = lambda: str(W("全部", "All"))
        assert "全部" in app.shown[-1]
        language.now = "en"
        app.lines.say_again()
        assert "All" in app.shown[-1]


async def test_the_cursor_row_has_its_own_style_and_a_theme_changes_it() -> None:
    app = Bench(Numbers(5))
    async with running(app) as pilot:
        styles = [next(iter(app.lines.render_line(y))).style for y in (1, 2, 3)]
        assert len(set(styles)) == 3  # cursor, warning, plain
        app.theme = "textual-light"
        await pilot.pause()
        assert [next(iter(app.lines.render_line(y))).style for y in (1, 2, 3)] != styles


async def test_without_colour_the_cursor_is_still_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Bench(Numbers(5))
    async with running(app):
        (segment,) = app.lines.render_lines(Region(0, 2, 60, 1))[0]
        assert segment.style is not None
        assert segment.style.color is not None
        assert len(set(segment.style.color.get_truecolor())) == 1  # grey
        assert app.shown[1].startswith("▌ ")


async def test_without_colour_what_is_urgent_stands_out_and_only_the_done_is_dim(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def light(style: Style) -> int:
        assert style.color is not None
        return style.color.get_truecolor().red

    monkeypatch.setenv("NO_COLOR", "1")
    app = Bench(Toned())
    async with running(app):
        styles = {}
        for name, y in (("error", 2), ("warning", 3), ("", 4), ("muted", 5)):
            (segment,) = app.lines.render_lines(Region(0, y, 60, 1))[0]
            assert segment.style is not None
            styles[name] = segment.style
        assert styles["error"].bold and not styles["warning"].bold and not styles[""].bold
        assert light(styles["error"]) == light(styles["warning"]) == light(styles[""])
        assert light(styles["muted"]) < light(styles[""])
        assert [line[:2] for line in app.shown[1:6]] == ["▌ ", " !", "  ", "  ", "  "]


async def test_a_border_is_drawn_around_it() -> None:
    app = Bench(Numbers(5))
    async with running(app) as pilot:
        app.lines.styles.border = ("ascii", "red")
        await pilot.pause()
        first, *_, last = app.lines.render_lines(Region(0, 0, 60, 12))
        assert (first.text[0], last.text[-1]) == ("+", "+")


def test_narrow_lines_drop_columns_by_priority() -> None:
    columns = (*COLUMNS, ListColumn("day", W("日期", "Day"), 10, priority=2))
    shown = {width: names(RowLayout(columns, width)) for width in (60, 40, 30, 20, 10)}
    assert shown == {
        60: ["number", "state", "title", "author", "day"],
        40: ["number", "state", "title", "author"],
        30: ["number", "state", "title"],
        20: ["number", "state"],
        10: ["number"],
    }


def names(layout: RowLayout) -> list[str]:
    return [slot.column.name for slot in layout.slots]


def test_no_cell_is_lost_between_columns() -> None:
    columns = [ListColumn(f"c{n}", W("列", "c"), 3 + n, weight=n, priority=n) for n in range(4)]
    for width in range(1, 130):
        layout = RowLayout(columns, width)
        end = layout.slots[-1].start + layout.slots[-1].cells
        assert cell_len(layout.line({})) == width
        assert end == width if len(layout.slots) == 4 else end <= width


def test_the_spare_room_goes_by_weight() -> None:
    a, b = ListColumn("a", W("甲", "a"), 5, weight=1), ListColumn("b", W("乙", "b"), 5, weight=3)
    assert [slot.cells for slot in RowLayout([a, b], 51).slots] == [15, 35]


def test_a_window_keeps_few_blocks() -> None:
    source = Numbers(100_000)
    window = Window(source)
    window.count()
    for at in range(0, 100_000, BLOCK):
        row = window.row(at)
        assert row is not None
        assert row.id == f"r{at}"
    assert len(window._blocks) == KEPT
    asked = len(source.asked)
    assert window.row(99_999) is not None
    assert len(source.asked) == asked
    assert window.row(100_000) is None


def test_a_list_in_memory_knows_its_rows() -> None:
    rows = Fixed([line(3), line(4)])
    assert (rows.count(), rows.place("r4"), rows.place("r9")) == (2, 1, None)
