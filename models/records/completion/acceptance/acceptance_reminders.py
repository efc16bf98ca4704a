"""Reminders: projects whose service period is nearly over and that have no acceptance yet.

Clause: 6.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from models.book.projects import my_projects
from models.calendar.business_dates import day_of
from models.queries.waiting.agenda import Reminder, reminds, section
from models.schema.roles import PROJECT_MANAGER
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

section("acceptance", W("服务期将满，待准备验收", "Service ends, acceptance to prepare"), 61)
AHEAD = timedelta(days=30)
"""How long before the last day of service a project is brought to mind."""


@reminds
def to_prepare(book: Book) -> Iterator[Reminder]:
    """The running projects of a project manager that end soon, or have ended, without one."""
    ending = {}
    for project in my_projects(book, (PROJECT_MANAGER,)):
        last = day_of(project.service_to)
        if last is not None and last - AHEAD <= book.today:
            ending[project.id] = (project, last)
    if not ending:
        return
    begun = f"SELECT project FROM acceptance WHERE void IS NULL AND project IN ({places(ending)})"
    have = {id for (id,) in book.store.rows(begun, tuple(ending))}
    for id, (project, last) in ending.items():
        if id not in have:
            yield Reminder("acceptance", project, last)
