"""A page of text with sections, whose entries a cursor can stop on; long text scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.text.words import W
from tui.display.parts import Span, TextPart
from tui.display.terminal_text import cut, drawing, width
from tui.widgets.commands import Command, bindings
from tui.widgets.drawing.document_scroll import DocumentScroll
from tui.widgets.drawing.list_strips import EDGE
from tui.widgets.windowed_list import COMMANDS as MOVES
from tui.widgets.windowed_list import WHEEL

MovedT = TypeVar("MovedT")
COMMANDS = (
    Command(
        id="leaf.next",
        word=W("下一节", "Next section"),
        help=W("跳到下一节", "go to the next section"),
        keys="ctrl+down,right_square_bracket",
        action="section(1)",
    ),
    Command(
        id="leaf.previous",
        word=W("上一节", "Previous section"),
        help=W("跳到上一节", "go to the previous section"),
        keys="ctrl+up,left_square_bracket",
        action="section(-1)",
    ),
)


class DocumentView(Widget, can_focus=True):
    """Parts below each other, wrapped to the width. `look` shows others and keeps the place.

    A part taller than the window is scrolled through line by line before the cursor leaves it.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"leaf--{style}" for style in ("title", "head", "label", "muted", "hit", "key")),
        *(f"leaf--{style}" for style in ("good", "bad", "warn", "busy", "cursor", "plain")),
    }
    DEFAULT_CSS = """
    DocumentView {
        width: 1fr;
        height: 1fr;
        background: $surface;
        color: $foreground;
        & > .leaf--title { text-style: bold; }
        & > .leaf--head { color: $text-primary; text-style: bold; }
        & > .leaf--label { color: $text-muted; }
        & > .leaf--muted { color: $text-muted; }
        & > .leaf--key { color: $text-accent; text-style: bold; }
        & > .leaf--hit { color: $text-accent; text-style: bold underline; }
        & > .leaf--good { color: $text-success; }
        & > .leaf--bad { color: $text-error; }
        & > .leaf--warn { color: $text-warning; }
        & > .leaf--busy { color: $text-primary; }
        & > .leaf--cursor { background: $panel; }
        &:focus > .leaf--cursor { background: $primary 30%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MOVES), *bindings(COMMANDS)]

    class PartMessage(Message):
        """A message about the part `id`; `leaf` is the view."""

        def __init__(self, leaf: DocumentView, id: str) -> None:
            super().__init__()
            self.leaf, self.id = leaf, id

        @property
        def control(self) -> DocumentView:
            """The view."""
            return self.leaf

    class Highlighted(PartMessage):
        """The cursor is on this part ('' where there is none)."""

    class Opened(PartMessage):
        """This part was opened, by Enter or a double click."""

    def __init__(
        self,
        parts: Sequence[TextPart] = (),
        *,
        focusable: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.can_focus = focusable
        self._scroll = DocumentScroll(parts)
        self._picture: list[tuple[list[Span], bool]] = []

    @property
    def parts(self) -> Sequence[TextPart]:
        """What is shown."""
        return self._scroll.parts

    @property
    def current(self) -> str:
        """The id of the part under the cursor, '' if there is none."""
        return self._scroll.current

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        self._fit()
        return self._scroll.at_end

    def look(self, parts: Sequence[TextPart], *, top: bool = False) -> None:
        """Show these; the cursor stays on its part, or where it was, unless `top` is wanted."""
        self._fit()
        self._scroll.show(parts, top=top)
        self._paint()
        if self.styles.is_auto_height:
            self.refresh(layout=True)
        self._tell()

    def go(self, id: str) -> None:
        """Put the cursor on a part."""
        self._do(lambda: self._scroll.go(id))

    # -- moving ------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """The next stop; or a line on, while the part goes on beyond the window."""
        self._do(lambda: self._scroll.step(by))

    def action_page(self, pages: int) -> None:
        """A windowful on; the cursor goes to the first stop in sight."""
        self._do(lambda: self._scroll.page(pages))

    def action_edge(self, last: bool) -> None:
        """The beginning or the end."""
        self._do(lambda: self._scroll.edge(last))

    def action_section(self, by: int) -> None:
        """The next or the previous section."""
        self._do(lambda: self._scroll.section(by))

    def action_open(self) -> None:
        """Open the part under the cursor."""
        if self.current:
            self.post_message(self.Opened(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click opens."""
        offset = event.get_content_offset(self)
        if offset is None or not self._do(lambda: self._scroll.click(offset.y)):
            return
        if event.chain == 2:
            self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._do(lambda: self._scroll.scroll(WHEEL))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._do(lambda: self._scroll.scroll(-WHEEL))

    def on_resize(self) -> None:
        self._do(self._scroll.reveal)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as there are, for a view that is as high as its text."""
        return len(self._scroll.set_lines(width))

    def _fit(self) -> None:
        self._scroll.fit(self.size.width, self.size.height)

    def _do(self, move: Callable[[], MovedT]) -> MovedT:
        """Move cursor or window, have painted what changed, and tell where the cursor is."""
        before = self._scroll.at
        self._fit()
        done = move()
        self._paint()
        if self._scroll.at != before:
            self._tell()
        return done

    def _tell(self) -> None:
        self.post_message(self.Highlighted(self, self.current))

    # -- drawing -------------------------------------------------------------------------------

    def say_again(self) -> None:
        """Said anew when it is drawn."""
        self._paint()

    def _paint(self) -> None:
        """Have the lines painted that are not what they were: over SSH every one counts."""
        self._fit()
        lines = self._scroll.picture()
        before, self._picture = (
            self._picture,
            [(line, here and self.can_focus) for line, here in lines],
        )
        if len(before) != len(self._picture):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._picture, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line in as many segments as it has styles."""
        wide = self.size.width
        self._fit()
        spans, here = self._scroll.line(y)
        here = here and self.can_focus
        edge = f"{drawing.now.mark} " if here else " " * EDGE
        segments, used = [Segment(edge, self._rich("", here))], EDGE
        for text, style in spans:
            piece = text if text.isprintable() and used + width(text) <= wide else ""
            piece = piece or cut(text, wide - used)
            segments.append(Segment(piece, self._rich(style, here)))
            used += width(piece)
        segments.append(Segment(" " * max(wide - used, 0), self._rich("", here)))
        return Strip(segments, max(wide, used))

    def _rich(self, name: str, here: bool) -> RichStyle:
        style = self.rich_style
        if name:
            style = self.get_component_rich_style(f"leaf--{name}")
        if here:
            style += RichStyle(bgcolor=self.get_component_rich_style("leaf--cursor").bgcolor)
        return style
