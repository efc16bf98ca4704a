"""A hand on the keyboard: presses keys, counts those that are not text, and sees the screen."""

from __future__ import annotations

from typing import Any

from textual.events import Key
from textual.keys import _character_to_key

from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.tui.seen import every, press, quiet, text
from tui.display import move_letters


class Hand:
    """Works the app as a person does; `keys` counts what was pressed beyond the text itself."""

    def __init__(self, app: Any, pilot: Any, workspace: Workspace) -> None:
        self.app, self.pilot, self.workspace = app, pilot, workspace
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Press keys that do something."""
        self.keys += len(keys)
        await press(self.pilot, *keys)

    async def type(self, words: str) -> None:
        """Type a text."""
        for char in words:  # the pilot loses Chinese punctuation
            self.app.post_message(Key(_character_to_key(char), char))
        await quiet(self.pilot)

    async def move(self, type: str, id: str) -> None:
        """Make a move on its record's page, by its letter."""
        kind = self.newest(type).kind
        await self.press(move_letters.letters(kind)[id])

    def counted(self) -> int:
        """How many keys since this was last asked."""
        found, self.keys = self.keys, 0
        return found

    def newest(self, type: str) -> Record:
        """The newest record of a type."""
        return next(every(self.workspace, type))

    @property
    def seen(self) -> str:
        """The screen, runs of spaces made one."""
        return "\n".join(" ".join(line.split()) for line in text(self.app).split("\n"))
