"""Expected of the service desk: the follow-up of each service period that ended. Clause: 5.2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.derived.expected import DueWindow, Expected, expects
from models.queries.waiting.agenda import section, sent_back
from models.records.feedback.surveys.survey import ANALYSED, DAYS, DESK, Survey
from models.records.registers import calendar_years, service_periods
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

TITLE = W("质量回访：服务期至 {day}", "Follow-up of the service until {day}")
NOT_BEGUN = W("未开始", "not started")

section("survey", W("质量回访", "Satisfaction follow-ups"), 46)


@expects("survey")
def surveys(book: Book, window: DueWindow) -> Iterator[Expected]:
    """The follow-ups of the service periods that ended; `behind`: earlier ones not analysed too."""
    found = [
        one
        for one in service_periods.ended(book, _projects(book, window), DESK, DAYS)
        if window.people is None or not window.people.isdisjoint(one.doers)
    ]
    records = _records(book, [one.project.id for one in found])
    zone = calendar_years.calendar(book).zone
    for one in found:
        record = records.get((one.project.id, one.last.isoformat()))
        done = record is not None and record.state in ANALYSED
        over = one.due < window.first
        if one.last > window.last or (over and (done or not window.behind)):
            continue
        yield Expected(
            type=Survey.kind.name,
            key=f"{one.project.id}/{one.last.isoformat()}",
            title=say(TITLE, day=one.last.isoformat()),
            project=one.project,
            first=one.last,
            last=one.due,
            due=instant(one.due + timedelta(days=1), 0, zone) - 1,
            day=one.due,
            doers=one.doers,
            group="returned" if sent_back(record) else "survey",
            record=record,
            done=done,
            progress=lambda record=record: progress(record),  # type: ignore[misc]
            values={"service_to": one.last.isoformat()},
        )


def _projects(book: Book, window: DueWindow) -> Sequence[Any]:
    """Those of the window; for a person also the completed ones, whose service ended as well."""
    if window.people is None:
        return window.projects
    known = {one.id for one in window.projects}
    return [*window.projects, *(one for one in all_projects(book.store) if one.id not in known)]


def _records(book: Book, projects: Sequence[str]) -> dict[tuple[str, str], Survey]:
    if not projects:
        return {}
    where = f"WHERE void IS NULL AND project IN ({places(projects)})"
    found = rows.fetch(book.store, Survey, where, tuple(projects))
    return {(str(one.project), str(one.service_to)): one for one in found}


def progress(survey: Survey | None) -> W:
    """The state of a follow-up, or that it was not started."""
    return survey.kind.state(survey.state).label if survey is not None else NOT_BEGUN
