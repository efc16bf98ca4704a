"""The windowed list. 100 or 100,000 rows feel the same, since only a window is ever read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.text.words import Refused, W
from tui.display.row_layout import ListColumn
from tui.display.row_source import Fixed, Source, Window
from tui.display.terminal_text import show, wrap
from tui.widgets.commands import Command, bindings
from tui.widgets.list_strips import EDGE, PLACE, Strips
from tui.widgets.plain_content import Said, text_of

HEAD = FOOT = 1  # lines
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
    DEFAULT_CSS = """
    WindowedList {
        width: 1fr;
        height: 1fr;
        background: $surface;
        color: $foreground;
        & > .lines--header { color: $text-primary; text-style: bold; }
        & > .lines--foot { color: $text-muted; background: $panel; }
        & > .lines--cursor {
            color: $block-cursor-blurred-foreground;
            background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
        &:focus > .lines--cursor {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        & > .lines--muted { color: $text-muted; }
        & > .lines--warning { color: $text-warning; }
        & > .lines--error { color: $text-error; }
        & > .lines--success { color: $text-success; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    class Told(Message):
        """What a list tells; `lines` is the list."""

        def __init__(self, lines: WindowedList) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> WindowedList:
            return self.lines

    class Highlighted(Told):
        """The cursor stands on the row `id`; None, at 0, in an empty list."""

        def __init__(self, lines: WindowedList, id: str | None, position: int) -> None:
            super().__init__(lines)
            self.id, self.position = id, position

    class Opened(Told):
        """The row `id` was opened, by Enter or a double click."""

        def __init__(self, lines: WindowedList, id: str) -> None:
            super().__init__(lines)
            self.id = id

    class HeaderClicked(Told):
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
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.position = 0
        """The cursor's row, from 0."""
        self._empty = empty
        self._trouble: Refused | None = None
        self._note: Said = ""
        self._noted = ""
        self._window = Window(source or Fixed())
        self._top = 0
        self._styles: dict[str, Style] = {}
        self._strips = Strips(columns, self._style)

    @property
    def total(self) -> int:
        """How many rows there are, as last counted."""
        return self._window.total

    @property
    def current(self) -> str | None:
        """The id of the row under the cursor."""
        row = self._window.row(self.position) if self.total else None
        return row.id if row else None

    @property
    def note(self) -> Said:
        """What the foot says beside the place; what makes a text is asked now and when the
        language is switched."""
        return self._note

    @note.setter
    def note(self, said: Said) -> None:
        self._note = said
        self._noted = text_of(said)
        self._paint(self._foot)

    def blame(self, trouble: Refused | None) -> None:
        """What was to be shown could not be read, or can again: an empty list must not say that
        there is nothing."""
        if trouble is not self._trouble:
            self._trouble = trouble
            self.refresh()

    def load(self, source: Source, *, empty: W | None = None) -> None:
        """Show another source from its first row, with another word for when it is empty."""
        self._window = Window(source)
        self._empty = empty or self._empty
        self.position = self._top = 0
        self.reload()

    def reload(self, keep: str | None = None) -> None:
        """Read again; the cursor goes to the row `keep`, else it stays as far as it can."""
        self._window.forget()
        self._window.count()
        self._strips.forget()
        place = self._window.place(keep, self.position) if keep else None
        self._move(self.position if place is None else place, self._top)
        self.refresh()
        self._tell()

    def recount(self) -> None:
        """Only count again, for a source that learns its count late."""
        self._window.count()
        self._move(self.position, self._top)

    def go(self, position: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        if self._move(position, self._top):
            self._tell()

    def action_step(self, by: int) -> None:
        self.go(self.position + by)

    def action_page(self, pages: int) -> None:
        by = pages * max(self._height - 1, 1)
        if self._move(self.position + by, self._top + by):
            self._tell()
            self.call_after_refresh(self._draw_ahead, by)

    def action_edge(self, last: bool) -> None:
        self.go(self.total - 1 if last else 0)

    def action_open(self) -> None:
        if (id := self.current) is not None:
            self.post_message(self.Opened(self, id))

    def on_mount(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        self._move(self.position, self._top)

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click opens; on the header it names the column."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEAD:
            if column := self._strips.layout.at(offset.x - EDGE):
                self.post_message(self.HeaderClicked(self, column.name))
        elif offset.y < self._foot and (at := self._top + offset.y - HEAD) < self.total:
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
        top = self._clamp(self._top + by)
        inside = min(max(self.position, top), top + self._height - 1)
        if self._move(inside, top):
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

    def _clamp(self, top: int) -> int:
        return max(min(top, self.total - self._height), 0)

    def _move(self, position: int, top: int) -> bool:
        """Put cursor and window somewhere, repaint what changed; whether the cursor moved."""
        before, old = self.position, self._top
        self.position = position = max(min(position, self.total - 1), 0)
        self._top = top = self._clamp(top)
        if not top <= position < top + self._height:
            self._top = top = self._clamp(position - self._height // 2)
        if top != old:
            self._paint(HEAD, self._height)
        elif position != before:
            self._paint(HEAD + before - top)
            self._paint(HEAD + position - top)
        if position != before:
            self._paint(self._foot, cells=PLACE)
        return position != before

    def _draw_ahead(self, by: int) -> None:
        """After a page is painted, draw the one that the same key would show next."""
        top = self._clamp(self._top + by)
        for at in range(top, min(top + self._height, self.total)):
            self._strips.row(at, at == self.position + by, self._window)

    def _tell(self) -> None:
        self.post_message(self.Highlighted(self, self.current, self.position))

    def say_again(self) -> None:
        self._noted = text_of(self._note)
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips.forget()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines as they are kept: Textual's own cache would copy and filter each of them again."""
        if self.styles.gutter:
            return super().render_lines(crop)
        size = self.size
        self._strips.prepare(size)
        strips = [self._line(y, size.height) for y in crop.line_range]
        whole = crop.column_span == (0, size.width)
        return strips if whole else [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        self._strips.prepare(self.size)
        return self._line(y, self.size.height)

    def _line(self, y: int, height: int) -> Strip:
        """The line at `y`."""
        if y < HEAD:
            return self._strips.header()
        if y >= height - FOOT:
            return self._strips.foot(self.position, self.total, self._noted)
        at = self._top + y - HEAD
        if at < self.total:
            return self._strips.row(at, at == self.position, self._window)
        return self._strips.line(self._instead(at), "muted" if self._trouble is None else "error")

    def _instead(self, at: int) -> str:
        """What stands where there are no rows: why they cannot be read, or that there are none."""
        if self.total:
            return ""
        said = show(str(self._trouble or self._empty))
        lines = wrap(said, self.size.width - 2 * EDGE)[at : at + 1]
        return " " * EDGE + lines[0] if lines else ""

    def _style(self, name: str) -> Style:
        """The style of a name, filtered (for NO_COLOR); kept, since every row needs one."""
        if (kept := self._styles.get(name)) is not None:
            return kept
        full = f"lines--{name}"
        known = full in self.COMPONENT_CLASSES
        segments = [Segment(" ", self.get_component_rich_style(full) if known else self.rich_style)]
        for line_filter in self.get_line_filters():
            segments = line_filter.apply(segments, self.background_colors[1])
        style = self._styles[name] = segments[0].style or Style.null()
        return style
