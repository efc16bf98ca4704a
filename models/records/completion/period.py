"""The service period that a record of the completion is about: its days, and the values given.

Clause: 6.1, 6.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.calendar.business_dates import business_day, day_of
from models.derived.figures import Scope
from models.records.registers import calendar_years, service_periods
from models.records.registers.project import Project
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

WORKDAYS = 15
"""Working days after the service period in which it is summed up and assessed."""
NO_END = W(
    "项目“{project}”没有服务期结束日。请先在项目中填写，或写明是哪个服务期。",
    "“{project}” has no end of its service period. Give it in the project, or say which period it"
    " is.",
)
NO_PERIOD = W(
    "{number} 的服务期不是日期，或结束早于开始。请改正服务期开始，或作废后另建一份。",
    "{number} has no service period from a day to a later one. Correct its beginning, or void it"
    " and begin another.",
)
NO_PROJECT = W(
    "{number} 的项目不在本机。请先同步，或作废后在项目中另建一份。",
    "The project of {number} is not on this device. Sync first, or void it and begin another.",
)
NOT_OVER = W("服务期到 {day} 才结束", "the service period ends on {day} only")
BACKWARDS = W(
    "服务期结束 {last} 早于服务期开始 {first}。请改正其中一个。",
    "The service period ends on {last}, before it begins on {first}. Correct one of them.",
)


def given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """The service period where none is named, and the day by which its work is due.

    Raises `Refused` for a project without an end of it.
    """
    of = rows.one(book.store, Project, project or "")
    if of is None:
        return {}
    end = values.get("service_to") or of.service_to
    if end is None:
        raise Refused(NO_END, project=of.name or of.number)
    last = day_of(end)
    if last is None:
        return {}
    found: dict[str, Any] = {"service_to": end}
    first = service_periods.periods(book, of).get(last)
    if first is not None and values.get("service_from") is None:
        found["service_from"] = first.isoformat()
    if values.get("due") is None:
        after = calendar_years.calendar(book).add_workdays(last, WORKDAYS)
        found["due"] = after.isoformat()
    return found


def require_order(values: Mapping[str, Any], record: Record | None) -> None:
    """Raise `Refused` for a period that ends before it begins."""
    known = record.values() if record is not None else {}
    now = {**known, **values}
    first, last = day_of(now.get("service_from")), day_of(now.get("service_to"))
    if first is not None and last is not None and last < first:
        raise Refused(BACKWARDS, first=first.isoformat(), last=last.isoformat())


def project_of(book: Book, record: Record) -> Project:
    """The project. Raises `Refused` where it is not on this device."""
    project = rows.one(book.store, Project, str(record.project))
    if project is None:
        raise Refused(NO_PROJECT, number=record.number)
    return project


def scope_of(book: Book, record: Record) -> Scope:
    """The project and the days of its service period, from its first record on where no beginning
    is known. Raises `Refused` for days that are none."""
    had = record.values()
    last, first = day_of(had["service_to"]), day_of(had["service_from"])
    if last is not None and had["service_from"] is None:
        first = min(business_day(project_of(book, record).recorded, book.zone), last)
    if first is None or last is None or last < first:
        raise Refused(NO_PERIOD, number=record.number)
    return Scope((str(record.project),), first, last)


def not_over(last: str) -> W:
    """That the period goes on: a point to explain."""
    return W(*(half.format(day=last) for half in NOT_OVER))
