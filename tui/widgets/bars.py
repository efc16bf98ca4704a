"""The bars: one line above with the page's title and the truth about sync, one below with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from tui.cells import cut, show, width
from tui.commands import declared

if TYPE_CHECKING:
    from tui.app import SiteApp
    from tui.page import Page


class TitleBar(Widget):
    """The page's heading on the left; project and sync truth on the right."""

    DEFAULT_CSS = """
    TitleBar { height: 1; background: $primary; color: $background; text-style: bold; padding: 0 1; }
    """

    def render(self) -> Text:
        """One line, cut to the width."""
        app = cast("SiteApp", self.app)
        left = show(cast("Page", self.screen).heading())
        right = show(app.corner())
        room = self.size.width
        right = cut(right, max(room - 12, 0)) if width(right) > room - 12 else right
        space = room - width(right) - 1
        return Text(cut(left, space, padded=True) + " " + right, no_wrap=True, overflow="crop")


class KeyBar(Widget):
    """The few keys that matter here, most used first; the rest is in the help (?)."""

    DEFAULT_CSS = """
    KeyBar { height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    def render(self) -> Text:
        """Keys and their words in the current language; what is not possible now is dimmed."""
        text = Text(no_wrap=True, overflow="crop")
        room = self.size.width
        for key, word, enabled, action in self._entries():
            need = width(key) + width(word) + (3 if text else 1)
            if width(text.plain) + need > room:
                break
            if text:
                text.append("  ")
            meta = {"@click": f"screen.press_key('{action}')"}
            text.append(key, Style(bold=True, dim=not enabled, meta=meta))
            text.append(f" {word}", Style(dim=not enabled, meta=meta))
        return text

    def _entries(self) -> list[tuple[str, str, bool, str]]:
        found: dict[str, tuple[int, str, str, bool, str]] = {}
        for key, active in self.screen.active_bindings.items():
            command = declared.get(active.binding.id or "")
            if command is not None and command.shown and command.id not in found:
                first = command.keys.split(",")[0]
                shown = self.app.get_key_display(active.binding) if key == first else None
                entry = (shown or key_name(first), str(command.word))
                found[command.id] = (command.shown, *entry, active.enabled, key)
        return [entry[1:] for entry in sorted(found.values(), key=lambda e: e[0])]

    def on_click(self, event: Any) -> None:
        """A click on a key does what the key does."""
        meta = event.style.meta if event.style else {}
        action = meta.get("@click")
        if action:
            event.stop()


def key_name(key: str) -> str:
    """A key as people say it."""
    names = {"question_mark": "?", "slash": "/", "escape": "Esc", "enter": "Enter", "space": "空格"}
    if key in names:
        return names[key]
    parts = [part.capitalize() if len(part) > 1 else part for part in key.split("+")]
    return "+".join(parts)
