"""Command context: what a command knows of its start: the folder, and how the app is opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import home as place

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

OpenApp = Callable[[Path], int]
"""Opens the app on the book in a folder and returns its exit code."""


def no_app(home: Path) -> int:
    """For a command line that was started without the app."""
    raise NotImplementedError(home)


class CommandContext:
    """The folder with the book of a command; `named` when `--home` gave it."""

    def __init__(
        self, home: Path | None = None, *, named: bool = False, open_app: OpenApp = no_app
    ) -> None:
        self.home = home or place.folder(None)
        self.named = named
        self.open_app = open_app

    def at(self, home: str) -> CommandContext:
        """The same with the book in a named folder."""
        return CommandContext(place.folder(home), named=True, open_app=self.open_app)

    def open(self) -> AbstractContextManager[Workspace]:
        """The workspace, open within the `with` statement."""
        from tui.cli.opened_book import opened

        return opened(self.home)


pass_desk = click.make_pass_decorator(CommandContext, ensure=True)
