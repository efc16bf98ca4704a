"""Expected starts: the start of a service is prepared before its first day. Clause: 4.1.2"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import day_of, instant
from models.derived.expected import DueWindow, Expected, expects
from models.records.preparation.start.service_start import ServiceStart
from models.schema.roles import LEADS
from models.storage import rows
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

TITLE = W("服务开始：{name}", "Service start: {name}")
NOT_PREPARED = W("未准备", "not prepared")
NEAR = timedelta(days=14)
"""How long before the first day of the service it is asked for, and how long after it."""
DAY = 24 * 60


@expects("service_start")
def starts(book: Book, window: DueWindow) -> Iterator[Expected]:
    """The services that are to begin in these days and were not started."""
    for project in window.projects:
        day = day_of(project.service_from)
        if day is None or window.last < day - NEAR or window.first > day + NEAR:
            continue
        doers = frozenset(book.people.second_people(project.id, LEADS, ()))
        if window.people is not None and window.people.isdisjoint(doers):
            continue
        where = "WHERE project=? AND void IS NULL LIMIT 1"
        found = rows.fetch(book.store, ServiceStart, where, (project.id,))
        record = found[0] if found else None
        yield Expected(
            type="service_start",
            key=project.id,
            title=say(TITLE, name=project.name or project.number),
            project=project,
            first=day - NEAR,
            last=day,
            due=instant(day, DAY, book.zone) - 1,
            day=day,
            doers=doers,
            group="decide",
            record=record,
            done=record is not None and record.state == "started",
            progress=lambda record=record: _progress(record),  # type: ignore[misc]
            values={},
        )


def _progress(record: ServiceStart | None) -> W:
    return NOT_PREPARED if record is None else record.kind.state(record.state).label
