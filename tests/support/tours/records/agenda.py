"""Agenda of the tours: the tour that each project owes, and tours that are not settled in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from models.book.projects import all_projects
from models.queries.waiting.agenda import AgendaItem, AwaitedRecord, Reminder, reminds, waits
from models.queries.waiting.urgency import due_day
from models.schema.record import kinds
from models.storage import rows
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

OWED = W("第一次巡视", "The first tour")
NOT_BEGUN = W("未巡视", "no tour yet")
NEAR = timedelta(days=1)


@waits
def first_tours(book: Book, clock: str) -> Iterator[AgendaItem]:
    """A project without a tour waits for its first one."""
    for project in all_projects(book.store):
        known = "WHERE project=? AND void IS NULL LIMIT 1"
        if not rows.fetch(book.store, kinds["tour"], known, (project.id,)):
            first = AwaitedRecord("tour", project.id, str(OWED), None, False, lambda: NOT_BEGUN)
            yield AgendaItem("check", project=project.name or "", awaited=first)


@reminds
def to_settle(book: Book) -> Iterator[Reminder]:
    """Tours that were walked and are due by tomorrow."""
    for tour in rows.fetch(book.store, kinds["tour"], "WHERE state='walked' AND void IS NULL"):
        due = due_day(tour)
        if due is not None and due <= book.today + NEAR:
            yield Reminder("soon", tour, due)
