"""Evidence of the weekly reports: which of the quarter's were issued. Clause: 5.1.2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import week_of
from models.records.checks.quarterly.question_evidence import Evidence, Quarter, answers
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

WEEKS = W("项目周报应有 {n} 份，已签发 {done} 份", "{n} weekly reports, {done} issued")


@answers("documents")
def weekly_reports(book: Book, quarter: Quarter) -> Iterator[Evidence]:
    """The weekly reports of the weeks that ended in the quarter, as far as they are over."""
    last = min(quarter.last, book.today)
    days = (last - quarter.first).days + 1
    sundays = (quarter.first + timedelta(days=n) for n in range(days))
    weeks = [week_of(day) for day in sundays if day.isoweekday() == 7]
    sql = (
        f"SELECT id FROM weekly_report WHERE project=? AND week IN ({places(weeks)})"
        " AND state='issued' AND void IS NULL ORDER BY week DESC"
    )
    issued = tuple(str(row[0]) for row in book.store.rows(sql, (quarter.project, *weeks)))
    text = W(*(half.format(n=len(weeks), done=len(issued)) for half in WEEKS))
    yield Evidence(text, issued)
