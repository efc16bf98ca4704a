"""Expected: a report on irregular services for each quarter in which a project had any.

Clause: 5.3.2(3)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import instant, quarter_of, quarter_span, shift_quarter
from models.derived.expected import DueWindow, Expected, expects
from models.queries.waiting.agenda import section, sent_back
from models.records.nonconformity.irregular.irregular_report import IrregularReport
from models.records.registers import calendar_years
from models.schema.roles import DEPARTMENT_MANAGER
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

TITLE = W("不规范服务统计报告 {quarter}", "Irregular service report {quarter}")
NOT_BEGUN = W("未开始", "not started")
DAYS = 10
"""Working days after the quarter in which it is written."""

section("irregular", W("不规范服务统计", "Irregular service reports"), 57)


@expects("irregular_report")
def quarterly(book: Book, window: DueWindow) -> Iterator[Expected]:
    """That of the quarter before, in the first working days of a quarter, until it is there."""
    quarter = shift_quarter(quarter_of(window.last), -1)
    first, last = quarter_span(quarter)
    calendar = calendar_years.calendar(book)
    begins, due = last + timedelta(days=1), calendar.add_workdays(last, DAYS)
    ids = [project.id for project in window.projects]
    had = _had_any(book, ids, first, last)
    reports = _reports(book, ids, first, last)
    for project in window.projects:
        doers = frozenset(book.people.second_people(project.id, (DEPARTMENT_MANAGER,), ()))
        mine = window.people is None or not window.people.isdisjoint(doers)
        record = reports.get(project.id) or reports.get(None)
        done = record is not None and record.state in ("submitted", "confirmed")
        if project.id not in had or not mine or (done and window.behind):
            continue
        yield Expected(
            type=IrregularReport.kind.name,
            key=f"{project.id}/{quarter}",
            title=say(TITLE, quarter=quarter),
            project=project,
            first=begins,
            last=due,
            due=instant(due + timedelta(days=1), 0, calendar.zone) - 1,
            day=due,
            doers=doers,
            group="returned" if sent_back(record) else "irregular",
            record=record,
            done=done,
            progress=lambda record=record: _progress(record),  # type: ignore[misc]
            values={"first": first.isoformat(), "last": last.isoformat()},
        )


def _had_any(book: Book, projects: Sequence[str], first: date, last: date) -> set[str]:
    sql = (
        f"SELECT DISTINCT project FROM irregular_service WHERE project IN ({places(projects)})"
        " AND found_on BETWEEN ? AND ? AND void IS NULL"
    )
    found = book.store.rows(sql, (*projects, first.isoformat(), last.isoformat()))
    return {str(row[0]) for row in found}


def _reports(
    book: Book, projects: Sequence[str], first: date, last: date
) -> dict[str | None, IrregularReport]:
    """Project -> its report; that of None is one of all projects."""
    where = (
        f"WHERE (project IN ({places(projects)}) OR project IS NULL)"
        " AND first=? AND last=? AND void IS NULL ORDER BY n"
    )
    params = (*projects, first.isoformat(), last.isoformat())
    return {one.project: one for one in rows.fetch(book.store, IrregularReport, where, params)}


def _progress(record: IrregularReport | None) -> str | W:
    return NOT_BEGUN if record is None else record.kind.state(record.state).label
