"""Reminders of certificates: 60, 30 and 7 days before they expire. Clause: 4.1.2"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import day_of
from models.queries.waiting.agenda import Reminder, reminds
from models.records.preparation.competence.competence import KEEPERS
from models.records.preparation.competence.qualification import Qualification
from models.storage import rows

if TYPE_CHECKING:
    from models.book.book import Book

STAGES = (60, 30, 7)
"""Days before its expiry at which a certificate becomes more urgent; it is told from the first on.
"""
MOST = 50
"""Certificates that are brought to mind at once."""


@reminds
def expiring(book: Book) -> Iterator[Reminder]:
    """What expires soon or has expired: for the person, and for who keeps the files."""
    keeps = bool(book.people.roles(book.me, None) & set(KEEPERS))
    until = (book.today + timedelta(days=STAGES[0])).isoformat()
    where = (
        "WHERE void IS NULL AND valid_to<=? AND competence IN"
        " (SELECT id FROM competence WHERE void IS NULL AND state<>'left'"
        f"{'' if keeps else ' AND member=?'}) ORDER BY valid_to, n LIMIT {MOST}"
    )
    params = (until,) if keeps else (until, book.me)
    for one in rows.fetch(book.store, Qualification, where, params):
        yield Reminder("soon", one, day_of(one.valid_to))


def stage(valid_to: str | None, today: date) -> int | None:
    """The stage that a certificate has reached: 60, 30 or 7 days, 0 once it has expired; None
    before the first."""
    day = day_of(valid_to)
    if day is None:
        return None
    left = (day - today).days
    if left < 0:
        return 0
    return min((one for one in STAGES if left <= one), default=None)
