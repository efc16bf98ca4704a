"""Pressed keys, in a process of their own: `python -m tests.support.pressed HOME KEY …`.

Prints the page on which the keys end, and what a person sees of it.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from sync.workspace.workspace import open_book
from tests.tui.seen import opened, press, text


async def main(home: str, *keys: str) -> None:
    """Open the app over a book and press keys; `"text` types a text."""
    workspace = open_book(Path(home))
    async with opened(workspace) as (app, pilot):
        for key in keys:
            await press(pilot, *(key[1:] if key.startswith('"') else [key]))
        sys.stdout.write(f"{type(app.screen).__name__}\n{text(app)}\n")
    workspace.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
