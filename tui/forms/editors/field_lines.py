"""Field lines: fields that are not being edited, drawn as plain lines; a click on one names it.

A form of forty editors costs 36 ms a Tab. Here one editor stands between two of these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.text.words import language
from tui.display.terminal_text import cut, drawing, pad, show, width, wrap
from tui.forms.field import Field

Span = tuple[str, str]
"""A piece of cleaned text, and the name of its style: '' or one of `FieldLines`'s classes."""
LABEL_LEAST: Final = 8
LABEL_MOST: Final = 24
SHOWN: Final = 4
"""Lines of a long text that is not being edited."""


class FieldLine(NamedTuple):
    """One line: which entry it belongs to, and its pieces."""

    at: int
    spans: Sequence[Span]


def label_width(fields: Sequence[Field], wide: int) -> int:
    """Cells for the labels: the widest, within bounds and a third of the width."""
    widest = max((width(show(str(field.spec.label))) for field in fields), default=0)
    return min(max(widest, LABEL_LEAST), LABEL_MOST, max(wide // 3, LABEL_LEAST))


def label(field: Field, cells: int) -> str:
    """A field's label, right-aligned, with the mark of what is required."""
    mark = "*" if field.required and not field.locked else " "
    return cut(str(field.spec.label), cells, padded=True, right=True) + mark


def lines_of(at: int, field: Field, said: str, labels: int, wide: int) -> list[FieldLine]:
    """A field as it is drawn while another one is edited: label, value, what is wrong."""
    room = max(wide - labels - 2, 2)
    style: str = "muted" if field.locked else "unsaved" if field.changed else ""
    body = _shortened(wrap(show(said[: room * SHOWN * 8]), room)) if said else [""]
    found = [FieldLine(at, [(label(field, labels) + " ", "label"), (body[0], style)])]
    blank: Span = (" " * (labels + 2), "")
    found += [FieldLine(at, [blank, (line, style)]) for line in body[1:]]
    for text, kind in remarks(field):
        found += [FieldLine(at, [blank, (line, kind)]) for line in wrap(text, room)]
    return found


def remarks(field: Field) -> list[Span]:
    """What is wrong with a field, and what else there is to know."""
    fault: list[Span] = [(f"! {field.fault}", "fault")] if field.fault else []
    return [*fault, *([(f"~ {field.note}", "note")] if field.note else [])]


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return lines if more <= 0 else [*lines[:SHOWN], f"{drawing.now.more} (+{more})"]


class FieldLines(Widget):
    """Lines made for each width by `make`."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"painted--{name}" for name in ("label", "here", "muted", "fault", "note")),
        *(f"painted--{name}" for name in ("unsaved", "cursor")),
    }
    DEFAULT_CSS = """
    FieldLines {
        height: auto;
        width: 1fr;
        & > .painted--label { color: $text-muted; }
        & > .painted--here { color: $text-accent; text-style: bold; }
        & > .painted--muted { color: $text-muted; }
        & > .painted--fault { color: $text-error; }
        & > .painted--note { color: $text-warning; }
        & > .painted--unsaved { text-style: bold; }
        & > .painted--cursor {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
    }
    """

    class Clicked(Message):
        """The entry `at` was clicked."""

        def __init__(self, painted: FieldLines, at: int) -> None:
            super().__init__()
            self.painted, self.at = painted, at

        @property
        def control(self) -> FieldLines:
            """The widget with the entry."""
            return self.painted

    def __init__(self, make: Callable[[int], list[FieldLine]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make = make
        self._made_for: object = None
        self._lines: list[FieldLine] = []

    def again(self) -> None:
        """Make the lines again."""
        self._made_for = None
        self.refresh(layout=True)

    def lines(self, wide: int) -> list[FieldLine]:
        """The lines for a width."""
        key = (wide, language.now, drawing.now)
        if key != self._made_for:
            self._made_for, self._lines = key, self._make(wide)
        return self._lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One row a line."""
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        """A line, filled to the width."""
        wide = self.size.width
        lines = self.lines(wide)
        line = lines[y] if y < len(lines) else FieldLine(-1, [])
        segments, used = [], 0
        for text, style in line.spans:
            fits = text.isprintable() and used + width(text) <= wide
            piece = text if fits else cut(text, wide - used)
            segments.append(Segment(piece, self._rich(style)))
            used += width(piece)
        segments.append(Segment(pad("", max(wide - used, 0)), self.rich_style))
        return Strip(segments, max(wide, used))

    def _rich(self, style: str) -> RichStyle:
        return self.get_component_rich_style(f"painted--{style}") if style else self.rich_style

    def on_click(self, event: events.Click) -> None:
        """Tell which entry was clicked."""
        offset = event.get_content_offset(self)
        lines = self.lines(self.size.width)
        if offset is not None and offset.y < len(lines):
            event.stop()
            self.post_message(self.Clicked(self, lines[offset.y].at))

    def say_again(self) -> None:
        """In the other language."""
        self.again()
