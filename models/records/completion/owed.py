"""Owed: one record of a type for each service period that ended. Clause: 6.1, 6.2."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import instant
from models.derived.expected import DueWindow, Expected
from models.queries.waiting.agenda import sent_back
from models.records.completion.period import WORKDAYS
from models.records.registers import calendar_years, service_periods
from models.schema.record import Record
from models.schema.roles import Roles
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

NOT_BEGUN = W("未开始", "not started")


def owed(
    book: Book,
    window: DueWindow,
    cls: type[Record],
    title: W,
    *,
    roles: Roles,
    done: Collection[str],
    group: str,
) -> Iterator[Expected]:
    """The records of a type with the natural key (project, service_to), one for each period.

    `title` names `{day}`, `done` the states in which it is; `behind`: earlier ones not done too.
    """
    periods = [
        one
        for one in service_periods.ended(book, window.projects, roles, WORKDAYS)
        if window.people is None or not window.people.isdisjoint(one.doers)
    ]
    records = _records(book, cls, [one.project.id for one in periods])
    zone = calendar_years.calendar(book).zone
    for one in periods:
        last = one.last.isoformat()
        record = records.get((one.project.id, last))
        is_done = record is not None and record.state in done
        over = one.due < window.first
        if one.last > window.last or (over and (is_done or not window.behind)):
            continue
        yield Expected(
            type=cls.kind.name,
            key=f"{one.project.id}/{last}",
            title=say(title, day=last),
            project=one.project,
            first=one.last,
            last=one.due,
            due=instant(one.due + timedelta(days=1), 0, zone) - 1,
            day=one.due,
            doers=one.doers,
            group="returned" if sent_back(record) else group,
            record=record,
            done=is_done,
            progress=lambda record=record: _progress(record),  # type: ignore[misc]
            values={"service_to": last},
        )


def _records(
    book: Book, cls: type[Record], projects: Sequence[str]
) -> dict[tuple[str, str], Record]:
    if not projects:
        return {}
    where = f"WHERE void IS NULL AND project IN ({places(projects)})"
    found = rows.fetch(book.store, cls, where, tuple(projects))
    return {(str(one.project), str(one.values()["service_to"])): one for one in found}


def _progress(record: Record | None) -> W:
    return NOT_BEGUN if record is None else record.kind.state(record.state).label
