"""A page of text with sections, whose entries a cursor can stop on; long text scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.text.words import W, language
from tui.display.parts import Span, TextPart, label_width, lines_of
from tui.display.terminal_text import cut, drawing, width
from tui.widgets.commands import Command, bindings
from tui.widgets.drawing.list_strips import EDGE
from tui.widgets.windowed_list import COMMANDS as MOVES
from tui.widgets.windowed_list import WHEEL

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
        help=W("跳到上一节", "go to the section before"),
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

    class Told(Message):
        """What a leaf tells of the part `id`."""

        def __init__(self, leaf: DocumentView, id: str) -> None:
            super().__init__()
            self.leaf, self.id = leaf, id

        @property
        def control(self) -> DocumentView:
            """The leaf."""
            return self.leaf

    class Highlighted(Told):
        """The cursor stands on this part ('' where there is none)."""

    class Opened(Told):
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
        self.parts: Sequence[TextPart] = parts
        self._at = next((at for at, part in enumerate(parts) if part.id), -1)
        self._top = 0
        self._picture: list[tuple[list[Span], bool]] = []
        self._set_for: object = None
        self._set_lines: list[tuple[int, list[Span]]] = []
        self._spans: list[tuple[int, int]] = []

    @property
    def current(self) -> str:
        """The id of the part under the cursor, '' if there is none."""
        return self.parts[self._at].id if 0 <= self._at < len(self.parts) else ""

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self._top + self._height >= len(self._lines)

    def look(self, parts: Sequence[TextPart], *, top: bool = False) -> None:
        """Show these; the cursor stays on its part, or where it was, unless `top` is wanted."""
        before, place = self.current, self._at
        self.parts = parts
        self._set_for = None
        stops = [at for at, part in enumerate(parts) if part.id]
        same = [at for at in stops if parts[at].id == before]
        near = min(stops, key=lambda at: abs(at - place), default=-1)
        self._at = (stops[:1] or [-1])[0] if top else (same[0] if same and before else near)
        self._top = 0 if top else self._top
        self._reveal()
        if self.styles.is_auto_height:
            self.refresh(layout=True)
        self._tell()

    def go(self, id: str) -> None:
        """Put the cursor on a part."""
        found = next((at for at, part in enumerate(self.parts) if part.id == id), None)
        if found is not None:
            self._stop(found)

    # -- moving ------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """The next stop; or a line on, while the part goes on beyond the window."""
        first, last = self._extent(self._at)
        goes_on = last > self._top + self._height if by > 0 else first < self._top
        stops = [at for at, part in enumerate(self.parts) if part.id]
        beyond = [at for at in stops if (at > self._at if by > 0 else at < self._at)]
        target = (beyond[0] if by > 0 else beyond[-1]) if beyond else None
        far = target is not None and not self._near(target, by)
        if goes_on or target is None or far:
            self._scroll(by)
        if not goes_on and target is not None and self._near(target, by):
            self._stop(target)

    def action_page(self, pages: int) -> None:
        """A windowful on; the cursor goes to the first stop in sight."""
        self._scroll(pages * max(self._height - 1, 1))
        seen = [at for at in self._stops() if self._in_sight(at)]
        if seen:
            self._mark(seen[0] if pages > 0 else seen[-1] if self._top else seen[0])

    def action_edge(self, last: bool) -> None:
        """The beginning or the end."""
        self._top = self._clamp(len(self._lines) if last else 0)
        stops = self._stops()
        if stops:
            self._mark(stops[-1 if last else 0])
        self._paint()

    def action_section(self, by: int) -> None:
        """The next or the previous section."""
        heads = [at for at, part in enumerate(self.parts) if part.head]
        here = max((at for at in heads if at <= self._at), default=-1)
        beyond = [at for at in heads if (at > self._at if by > 0 else at < here)]
        if beyond:
            head = beyond[0] if by > 0 else beyond[-1]
            self._top = self._clamp(self._extent(head)[0])
            self._mark(next((at for at in self._stops() if at > head), self._at))
        elif by < 0:
            self.action_edge(False)

    def action_open(self) -> None:
        """Open the part under the cursor."""
        if self.current:
            self.post_message(self.Opened(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click opens."""
        offset = event.get_content_offset(self)
        if offset is None or not self._top + offset.y < len(self._lines):
            return
        at = self._lines[self._top + offset.y][0]
        if self.parts[at].id:
            self._mark(at)
            if event.chain == 2:
                self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-WHEEL)

    def on_resize(self) -> None:
        self._reveal()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as there are, for a leaf that is as high as its text."""
        return len(self._laid(width))

    # -- where things are ----------------------------------------------------------------------

    @property
    def _height(self) -> int:
        return max(self.size.height, 1)

    @property
    def _lines(self) -> list[tuple[int, list[Span]]]:
        """Every line with the place of its part."""
        return self._laid(self.size.width)

    def _laid(self, wide: int) -> list[tuple[int, list[Span]]]:
        """The lines as they are set for a width, in the language of now."""
        key = (wide, language.now, drawing.now)
        if key != self._set_for:
            self._set_for = key
            room = max(wide - EDGE, 2)
            labels = label_width(self.parts, room)
            self._set_lines, self._spans = [], []
            for at, part in enumerate(self.parts):
                start = len(self._set_lines)
                self._set_lines += [(at, line) for line in lines_of(part, room, labels)]
                self._spans.append((start, len(self._set_lines)))
        return self._set_lines

    def _stops(self) -> list[int]:
        return [at for at, part in enumerate(self.parts) if part.id]

    def _extent(self, at: int) -> tuple[int, int]:
        """The first line of a part, and the one behind its last."""
        return self._spans[at] if self._lines and 0 <= at < len(self._spans) else (0, 0)

    def _in_sight(self, at: int) -> bool:
        first, last = self._extent(at)
        return first < self._top + self._height and last > self._top

    def _near(self, at: int, by: int) -> bool:
        """Whether a part begins (or, upwards, ends) within a line of the window."""
        first, last = self._extent(at)
        return first <= self._top + self._height if by > 0 else last >= self._top

    def _clamp(self, top: int) -> int:
        return max(min(top, len(self._lines) - self._height), 0)

    def _scroll(self, by: int) -> None:
        top = self._clamp(self._top + by)
        if top != self._top:
            self._top = top
            self._paint()

    def _stop(self, at: int) -> None:
        self._mark(at)
        self._reveal()

    def _mark(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self._paint()
            self._tell()

    def _reveal(self) -> None:
        """Scroll as little as shows the cursor's part, from its first line on; its head too."""
        first, last = self._extent(self._at)
        heads = self._at > 0 and self.parts[self._at - 1].head
        first -= int(heads)
        if not any(part.id for part in self.parts[: self._at]):
            first = 0  # nothing above can be stopped on: show it
        top = self._clamp(self._top)
        if last > top + self._height:
            top = last - self._height
        if first < top or last - first > self._height:
            top = first
        self._top = self._clamp(top)
        self._paint()

    def _tell(self) -> None:
        self.post_message(self.Highlighted(self, self.current))

    # -- drawing -------------------------------------------------------------------------------

    def say_again(self) -> None:
        """Said anew when it is drawn."""
        self._paint()

    def _paint(self) -> None:
        """Have the lines painted that are not what they were: over SSH every one counts."""
        before, self._picture = self._picture, [self._seen(y) for y in range(self._height)]
        if len(before) != len(self._picture):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._picture, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def _seen(self, y: int) -> tuple[list[Span], bool]:
        """What stands on a line of the window, and whether the cursor is there."""
        lines = self._lines
        at, spans = lines[self._top + y] if self._top + y < len(lines) else (-1, [])
        return spans, at == self._at and bool(self.current) and self.can_focus

    def render_line(self, y: int) -> Strip:
        """One line in as many segments as it has styles."""
        wide = self.size.width
        spans, here = self._seen(y)
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
