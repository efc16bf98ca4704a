"""The chooser: one of a few values, or several, all in sight.

A digit, a letter or an arrow takes one. Where several may be chosen, a digit or a blank puts one
on or off, and letters and arrows only go to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.schema.fields import FieldChoice, Spec
from models.text.lists import list_of, names_of
from models.text.words import W, language
from tui.display.terminal_text import cut, show, width
from tui.forms.editors.initials import initials

YES, NO = W("是", "yes"), W("否", "no")
FLAG: Final = (FieldChoice("yes", YES), FieldChoice("no", NO))
DIGITS: Final = "123456789"


class Spot(NamedTuple):
    """Where one choice is drawn."""

    at: int
    y: int
    x: int
    text: str


class ChoiceEditor(Widget):
    """Draws the choices of a field in as few lines as they need; the form hands it keys."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"chooser--chosen", "chooser--other"}
    DEFAULT_CSS = """
    ChoiceEditor {
        height: auto;
        width: 1fr;
        background: $panel;
        & > .chooser--chosen { text-style: reverse; }
        & > .chooser--other { color: $foreground; }
    }
    """

    class Chosen(Message):
        """A choice was clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.choices: Sequence[FieldChoice] = ()
        self.at = -1
        """Which one is chosen; -1 for none."""
        self._flag = self._several = False
        self._on: set[str] = set()
        """Those that are on, where several may be."""
        self._typed = ""
        self._sounds: tuple[str, ...] | None = None

    def open(self, spec: Spec, value: object) -> None:
        """Offer the choices of another field."""
        self._flag, self._several = spec.kind == "flag", spec.several
        name = ("yes" if value else "no") if self._flag and value is not None else value
        held = names_of(value) if self._several else [] if name is None else [str(name)]
        self.choices = FLAG if self._flag else spec.offered(held)
        names = [choice.name for choice in self.choices]
        self._on = set(held) if self._several else set()
        self.at = 0 if self._several else names.index(held[0]) if held and names else -1
        self._typed, self._sounds = "", None
        self.refresh(layout=True)

    @property
    def value(self) -> object:
        """The value of the field: a choice's name or a list of them, a flag, or None."""
        if self._several:
            return list_of(self._on)
        if self.at < 0:
            return None
        return self.at == 0 if self._flag else self.choices[self.at].name

    def press(self, event: events.Key) -> bool:
        """Act on a key; whether it was one for choosing."""
        typed, self._typed = self._typed, ""
        char = _narrow(event.character)
        if event.key in ("left", "right"):
            by = 1 if event.key == "right" else -1
            self._take(max(self.at, 0 if by < 0 else -1) + by, around=True)
        elif event.key in ("home", "end"):
            self._take(0 if event.key == "home" else len(self.choices) - 1)
        elif event.key == "space":
            self._turn(self.at) if self._several else self._take(self.at + 1, around=True)
        elif event.key in ("backspace", "delete"):
            self._turn(self.at, off=True) if self._several else self._take(-1)
        elif char in DIGITS and char and int(char) <= len(self.choices):
            self._turn(int(char) - 1) if self._several else self._take(int(char) - 1)
        elif char.isalpha():
            self._letter(typed, char)
        else:
            return event.is_printable
        return True

    @property
    def cursor(self) -> Offset:
        """Where the chosen one is drawn, in the chooser."""
        spots = self._spots(self.size.width)
        spot = next((spot for spot in spots if spot.at == self.at), None)
        return Offset(spot.x + 1, spot.y) if spot else Offset(1, 0)

    def _take(self, at: int, *, around: bool = False) -> None:
        self.at = at % len(self.choices) if around else at
        self.refresh()

    def _turn(self, at: int, *, off: bool = False) -> None:
        """Put a choice on or off; the cursor goes there."""
        name = self.choices[at].name
        self._on = self._on - {name} if off or name in self._on else self._on | {name}
        self._take(at)

    def _letter(self, typed: str, char: str) -> None:
        """The choice that begins with what was typed; the same letter again: the next of them."""
        both = self._beginning(typed + char)
        alone = self._beginning(char)
        if typed and typed != char and both:
            self._typed = typed + char
            self._take(both[0])
        elif alone:
            self._typed = char
            later = [at for at in alone if at > self.at]
            again = typed == char or self.at in alone
            self._take(later[0] if again and later else alone[0])

    def _beginning(self, typed: str) -> list[int]:
        """Choices whose name, words or pinyin initials begin so."""
        found = []
        for at, choice in enumerate(self.choices):
            said = [str(choice.label).casefold(), choice.name]
            sound = self._initials[at] if language.now == "zh" else ""
            if any(word.startswith(typed) for word in (*said, sound) if word):
                found.append(at)
        return found

    @property
    def _initials(self) -> tuple[str, ...]:
        """Pinyin initials of the choices."""
        if self._sounds is None:
            self._sounds = tuple(initials(choice.label.zh) for choice in self.choices)
        return self._sounds

    def _spots(self, wide: int) -> list[Spot]:
        """The place of each choice, wrapped to the width."""
        found: list[Spot] = []
        x = y = 0
        for at, choice in enumerate(self.choices):
            digit = f"{at + 1} " if at < len(DIGITS) else ""
            word = digit + ("› " if choice.above else "") + show(str(choice.label))
            if self._several:
                text = f"[{'x' if choice.name in self._on else ' '}] {word}  "
            else:
                text = f"[{word}]" if at == self.at else f" {word} "
            if x and x + width(text) > wide:
                x, y = 0, y + 1
            found.append(Spot(at, y, x, text))
            x += width(text)
        return found

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the choices need."""
        spots = self._spots(width)
        return spots[-1].y + 1 if spots else 1

    def render_line(self, y: int) -> Strip:
        """The choices of one line."""
        wide, used = self.size.width, 0
        segments: list[Segment] = []
        for spot in self._spots(wide):
            if spot.y == y:
                name = "chooser--chosen" if spot.at == self.at else "chooser--other"
                text = cut(spot.text, wide - used)
                segments.append(Segment(text, self.get_component_rich_style(name)))
                used += width(text)
        segments.append(Segment(" " * (wide - used), self.rich_style))
        return Strip(segments, wide)

    def on_click(self, event: events.Click) -> None:
        """A click takes the choice under it."""
        offset = event.get_content_offset(self)
        if offset is not None:
            for spot in self._spots(self.size.width):
                if spot.y == offset.y and spot.x <= offset.x < spot.x + width(spot.text):
                    self._turn(spot.at) if self._several else self._take(spot.at)
                    self.post_message(self.Chosen())

    def say_again(self) -> None:
        """In the other language the words are of other widths."""
        self.refresh(layout=True)


def _narrow(char: str | None) -> str:
    """A typed character in narrow small form: an input method may send full width ones."""
    import unicodedata

    return unicodedata.normalize("NFKC", char or "").casefold()[:1]
