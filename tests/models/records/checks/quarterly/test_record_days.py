"""The days that a record has to do with, whatever it is and whatever its fields hold."""

from __future__ import annotations

from datetime import date

import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.checks.quarterly.record_days import days_of

DAY = date(2026, 11, 20)


def test_days_weeks_quarters_and_moves_count(book: Book, project: str) -> None:
    with time_machine.travel(instant(DAY, 600) / 1000, tick=False):
        milestone = book.add("milestone", {"name": "初验", "due": "2026-12-01"}, project=project)
        week = book.add("weekly_report", {"week": "2026-W40"}, project=project)
        report = book.add("service_report", {"quarter": "2026-Q3"}, project=project)
    with time_machine.travel(instant(date(2026, 12, 3), 600) / 1000, tick=False):
        milestone = book.move(milestone.id, "done")
    assert set(days_of(book, milestone)) == {DAY, date(2026, 12, 1), date(2026, 12, 3)}
    assert set(days_of(book, week)) == {DAY, date(2026, 9, 28), date(2026, 10, 4)}
    assert set(days_of(book, report)) == {DAY, date(2026, 7, 1), date(2026, 9, 30)}


def test_nonsense_is_no_day(book: Book, project: str) -> None:
    made = book.add("weekly_report", {"week": "2026-W40"}, project=project)
    book.store.db.execute_sql("UPDATE weekly_report SET week='2026-W99'")
    assert set(days_of(book, book.get(made.id))) == {book.today}
