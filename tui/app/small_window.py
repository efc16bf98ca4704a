"""Small window: what keys do while a page only says that its window is too small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.events import Event, Key

from tui.app.places import COMMANDS
from tui.pages.base import is_tiny

LEAVING: Final = frozenset(
    key for command in COMMANDS if command.action == "app.leave" for key in command.keys.split(",")
)


def unseen(event: Event, size: Sequence[int]) -> bool:
    """Whether a key, a click or a paste is lost on a window of so many columns and lines.

    What it would do cannot be seen there. The key that quits acts: it keeps everything.
    """
    return is_tiny(size) and not (isinstance(event, Key) and event.key in LEAVING)
