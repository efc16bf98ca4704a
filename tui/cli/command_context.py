"""Command context: the workspace as a command meets it: found, opened, and closed again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.text.words import Refused
from tui.cli import home as place
from tui.cli import output

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace


class CommandContext:
    """Where the book of this command lies; `named` when `--home` said so."""

    def __init__(self, home: Path | None = None, *, named: bool = False) -> None:
        self.home = home or place.folder(None)
        self.named = named

    @classmethod
    def at(cls, home: str) -> CommandContext:
        """The desk at a named folder."""
        return cls(place.folder(home), named=True)

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
            raise self.fault(error) from error

    def fault(self, error: Exception) -> Refused:
        """What the database met, as a sentence."""
        from models.storage.store import Store
        from sync.workspace.workspace import DATABASE

        return Store(self.home / DATABASE).fault(error)


pass_desk = click.make_pass_decorator(CommandContext, ensure=True)
