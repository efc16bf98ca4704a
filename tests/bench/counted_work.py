"""Counted work: the steps of the database's own machine that pages and saves take.

Time says nothing on a machine that does other things as well. The steps are the same every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

import pytest
from peewee import SqliteDatabase

from models.book.book import Book
from models.book.people import People
from models.book.projects import my_projects
from sync.apply.open_book import open_book
from tests.support.team import acting
from tests.tui.seen import opened, press, quiet

GRAIN = 20
"""Steps of the machine that are counted as one."""
QUALITY_PAGES = ("actions", "irregular", "satisfaction", "trends", "escalations", "archive")
WORD = "端口频繁"


class Meter:
    """Counts the steps on every connection that is opened while it is on."""

    def __init__(self) -> None:
        self.steps = 0

    def _step(self) -> int:
        self.steps += GRAIN
        return 0

    @contextmanager
    def on(self) -> Iterator[None]:
        """Connections opened in the block are counted, in whatever thread."""
        name = "_add_conn_hooks"
        hook: Callable[[SqliteDatabase, Connection], None] = getattr(SqliteDatabase, name)

        def counted(db: SqliteDatabase, conn: Connection) -> None:
            hook(db, conn)
            conn.set_progress_handler(self._step, GRAIN)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SqliteDatabase, name, counted)
            yield

    def taken(self) -> int:
        """The steps since this was last asked."""
        found, self.steps = self.steps, 0
        return found


async def screens(home: Path, person: str = "") -> dict[str, int]:
    """Steps of the first screen, a list, a search, and of pages about all of one's projects.

    `person`: in whose hands the book is; without one in those of the device's person.
    """
    meter, found = Meter(), dict[str, int]()
    with meter.on(), pytest.MonkeyPatch.context() as patch:
        workspace = open_book(home)
        if person:
            patch.setattr(People, "me", person)
            workspace.book = acting(workspace, person)
        meter.taken()
        async with opened(workspace) as (app, pilot):
            await quiet(pilot)
            found["today"] = meter.taken()
            for place in ("inbox", *QUALITY_PAGES):
                await app.action_go(place)
                await quiet(pilot)
                found[place] = meter.taken()
            app.open_list("fix")
            await quiet(pilot)
            found["list"] = meter.taken()
            app.open_search(WORD)
            await quiet(pilot)
            await press(pilot, "enter")
            found["search"] = meter.taken()
        found["save"] = saved(workspace.book, meter)
        workspace.close()
    return found


def saved(book: Book, meter: Meter) -> int:
    """Steps of a new fix."""
    project = my_projects(book)[0].id
    book.add("fix", {"phenomenon": "门禁失灵"}, project=project)  # what is read once is read
    meter.taken()
    book.add("fix", {"phenomenon": "门禁又失灵"}, project=project)
    return meter.taken()
