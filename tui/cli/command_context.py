"""Command context: the workspace as a command meets it: found, opened, and closed again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import home as place
from tui.cli import output

if TYPE_CHECKING:
    from models.text.words import Refused
    from sync.workspace.workspace import Workspace

OpenApp = Callable[[Path], int]
"""Opens the app on the book in a folder and returns its exit code."""


def no_app(home: Path) -> int:
    """For a command line that was started without the app."""
    raise NotImplementedError(home)


class CommandContext:
    """Where the book of this command lies; `named` when `--home` said so."""

    def __init__(
        self, home: Path | None = None, *, named: bool = False, open_app: OpenApp = no_app
    ) -> None:
        self.home = home or place.folder(None)
        self.named = named
        self.open_app = open_app

    def at(self, home: str) -> CommandContext:
        """The same with the book in a named folder."""
        return CommandContext(place.folder(home), named=True, open_app=self.open_app)

    def accept(self) -> None:
        """Refuse a book of a format that this version cannot open, before anything is done."""
        from sync.workspace.workspace import exists

        exists(self.home)

    @contextmanager
    def open(self) -> Iterator[Workspace]:
        """The open workspace; what is strange about its settings is said on the error stream."""
        import peewee

        from sync.apply.open_book import open_book

        try:
            workspace = open_book(self.home)
            try:
                for warning in workspace.warnings:
                    output.complain(warning)
                yield workspace
            finally:
                workspace.close()
        except (peewee.DatabaseError, sqlite3.Error) as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> Refused:
        """What the database met, as a sentence."""
        from models.storage.store import Store
        from sync.workspace.workspace import DATABASE

        return Store(self.home / DATABASE).fault(error)


pass_desk = click.make_pass_decorator(CommandContext, ensure=True)
