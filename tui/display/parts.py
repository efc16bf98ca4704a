"""Parts: what a leaf is made of, and how each is set into lines of a given width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from models.text.words import W
from tui.display.terminal_text import cut, drawing, show, width, wrap

Style = Literal[
    "", "title", "head", "label", "muted", "good", "bad", "warn", "busy", "hit", "key", "plain"
]
Span = tuple[str, Style]
"""A piece of text and the name of its style."""
Body = str | W | Sequence[Span]

LABEL_LEAST: Final = 8
LABEL_MOST: Final = 20
GAP: Final = 2


class DrawnLine(Protocol):
    """A part of one line that is made when it is drawn, since there are many of its kind."""

    def spans(self, room: int) -> list[Span]:
        """The line in so many cells."""

    def text(self) -> str:
        """All of it, for a file or the clipboard."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """One entry of a leaf; with an `id` the cursor stops on it and Enter opens it.

    A `head` begins a section. A label has a column of its own, on the left of the body.
    """

    body: Body = ""
    id: str = ""
    label: str | W = ""
    style: Style = ""
    head: bool = False
    indent: int = 0
    clip: bool = False
    """One line only, cut at the edge."""
    line: DrawnLine | None = None
    """In place of a body."""


def label_width(parts: Iterable[TextPart], room: int) -> int:
    """How wide the column of labels is: the widest, within bounds and a third of the room."""
    widest = max((width(show(str(part.label))) for part in parts if part.label), default=0)
    return min(max(widest, LABEL_LEAST), LABEL_MOST, max(room // 3, LABEL_LEAST))


def lines_of(part: TextPart, room: int, labels: int) -> list[list[Span]]:
    """The part as lines of spans, none wider than `room` cells."""
    if part.line is not None:
        return [part.line.spans(room)]
    if part.head:
        return [_head(part, room)]
    left = labels + GAP if part.label else part.indent
    spans = _spans(part)
    body = [_clipped(spans, room - left)] if part.clip else _set(spans, max(room - left, 2))
    first: list[Span] = [(" " * part.indent, "")]
    if part.label:
        first = [(cut(str(part.label), labels, padded=True) + " " * GAP, "label")]
    return [[*(first if at == 0 else [(" " * left, "")]), *line] for at, line in enumerate(body)]


def plain(parts: Iterable[TextPart]) -> str:
    """All parts as plain text, for the clipboard or a file."""
    lines = []
    for part in parts:
        text = "".join(text for text, _ in _spans(part))
        lines.append(f"{part.label}: {text}" if part.label else f"{' ' * part.indent}{text}")
    return "\n".join(lines)


def _head(part: TextPart, room: int) -> list[Span]:
    """The line that begins a section: its name, and a rule to the edge."""
    text = cut("".join(text for text, _ in _spans(part)), room)
    rule = drawing.now.rule * max(room - width(text) - 1, 0)
    return [(text, "head"), (f" {rule}" if rule else "", "muted")]


def _spans(part: TextPart) -> list[Span]:
    if part.line is not None:
        return [(show(part.line.text()), part.style)]
    if isinstance(part.body, str | W):
        return [(show(str(part.body)), part.style)]
    return [(show(text), style or part.style) for text, style in part.body]


def _clipped(spans: Sequence[Span], room: int) -> list[Span]:
    """The spans in one line; the last one that fits is cut with an ellipsis."""
    found: list[Span] = []
    for text, style in spans:
        if room > 0:
            found.append((cut(text, room), style))
            room -= width(found[-1][0])
    return found


def _set(spans: Sequence[Span], room: int) -> list[list[Span]]:
    """Spans broken into lines by the rules of `wrap`, each keeping its style."""
    text = "".join(piece for piece, _ in spans)
    lines: list[list[Span]] = []
    at = 0
    for line in wrap(text, room):
        at = text.index(line, at)
        lines.append(_between(spans, at, at + len(line)))
        at += len(line)
    return lines


def _between(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The pieces of the spans between two places of the whole text."""
    found: list[Span] = []
    at = 0
    for piece, style in spans:
        part = piece[max(start - at, 0) : max(end - at, 0)]
        if part:
            found.append((part, style))
        at += len(piece)
    return found
