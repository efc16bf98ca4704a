"""Reminders: actions whose time is up, for quality, the leads and the general manager's office.

Clause: 5.2(3), 5.3.2(3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.projects import places_held
from models.calendar.business_dates import day_of
from models.queries.waiting.agenda import Reminder, reminds, section
from models.records.nonconformity.corrective_action import CorrectiveAction
from models.schema.roles import GENERAL_OFFICE, LEADS, QUALITY
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

section("actions", W("逾期的纠正与预防措施", "Overdue corrective actions"), 58)
MOST = 50
"""Actions that are brought to mind at once."""
_FOLLOWING = (*LEADS, QUALITY, GENERAL_OFFICE)


@reminds
def overdue(book: Book) -> Iterator[Reminder]:
    """Actions in somebody else's charge that are not done by their day."""
    here = places_held(book, _FOLLOWING)  # a completed one's go on
    company = not book.people.roles(book.me, None).isdisjoint((QUALITY, GENERAL_OFFICE))
    # The inner query reads the index of the board alone.
    where = (
        "WHERE rowid IN (SELECT rowid FROM corrective_action WHERE state IN"
        " ('proposed','assigned','returned','working') AND void IS NULL AND due<?"
        f" AND (+project IN ({places(here)}) OR (+project IS NULL AND ?))"
        f" ORDER BY due, n LIMIT {MOST}) ORDER BY due, n"
    )
    params = (book.today.isoformat(), *here, company)
    for one in rows.fetch(book.store, CorrectiveAction, where, params):
        yield Reminder("actions", one, day_of(one.due))
