"""Submitted sheets: which days they are of, when they came in, and which planned tasks they serve.

Clause: 4.2.1, 5.1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.book.permissions import IMPORT
from models.calendar.business_dates import business_day, day_of
from models.frozen import NamedTuple
from models.records.checks.rounds.frequency import period
from models.records.checks.rounds.round_plan import versions
from models.records.checks.template import Template
from models.records.preparation.plans.service_task import ServiceTask
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

SUBMITTED = ("submitted", "reviewed")


class SubmittedSheet(NamedTuple):
    """A sheet that was submitted."""

    day: date
    """The day that it is of."""
    done: date
    """The day on which it was first submitted."""
    id: str


def template_lines(store: Store, templates: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Template -> all its versions, by which two versions are known as one template."""
    return {id: tuple(versions(store, id)) for id in templates}


def submitted_sheets(book: Book, project: str, line: Sequence[str]) -> list[SubmittedSheet]:
    """The submitted sheets of a template in all its versions, by day.

    One that came in with its state was done on its own day.
    """
    sql = (
        "SELECT s.day, min(CASE WHEN t.move=? THEN NULL ELSE t.at END), s.id FROM sheet s"
        f" JOIN transition t ON t.record=s.id AND t.state IN ({places(SUBMITTED)})"
        f" WHERE s.project=? AND s.template IN ({places(line)}) AND s.void IS NULL"
        f" AND s.state IN ({places(SUBMITTED)}) GROUP BY s.id ORDER BY s.day"
    )
    params = (IMPORT, *SUBMITTED, project, *line, *SUBMITTED)
    found = []
    for text, at, id in book.store.rows(sql, params):
        day = day_of(text)
        if day is not None:
            done = business_day(at, book.zone) if at is not None else day
            found.append(SubmittedSheet(day, done, str(id)))
    return found


def is_for(template: Template, day: date, task: ServiceTask) -> bool:
    """Whether a sheet of a day is one of the task's days, or of the period in which it is due."""
    due = day_of(task.due)
    start = day_of(task.start or task.due)
    if due is None or start is None:
        return False
    first, last = period(template.frequency, day)
    return start <= day <= due or first <= due <= last
