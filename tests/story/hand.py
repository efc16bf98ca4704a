"""A hand on the keyboard: presses keys, counts those that are not text, and sees the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key

from models.schema.record import Record, kinds
from sync.workspace.workspace import Workspace
from tests.tui.seen import every, opened, press, quiet, text, whole
from tui.display import move_letters
from tui.pages.dialogs.confirm import ConfirmDialog


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

    async def fill(self, **texts: str) -> None:
        """Type into fields of the form or dialog on the screen, in place of what is there."""
        for name, words in texts.items():
            self.app.screen.fields.go(name)
            await self.press("end", "ctrl+u")
            await self.type(words)

    async def choose(self, field: str, digit: str) -> None:
        """Take a choice of a field by its digit."""
        self.app.screen.fields.go(field)
        await self.press(digit)

    async def move(self, type: str, id: str, answer: str = "y") -> None:
        """Make a move on its record's page, by its letter; what nothing leads back from asks."""
        kind = self.newest(type).kind
        await self.press(move_letters.letters(kind)[id])
        if answer and isinstance(self.app.screen, ConfirmDialog):
            await self.press(answer)

    async def row(self, type: str, value: str = "") -> None:
        """Go down the record's page to its row of a type, to the one with this value."""
        page = self.app.screen
        for _ in range(60):
            here = page.row_type
            if here is not None and here.kind.name == type:
                record = self.workspace.book.get(page.current.partition(":")[2])
                if not value or value in record.values().values():
                    return
            await self.press("down")
        raise AssertionError(f"no row {type} {value} on the page\n{self.seen}")

    async def section(self, type: str) -> None:
        """Go down the record's page to the section of a type that has no rows."""
        for _ in range(60):
            if self.app.screen.current == f"rows:{type}":
                return
            await self.press("down")
        raise AssertionError(f"no empty section {type} on the page\n{self.seen}")

    async def row_move(self, type: str, id: str) -> None:
        """Make a move of the row under the cursor, by its letter."""
        await self.press(move_letters.letters(kinds[type].kind)[id])

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


@asynccontextmanager
async def sitting(workspace: Workspace) -> AsyncIterator[Hand]:
    """Somebody at their device, until they close the app; the last screen is whole."""
    async with opened(workspace) as (app, pilot):
        yield Hand(app, pilot, workspace)
        whole(app)


async def pick(hand: Hand, words: str) -> None:
    """The first command that the palette finds for some words."""
    await hand.press("ctrl+p")
    await hand.type(words)
    await hand.press("enter")


async def attached(hand: Hand, path: str) -> None:
    """Attach a file to the record on the screen."""
    await hand.press("t")
    await hand.type(path)
    await hand.press("enter")
