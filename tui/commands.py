"""Commands: every action is declared once, and its key, palette entry and help come from that.

A page or widget lists its commands; `bindings` makes Textual's bindings from them. The words are
looked up again by the binding's id, so that the language can change while the app runs.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from models.words import W

FULL_WIDTH = {
    "question_mark": "fullwidth_question_mark",
    "slash": "fullwidth_solidus",
    "colon": "fullwidth_colon",
    "semicolon": "fullwidth_semicolon",
}
"""An input method in Chinese mode sends these instead; they do the same."""

declared: dict[str, Command] = {}
"""Every declared command by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something a person can do: stable id, words, keys, and the action it runs.

    `keys` begins with the key shown; at least one is no letter (an input method swallows those).
    """

    id: str
    word: W
    help: W
    keys: str
    action: str
    shown: int = 0
    """Place in the key bar, 1 first; 0 keeps it to the palette and the help."""
    priority: bool = False
    """Acts before the focused field sees the key."""

    def binding(self) -> Binding:
        """The binding Textual needs, with full-width twins of its keys."""
        keys = self.keys.split(",")
        keys += [FULL_WIDTH[key] for key in keys if key in FULL_WIDTH]
        return Binding(
            ",".join(keys),
            self.action,
            self.word.en,
            show=bool(self.shown),
            priority=self.priority,
            id=self.id,
        )


def bindings(commands: tuple[Command, ...]) -> list[Binding]:
    """Bindings of declared commands; declares them for key bar, palette and help."""
    for command in commands:
        other = declared.setdefault(command.id, command)
        if other != command:
            raise ValueError(f"two commands are called {command.id}")
    return [command.binding() for command in commands]
