"""The windowed list. 100 or 100,000 rows feel the same, since only a window is ever read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.text.words import Refused, W
from tui.display.row_layout import ListColumn
from tui.display.row_source import Fixed, Source, Window
from tui.widgets.commands import Command, bindings
from tui.widgets.drawing.list_painter import FOOT, HEAD, LIST_CSS, ListPainter
from tui.widgets.drawing.list_strips import EDGE, PLACE, ListStyles
from tui.widgets.drawing.list_view import ListView
from tui.widgets.plain_content import Said, text_of

WHEEL = 3  # rows that a turn of the wheel scrolls
NOTHING = W("没有内容", "Nothing here")
COMMANDS = (
    Command(
        id="list.down",
        word=W("下一行", "Next row"),
        help=W("光标下移一行", "move the cursor one row down"),
        keys="down,j",
        action="step(1)",
    ),
    Command(
        id="list.up",
        word=W("上一行", "Previous row"),
        help=W("光标上移一行", "move the cursor one row up"),
        keys="up,k",
        action="step(-1)",
    ),
    Command(
        id="list.page_down",
        word=W("下一页", "Page down"),
        help=W("向下翻一页", "one page down"),
        keys="pagedown",
        action="page(1)",
    ),
    Command(
        id="list.page_up",
        word=W("上一页", "Page up"),
        help=W("向上翻一页", "one page up"),
        keys="pageup",
        action="page(-1)",
    ),
    Command(
        id="list.first",
        word=W("第一行", "First row"),
        help=W("到第一行", "to the first row"),
        keys="home,g",
        action="edge(False)",
    ),
    Command(
        id="list.last",
        word=W("最后一行", "Last row"),
        help=W("到最后一行", "to the last row"),
        keys="end,G",
        action="edge(True)",
    ),
    Command(
        id="list.open",
        word=W("打开", "Open"),
        help=W("打开光标所在的一行", "open the row under the cursor"),
        keys="enter",
        action="open",
    ),
)


class WindowedList(Widget, can_focus=True):
    """A list of rows between a header and a foot line, with a cursor.

    A step repaints two lines; past the edge the window jumps by half a page, so that most keys
    stay that cheap. The foot tells the place instead of a scroll bar, and what `note` says (the
    filter, say). It belongs to the list since another widget would follow a frame, 20 ms, later.
    """

    ALLOW_SELECT = False
    STYLES: ClassVar = ("muted", "warning", "error", "success")
    """Names of styles that a row may ask for."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--header",
        "lines--foot",
        "lines--cursor",
        "lines--muted",
        "lines--warning",
        "lines--error",
        "lines--success",
    }
    DEFAULT_CSS = LIST_CSS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    class ListMessage(Message):
        """A message of a list; `lines` is the list."""

        def __init__(self, lines: WindowedList) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> WindowedList:
            return self.lines

    class Highlighted(ListMessage):
        """The cursor is on the row `id`; None, at 0, in an empty list."""

        def __init__(self, lines: WindowedList, id: str | None, position: int) -> None:
            super().__init__(lines)
            self.id, self.position = id, position

    class Opened(ListMessage):
        """The row `id` was opened, by Enter or a double click."""

        def __init__(self, lines: WindowedList, id: str) -> None:
            super().__init__(lines)
            self.id = id

    class HeaderClicked(ListMessage):
        """The title of the column `name` was clicked."""

        def __init__(self, lines: WindowedList, name: str) -> None:
            super().__init__(lines)
            self.name = name

    def __init__(
        self,
        columns: Sequence[ListColumn],
        source: Source | None = None,
        *,
        empty: W = NOTHING,
        view: ListView | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._view = view or ListView()
        self._note: Said = ""
        self._noted = ""
        self._window = Window(source or Fixed())
        self._styles = ListStyles(self, self.COMPONENT_CLASSES)
        self._painter = ListPainter(
            columns, self._styles.of, self._view, self._window, empty, self._foot_note
        )
        self._strips = self._painter.strips

    @property
    def position(self) -> int:
        """The cursor's row, from 0."""
        return self._view.position

    @property
    def total(self) -> int:
        """How many rows there are, as last counted."""
        return self._window.total

    @property
    def current(self) -> str | None:
        """The id of the row under the cursor; None on a heading."""
        row = self._window.row(self.position) if self.total else None
        return (row.id or None) if row else None

    @property
    def note(self) -> Said:
        """The note in the foot, after the place; a function that makes it is called now, and when
        the language is switched."""
        return self._note

    @note.setter
    def note(self, said: Said) -> None:
        self._note = said
        self._noted = text_of(said)
        self._paint(self._foot)

    def _foot_note(self) -> str:
        """The text of the note; it is not made anew for every frame."""
        return self._noted

    def blame(self, trouble: Refused | None) -> None:
        """What was to be shown could not be read, or can again: an empty list must not say that
        there is nothing."""
        if trouble is not self._painter.trouble:
            self._painter.trouble = trouble
            self.refresh()

    def load(self, source: Source, *, empty: W | None = None) -> None:
        """Show another source from its first row, with another word for when it is empty."""
        self._window = self._painter.window = Window(source)
        self._painter.empty = empty or self._painter.empty
        self._view.begin()
        self.reload()

    def reload(self, keep: str | None = None) -> None:
        """Read again; the cursor goes to the row `keep`, else it stays at its place if it can."""
        self._window.forget()
        self._window.count()
        self._strips.forget()
        place = self._window.place(keep, self.position) if keep else None
        self._move(self.position if place is None else place)
        self.refresh()
        self._tell()

    def recount(self) -> None:
        """Only count again, for a source that learns its count late."""
        self._window.count()
        self._move(self.position)

    def go(self, position: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        if self._move(position):
            self._tell()

    def action_step(self, by: int) -> None:
        self.go(self.position + by)

    def action_page(self, pages: int) -> None:
        by = pages * max(self._height - 1, 1)
        if self._move(self.position + by, self._view.top + by):
            self._tell()
            self.call_after_refresh(self._painter.draw_ahead, by)

    def action_edge(self, last: bool) -> None:
        self.go(self.total - 1 if last else 0)

    def action_open(self) -> None:
        if (id := self.current) is not None:
            self.post_message(self.Opened(self, id))

    def on_mount(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        self._move(self.position)

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click opens; on the header it names the column."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEAD:
            if column := self._strips.layout.at(offset.x - EDGE):
                self.post_message(self.HeaderClicked(self, column.name))
        elif offset.y < self._foot and (at := self._view.top + offset.y - HEAD) < self.total:
            self.go(at)
            if event.chain == 2:
                self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        """Scroll; the cursor stays on its row while that is in sight."""
        event.stop()
        if self._move(*self._view.scrolled(by)):
            self._tell()

    @property
    def _height(self) -> int:
        """Rows in sight, one at least."""
        return max(self.size.height - HEAD - FOOT, 1)

    @property
    def _foot(self) -> int:
        """The line of the foot."""
        return self.size.height - FOOT

    def _paint(self, line: int, count: int = 1, cells: int | None = None) -> None:
        """Have some lines painted again."""
        self.refresh(Region(0, line, self.size.width if cells is None else cells, count))

    def _move(self, position: int, top: int | None = None) -> bool:
        """Put cursor and window somewhere, repaint what changed; whether the cursor moved."""
        view = self._view
        before, old = view.position, view.top
        view.fit(self.total, self._height)
        moved = view.move(position, old if top is None else top)
        if view.top != old:
            self._paint(HEAD, self._height)
        elif moved:
            self._paint(HEAD + before - old)
            self._paint(HEAD + view.position - old)
        if moved:
            self._paint(self._foot, cells=PLACE)
        return moved

    def _tell(self) -> None:
        self.post_message(self.Highlighted(self, self.current, self.position))

    def say_again(self) -> None:
        self._noted = text_of(self._note)
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.forget()
        self._strips.forget()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The cached lines: Textual's own cache would copy and filter each of them again."""
        if self.styles.gutter:
            return super().render_lines(crop)
        size = self.size
        self._strips.prepare(size)
        strips = [self._painter.line(y, size.height) for y in crop.line_range]
        whole = crop.column_span == (0, size.width)
        return strips if whole else [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        self._strips.prepare(self.size)
        return self._painter.line(y, self.size.height)
