"""Plain content: what a person reads on a screen, as text that is never markup and never acts.

Textual parses markup by default and passes control characters through. Everything shown goes
through `content_of` or the widgets of `tui.widgets.safe_widgets`; `Clean` is the last filter of an
app.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widget import Widget

from models.text.words import W
from tui.display.terminal_text import show, show_each

Said = W | str | Content | Callable[[], str]
"""What can be shown: a word, a text (cleaned here), styled content, or what makes a text of words
and values anew each time (after the language was switched)."""
Severity = Literal["information", "warning", "error"]
_titles: WeakKeyDictionary[Widget, tuple[Said, Said]] = WeakKeyDictionary()


def text_of(said: Said) -> str:
    """The text to show now."""
    if isinstance(said, Content):
        return show(said.plain)
    return show(str(said) if isinstance(said, W | str) else said())


def content_of(said: Said) -> Content:
    """The content to show now, with styles only where a `Content` was given."""
    if not isinstance(said, Content):
        return Content(text_of(said))
    clean = show_each(said.plain)
    return said if clean == said.plain else Content(clean, list(said.spans))


def notify(node: App[Any] | Widget, said: Said, severity: Severity = "information") -> None:
    """A notice at the edge of the screen."""
    node.notify(text_of(said), severity=severity, markup=False)


def title(widget: Widget, said: Said = "", below: Said = "") -> None:
    """The titles in a widget's upper and lower border."""
    _titles[widget] = said, below
    widget.border_title = content_of(said) if text_of(said) else None
    widget.border_subtitle = content_of(below) if text_of(below) else None


def hint(widget: Widget, said: Said) -> None:
    """The text that a widget shows under the mouse."""
    widget.tooltip = content_of(said)


def say_again(screen: Screen[Any]) -> None:
    """Say every word of a screen in the language of now."""
    for widget in screen.query("*"):
        if isinstance(widget, Speaker):
            widget.say_again()
        if widget in _titles:
            title(widget, *_titles[widget])


class Clean(LineFilter):
    """The last filter: whatever a widget draws, nothing that acts on the terminal leaves the app.

    An app adds one to `get_line_filters`.
    """

    def __eq__(self, other: object) -> bool:  # all are one, for the lines kept by filter
        return isinstance(other, Clean)

    def __hash__(self) -> int:
        return hash(Clean)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        return [
            Segment(text if control else _harmless(text), style, control)
            for text, style, control in segments
        ]


def _harmless(text: str) -> str:
    """The text in the same cells: what acts goes where Textual gave it no room, else is U+FFFD."""
    pairs = zip(text, show_each(text), strict=True)
    return "".join(new for old, new in pairs if get_character_cell_size(old) or old == new != "\n")


@runtime_checkable
class Speaker(Protocol):
    """A widget that says its words again after the language was switched."""

    def say_again(self) -> None: ...
