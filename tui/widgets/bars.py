"""The bars: one line above with the page's title and the truth about sync, one below with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.style import Style
from rich.text import Text
from textual import events
from textual.widget import Widget

from models.frozen import NamedTuple
from models.text.words import W
from tui.display.terminal_text import cut, show, width
from tui.widgets.commands import Command, declared, is_letter, key_name

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext, Headed

MOST = 6
"""Keys shown at 80 columns; more are noise."""
ALWAYS = ("app.help",)


class TitleBar(Widget):
    """The page's heading on the left; project and sync truth on the right."""

    DEFAULT_CSS = """
    TitleBar {
        height: 1; padding: 0 1;
        background: $primary; color: $background; text-style: bold;
    }
    """

    def render(self) -> Text:
        """One line, cut to the width; the heading has the better claim to it."""
        app = cast("AppContext", self.app)
        room = self.size.width
        left = show(cast("Headed", self.screen).heading())
        free = max(room - min(width(left), room - room // 3) - 1, 0)
        right = cut(app.corner(free), free)
        space = room - width(right) - bool(right)
        line = cut(left, space, padded=True) + " " * bool(right) + right
        return Text(line, no_wrap=True, overflow="crop", end="")


class Shown(NamedTuple):
    """One key of the key bar."""

    order: int
    id: str
    key: str
    word: str
    enabled: bool

    @property
    def cells(self) -> int:
        """Its width: key, space, word."""
        return width(key_name(self.key)) + 1 + width(self.word)


class KeyBar(Widget):
    """The few keys that matter here, most used first; the rest is in the help (?)."""

    DEFAULT_CSS = """
    KeyBar { height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    def render(self) -> Text:
        """Keys and their words in the current language; what is not possible now is dimmed."""
        text = Text(no_wrap=True, overflow="crop", end="")
        for shown in self._fitting():
            if text:
                text.append("  ")
            meta = {"key": shown.key}
            text.append(key_name(shown.key), Style(bold=True, dim=not shown.enabled, meta=meta))
            text.append(f" {shown.word}", Style(dim=not shown.enabled, meta=meta))
        return text

    def _fitting(self) -> list[Shown]:
        """The first few by their order; help stays whatever the room."""
        every = self._entries()
        most = MOST + max(self.size.width - 80, 0) // 14
        kept = [one for one in every if one.id in ALWAYS]
        for one in every:
            whole = sum(k.cells + 2 for k in kept) - 2 + one.cells + 2
            if one not in kept and len(kept) < most and whole <= self.size.width:
                kept.append(one)
        return sorted(kept)

    def _entries(self) -> list[Shown]:
        """Commands that are shown, each with the first of its keys that works here.

        Where text is typed a letter or a sign is text, and letters can be switched off.
        """
        app = cast("AppContext", self.app)
        found: dict[str, Shown] = {}
        bindings = self.screen.active_bindings
        for active in bindings.values():
            command = declared.get(active.binding.id or "")
            if command is None or not command.shown or command.id in found:
                continue
            if command.via and not active.enabled:
                continue  # a row's move that is not possible now needs no room
            for key in command.all_keys:
                mine = key in bindings and bindings[key].binding.id == command.id
                if mine and (app.letters or not is_letter(key)):
                    word = show(str(self._word(command)))
                    shown = Shown(command.shown, command.id, key, word, active.enabled)
                    found.setdefault(command.id, shown)
        return sorted(found.values())

    def _word(self, command: Command) -> W:
        """What a command is called on the page now."""
        word_of = getattr(self.screen, "word_of", None)
        return command.word if word_of is None else cast("W", word_of(command))

    def on_click(self, event: events.Click) -> None:
        """A click on a key does what the key does."""
        key = event.style.meta.get("key")
        if key:
            self.app.simulate_key(str(key))
