"""Reminders: what waits by no state, but should be known today.

A concession that runs out, a milestone that comes near, a typical problem without its
report, a report that is not in the experience yet though it should be.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.book.projects import my_projects
from models.calendar.business_dates import day_of
from models.queries.waiting.agenda import Reminder, reminds, section
from models.records.preparation.delivery import Delivery
from models.records.preparation.milestone import Milestone
from models.records.problems.concessions import concession_validity
from models.records.problems.concessions.concession import LETS_PASS, Concession
from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix
from models.records.problems.problem_report import ProblemReport
from models.schema.record import Record
from models.schema.roles import LEADS
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

section("report", W("待写或待入库的问题报告", "Problem reports to do"), 70)
AHEAD = 14
"""Days before its day from which on a milestone or delivery is brought to mind."""
MOST = 50
"""Records of one sort that are brought to mind at once."""


@reminds
def reminders(book: Book) -> Iterator[Reminder]:
    """What this person is to be reminded of now."""
    today = book.today
    here = tuple(project.id for project in my_projects(book, LEADS))
    yield from _running_out(book, today, here)
    yield from _near(book, today, here)
    yield from _unwritten(book, here)
    yield from _unkept(book, here)


def _running_out(book: Book, today: date, here: tuple[str, ...]) -> Iterator[Reminder]:
    """Concessions near the end of their validity, or whose solution is due."""
    for one in _mine(book, Concession, f"state IN {LETS_PASS}", here):
        days = [day_of(getattr(one, name)) for name in ("valid_to", "follow_up_by")]
        soon = [
            day for day in days if day and day <= today + timedelta(days=concession_validity.SOON)
        ]
        if soon:
            yield Reminder("soon", one, min(soon))


def _near(book: Book, today: date, here: tuple[str, ...]) -> Iterator[Reminder]:
    """Milestones and deliveries that are due soon."""
    until = (today + timedelta(days=AHEAD)).isoformat()
    for cls, first in ((Milestone, "planned"), (Delivery, "prepared")):
        for one in _mine(book, cls, f"state='{first}' AND due<='{until}'", here):
            yield Reminder("soon", one, day_of(getattr(one, "due", None)))


def _unwritten(book: Book, here: tuple[str, ...]) -> Iterator[Reminder]:
    """Typical, special or avoidable problems that were solved, without a report."""
    of_fix = (
        "typical=1 AND state IN ('fixed','verified','closed')"
        " AND NOT EXISTS(SELECT 1 FROM problem_report r WHERE r.fix=fix.id AND r.void IS NULL)"
        " AND NOT EXISTS(SELECT 1 FROM escalation e WHERE e.fix=fix.id AND e.void IS NULL)"
    )
    of_escalation = (
        "typical=1 AND state IN ('fixed','verified','closed') AND NOT EXISTS("
        "SELECT 1 FROM problem_report r WHERE r.escalation=escalation.id AND r.void IS NULL)"
    )
    for cls, sql in ((Fix, of_fix), (Escalation, of_escalation)):
        for one in _mine(book, cls, sql, here):
            yield Reminder("report", one, None)


def _unkept(book: Book, here: tuple[str, ...]) -> Iterator[Reminder]:
    """Reports that are to go both ways and have gone one: to the customer, or to the library."""
    sql = (
        "audience='both' AND ((state='issued' AND published_at IS NULL)"
        " OR (state='published' AND issued_at IS NULL))"
    )
    for one in _mine(book, ProblemReport, sql, here):
        yield Reminder("report", one, None)


def _mine(book: Book, cls: type[Record], sql: str, here: tuple[str, ...]) -> list[Record]:
    """Records of one's own, or of the projects that one leads."""
    where = f"WHERE {sql} AND void IS NULL AND (author=? OR project IN ({places(here)}))"
    params = (book.me, *here)
    return list(rows.fetch(book.store, cls, f"{where} ORDER BY n LIMIT {MOST}", params))
