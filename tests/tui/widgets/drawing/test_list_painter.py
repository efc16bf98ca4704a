"""List painters: header, rows and foot as text, and what stands where there are no rows."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from models.text.words import Refused, W, language
from tests.support.hostile import PAYLOADS, acting
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, Fixed, Window
from tui.display.terminal_text import width
from tui.widgets.drawing.list_painter import FOOT, HEAD, ListPainter
from tui.widgets.drawing.list_strips import KEPT
from tui.widgets.drawing.list_view import ListView

COLUMNS = (ListColumn("title", W("标题", "Title"), 10, weight=1),)
EMPTY, UNREAD = W("没有内容", "Nothing here"), W("读不出来", "cannot be read")
SIZE = Size(40, 8)


def painter(*titles: str, size: Size = SIZE) -> ListPainter:
    """A painter of rows with these titles, ready for a frame."""
    window = Window(Fixed([DisplayLine(f"r{at}", {"title": t}) for at, t in enumerate(titles)]))
    window.count()
    view = ListView()
    view.fit(window.total, size.height - HEAD - FOOT)
    made = ListPainter(COLUMNS, lambda _: Style.null(), view, window, EMPTY, lambda: "筛选")
    made.strips.prepare(size)
    return made


def text(strip: Strip) -> str:
    """A line as it is read."""
    return strip.text


def frame(made: ListPainter, size: Size = SIZE) -> list[str]:
    """All lines of a frame."""
    return [text(made.line(y, size.height)) for y in range(size.height)]


def test_rows_stand_between_header_and_foot() -> None:
    lines = frame(painter("甲", "乙"))
    assert lines[0].strip() == "标题" and lines[1].split()[-1] == "甲"
    assert lines[2].strip() == "乙" and lines[3].strip() == ""
    assert lines[-1].split() == ["1", "/", "2", "筛选"]
    assert {width(line) for line in lines} == {SIZE.width}


def test_the_mark_stands_where_the_cursor_is() -> None:
    made = painter("甲", "乙")
    before = frame(made)
    made.view.move(1, 0)
    after = frame(made)
    assert before[1] != after[1] and before[2] != after[2] and before[3:-1] == after[3:-1]
    assert after[-1].split()[0] == "2"


def test_an_empty_list_says_so_in_the_language_of_now() -> None:
    made = painter()
    assert frame(made)[1].strip() == "没有内容" and frame(made)[2].strip() == ""
    language.now = "en"
    made.strips.prepare(SIZE)
    assert frame(made)[1].strip() == "Nothing here"


def test_what_could_not_be_read_is_said_instead() -> None:
    made = painter()
    made.trouble = Refused(UNREAD)
    assert frame(made)[1].strip() == "读不出来"


def test_a_long_word_for_nothing_is_wrapped() -> None:
    size = Size(12, 8)
    made = painter(size=size)
    made.empty = W("这里现在还什么都没有", "nothing")
    lines = [line.strip() for line in frame(made, size)[1:-1] if line.strip()]
    assert len(lines) > 1 and "".join(lines) == "这里现在还什么都没有"


def test_a_page_is_drawn_before_it_is_asked_for() -> None:
    made = painter(*(str(at) for at in range(30)))
    height = made.view.height
    made.view.move(height, height)
    made.draw_ahead(height)
    kept = {key[1] for key in made.strips._kept if key[0] == "row"}
    assert kept == set(range(2 * height, 3 * height))


def test_only_so_many_lines_are_kept() -> None:
    made = painter(*(str(at) for at in range(3 * KEPT)))
    for at in range(2 * KEPT):
        made.strips.row(at, False, made.window)
    made.strips.prepare(SIZE)
    assert len(made.strips._kept) <= KEPT


@pytest.mark.parametrize("size", [Size(1, 3), Size(9, 4), Size(80, 24)])
def test_every_line_is_as_wide_as_the_list_and_acts_on_nothing(size: Size) -> None:
    made = painter(*PAYLOADS.values(), size=size)
    for line in frame(made, size):
        assert width(line) == size.width and acting(line.encode()) == []
