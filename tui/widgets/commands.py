"""Commands: every action is declared once, and its key, palette entry and help come from that.

A page or widget lists its commands; `bindings` makes Textual's bindings from them. The words are
looked up again by the binding's id, so that the language can change while the app runs. A command
without an action is run by an action group (`tui.widgets.action_group`), by the command's id.
"""

from __future__ import annotations

from textual.binding import Binding

from models.frozen import Frozen
from models.text.words import W

FULL_WIDTH = {
    "question_mark": "fullwidth_question_mark",
    "slash": "fullwidth_solidus",
    "equals_sign": "fullwidth_equals_sign",
    "colon": "fullwidth_colon",
    "semicolon": "fullwidth_semicolon",
    "percent_sign": "fullwidth_percent_sign",
    "exclamation_mark": "fullwidth_exclamation_mark",
}
"""An input method in Chinese mode sends these instead; they do the same."""

KEY_NAMES: dict[str, W] = {
    "escape": W("Esc", "Esc"),
    "enter": W("回车", "Enter"),
    "space": W("空格", "Space"),
    "tab": W("Tab", "Tab"),
    "insert": W("Insert", "Insert"),
    "delete": W("Delete", "Delete"),
    "backspace": W("退格", "Backspace"),
    "up": W("上", "Up"),
    "down": W("下", "Down"),
    "left": W("左", "Left"),
    "right": W("右", "Right"),
    "home": W("Home", "Home"),
    "end": W("End", "End"),
    "pageup": W("PgUp", "PgUp"),
    "pagedown": W("PgDn", "PgDn"),
}
SIGNS = {
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "comma": ",",
    "full_stop": ".",
    "plus": "+",
    "percent_sign": "%",
    "exclamation_mark": "!",
    "equals_sign": "=",
    "minus": "-",
    "backslash": "\\",
    "underscore": "_",
    "circumflex_accent": "^",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}

ACT = "act"
"""The action of a page that runs a command of one of its groups."""

declared: dict[str, Command] = {}
"""Every declared command by id."""


class Command(Frozen, kw_only=True):
    """Something a person can do: stable id, words, keys, and the action it runs.

    `keys` begins with the key shown; at least one is no letter (an input method swallows those).
    """

    id: str
    word: W
    help: W
    keys: str
    action: str = ""
    """Textual's action; without one, that of the group which runs the command."""
    shown: int = 0
    """Place in the key bar, 1 first; 0 keeps it to the palette and the help."""
    priority: bool = False
    """Acts before the focused field sees the key."""
    via: str = ""
    """The command that leads here too, for one that has nothing but a letter of its own."""

    def __post_init__(self) -> None:
        if not self.action:
            object.__setattr__(self, "action", f"{ACT}('{self.id}')")

    @property
    def all_keys(self) -> list[str]:
        """Its keys, the one that is shown first."""
        return self.keys.split(",")

    def binding(self) -> Binding:
        """The binding Textual needs, with full-width twins of its keys."""
        keys = self.all_keys
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
        if all(is_letter(key) for key in command.all_keys) and not command.via:
            raise ValueError(f"{command.id} has only letter keys, which an input method swallows")
    return [command.binding() for command in commands]


def is_letter(key: str) -> bool:
    """Whether a key is a plain letter."""
    return len(key) == 1 and key.isalpha()


def key_name(key: str) -> str:
    """A key as people say it, in the current language."""
    *holds, last = key.split("+")
    known = KEY_NAMES.get(last)
    if known is not None:
        name = str(known)
    elif last in SIGNS or len(last) == 1:
        name = SIGNS.get(last, last.upper() if holds else last)
        if last.isupper() and not holds:
            holds = ["shift"]  # a capital alone is read as the letter
    else:
        name = last.upper() if last[1:].isdigit() else last.capitalize()
    return "+".join([*(hold.capitalize() for hold in holds), name])
