"""Expected re-confirmations: changes without a record yet wait with the leads of the project.

An edit opens its re-confirmation at once; what no edit brought (somebody's role was taken, a change
came from a device that could not open it) is opened from here. Clause: 4.1.3
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.calendar.business_dates import instant
from models.derived.expected import DueWindow, Expected, expects
from models.records.preparation.reconfirmations import environment
from models.schema.roles import LEADS
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

TITLE = W("再确认：{why}", "Re-confirmation: {why}")
NOT_OPENED = W("待开始", "not started")
DAY = 24 * 60


@expects("reconfirmation")
def unopened(book: Book, window: DueWindow) -> Iterator[Expected]:
    """The changes of the projects that no re-confirmation is about."""
    today = book.today
    if not window.first <= today <= window.last:
        return
    for project in window.projects:
        doers = frozenset(book.people.second_people(project.id, LEADS, ()))
        if window.people is not None and window.people.isdisjoint(doers):
            continue
        for one in environment.pending(book.store, project.id):
            if one.record is None:
                yield Expected(
                    type="reconfirmation",
                    key=f"{project.id}:{one.trigger}:{one.subject}",
                    title=say(TITLE, why=one.why),
                    project=project,
                    first=today,
                    last=today,
                    due=instant(today, DAY, book.zone) - 1,
                    day=today,
                    doers=doers,
                    group="decide",
                    progress=lambda: NOT_OPENED,
                    values={
                        "trigger": one.trigger,
                        "subject": one.subject,
                        "why": str(one.why),
                    },
                )
