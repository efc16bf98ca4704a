"""Document scroll: parts set into lines, a cursor that stops on parts, and the window in sight."""

from __future__ import annotations

from collections.abc import Sequence

from models.text.words import language
from tui.display.parts import Span, TextPart, label_width, lines_of
from tui.display.terminal_text import drawing
from tui.widgets.drawing.list_strips import EDGE


class DocumentScroll:
    """Parts below each other in a window; the cursor stops on those with an id.

    A part taller than the window is scrolled through line by line before the cursor leaves it.
    """

    def __init__(self, parts: Sequence[TextPart] = ()) -> None:
        self.parts = parts
        self.at = next((at for at, part in enumerate(parts) if part.id), -1)
        """The place of the part under the cursor, -1 where there is none."""
        self.top = 0
        """The first line in sight."""
        self._width, self._height = 0, 1
        self._set_for: object = None
        self._lines: list[tuple[int, list[Span]]] = []
        self._spans: list[tuple[int, int]] = []

    @property
    def current(self) -> str:
        """The id of the part under the cursor, '' if there is none."""
        return self.parts[self.at].id if 0 <= self.at < len(self.parts) else ""

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.top + self._height >= len(self.lines)

    def fit(self, width: int, height: int) -> None:
        """The window is so wide and high; one line at least."""
        self._width, self._height = width, max(height, 1)

    def show(self, parts: Sequence[TextPart], *, top: bool = False) -> None:
        """Show these; the cursor stays on its part, or where it was, unless `top` is wanted."""
        before, place = self.current, self.at
        self.parts, self._set_for = parts, None
        stops = self._stops()
        same = [at for at in stops if parts[at].id == before]
        near = min(stops, key=lambda at: abs(at - place), default=-1)
        self.at = (stops[:1] or [-1])[0] if top else (same[0] if same and before else near)
        self.top = 0 if top else self.top
        self.reveal()

    # -- moving ------------------------------------------------------------------------------

    def go(self, id: str) -> None:
        """Put the cursor on a part; nothing happens where there is none of that id."""
        found = next((at for at, part in enumerate(self.parts) if part.id == id), None)
        if found is not None:
            self.at = found
            self.reveal()

    def step(self, by: int) -> None:
        """To the next stop; or a line on, while the part goes on beyond the window."""
        first, last = self._extent(self.at)
        goes_on = last > self.top + self._height if by > 0 else first < self.top
        beyond = [at for at in self._stops() if (at > self.at if by > 0 else at < self.at)]
        target = (beyond[0] if by > 0 else beyond[-1]) if beyond else None
        far = target is not None and not self._near(target, by)
        if goes_on or target is None or far:
            self.scroll(by)
        if not goes_on and target is not None and self._near(target, by):
            self.at = target
            self.reveal()

    def page(self, pages: int) -> None:
        """A windowful on; the cursor goes to the first stop in sight."""
        self.scroll(pages * max(self._height - 1, 1))
        seen = [at for at in self._stops() if self._in_sight(at)]
        if seen:
            self.at = seen[0] if pages > 0 else seen[-1] if self.top else seen[0]

    def edge(self, last: bool) -> None:
        """To the beginning or the end."""
        self.top = self._clamp(len(self.lines) if last else 0)
        stops = self._stops()
        if stops:
            self.at = stops[-1 if last else 0]

    def section(self, by: int) -> None:
        """To the next or the previous section."""
        heads = [at for at, part in enumerate(self.parts) if part.head]
        here = max((at for at in heads if at <= self.at), default=-1)
        beyond = [at for at in heads if (at > self.at if by > 0 else at < here)]
        if beyond:
            head = beyond[0] if by > 0 else beyond[-1]
            self.top = self._clamp(self._extent(head)[0])
            self.at = next((at for at in self._stops() if at > head), self.at)
        elif by < 0:
            self.edge(False)

    def click(self, y: int) -> bool:
        """Put the cursor on the part at a line of the window; whether it can be there."""
        at = self.lines[self.top + y][0] if self.top + y < len(self.lines) else -1
        if at < 0 or not self.parts[at].id:
            return False
        self.at = at
        return True

    def scroll(self, by: int) -> None:
        """So many lines on; the cursor stays."""
        self.top = self._clamp(self.top + by)

    def reveal(self) -> None:
        """Scroll as little as shows the cursor's part, from its first line on; its head too."""
        first, last = self._extent(self.at)
        heads = self.at > 0 and self.parts[self.at - 1].head
        first -= int(heads)
        if not any(part.id for part in self.parts[: self.at]):
            first = 0  # nothing above can be stopped on: show it
        top = self._clamp(self.top)
        if last > top + self._height:
            top = last - self._height
        if first < top or last - first > self._height:
            top = first
        self.top = self._clamp(top)

    # -- lines ---------------------------------------------------------------------------------

    @property
    def lines(self) -> list[tuple[int, list[Span]]]:
        """Every line with the place of its part."""
        return self.set_lines(self._width)

    def set_lines(self, width: int) -> list[tuple[int, list[Span]]]:
        """The lines as they are set for a width, in the language of now."""
        key = (width, language.now, drawing.now)
        if key != self._set_for:
            self._set_for = key
            room = max(width - EDGE, 2)
            labels = label_width(self.parts, room)
            self._lines, self._spans = [], []
            for at, part in enumerate(self.parts):
                start = len(self._lines)
                set_now = lines_of(part, room, labels) if part.line is None else [[]]
                self._lines += [(at, line) for line in set_now]
                self._spans.append((start, len(self._lines)))
        return self._lines

    def line(self, y: int) -> tuple[list[Span], bool]:
        """A line of the window, and whether the cursor is there."""
        lines = self.lines
        at, spans = lines[self.top + y] if self.top + y < len(lines) else (-1, [])
        made = self.parts[at].line if at >= 0 else None
        if made is not None:  # one of many: made when it comes into sight
            spans = made.spans(max(self._width - EDGE, 2))
        return spans, at == self.at and bool(self.current)

    def picture(self) -> list[tuple[list[Span], bool]]:
        """Every line of the window."""
        return [self.line(y) for y in range(self._height)]

    def _stops(self) -> list[int]:
        return [at for at, part in enumerate(self.parts) if part.id]

    def _extent(self, at: int) -> tuple[int, int]:
        """The first line of a part, and the one behind its last."""
        return self._spans[at] if self.lines and 0 <= at < len(self._spans) else (0, 0)

    def _in_sight(self, at: int) -> bool:
        first, last = self._extent(at)
        return first < self.top + self._height and last > self.top

    def _near(self, at: int, by: int) -> bool:
        """Whether a part begins (or, upwards, ends) within a line of the window."""
        first, last = self._extent(at)
        return first <= self.top + self._height if by > 0 else last >= self.top

    def _clamp(self, top: int) -> int:
        return max(min(top, len(self.lines) - self._height), 0)
