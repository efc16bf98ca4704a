"""Opened book: the book of a command, open while it runs.

A command that opens none (help, types, completion) does not import this module, nor the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from models.storage.store import Store
from sync.apply.open_book import open_book
from sync.workspace.workspace import DATABASE, Workspace
from tui.cli.streams import output


@contextmanager
def opened(home: Path) -> Iterator[Workspace]:
    """The workspace in this folder; warnings about its settings go to the error stream.

    What the database reports while it is open is raised as `Refused`.
    """
    try:
        workspace = open_book(home)
        try:
            for warning in workspace.warnings:
                output.complain(warning)
            yield workspace
        finally:
            workspace.close()
    except (peewee.DatabaseError, sqlite3.Error) as error:
        raise Store(home / DATABASE).fault(error) from error
