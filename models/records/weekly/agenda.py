"""Agenda of the weekly status: the entries that a person owes. Clause: 5.3.1(2)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.calendar.business_dates import business_day
from models.queries.agenda import AgendaItem, AwaitedRecord, sent_back, waits
from models.records.registers import calendar_years
from models.records.weekly import entries
from models.records.weekly.entries import WeeklyEntryDue
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

WEEK = W("周报 {week}", "Weekly {week}")
MISSING = W("未填写", "not written")


@waits
def owed(book: Book, clock: str) -> Iterator[AgendaItem]:
    """This week's entries, and last week's where they are not submitted."""
    now = book.change_log.now()
    for entry in entries.entries(book, calendar_years.calendar(book), clock):
        yield AgendaItem(
            "returned" if sent_back(entry.weekly) else "week",
            not entry.handed_in and now > entry.due,
            due=business_day(entry.due, book.zone),
            project=entry.project.name or entry.project.number,
            awaited=AwaitedRecord(
                type="weekly",
                key=entry.key,
                title=say(WEEK, week=entry.week),
                record=entry.weekly,
                done=entry.handed_in,
                progress=lambda entry=entry: progress(entry),  # type: ignore[misc]
            ),
        )


def progress(entry: WeeklyEntryDue) -> W:
    """The state of an entry, or that nothing is written."""
    weekly = entry.weekly
    return weekly.kind.state(weekly.state).label if weekly is not None else MISSING
