"""Expected: the quarterly check of every project in service, in the quarter's last working week.

Clause: 5.1.2
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import business_day, instant, quarter_of, quarter_span
from models.calendar.working_calendar import Calendar
from models.derived.expected import DueWindow, Expected, expects
from models.queries.waiting.agenda import section, sent_back
from models.records.checks.quarterly.quarterly_check import QuarterlyCheck
from models.records.registers import calendar_years
from models.records.registers.project import Project
from models.schema.roles import PROJECT_MANAGER
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

TITLE = W("定期质量检查 {quarter}", "Quarterly check {quarter}")
NOT_BEGUN = W("未开始", "not started")
DAY = timedelta(days=1)
STILL = timedelta(days=45)
"""How long after a quarter its check is still asked for on Today."""

section("quarter", W("定期质量检查", "Quarterly checks"), 14)


def last_week(quarter: str, calendar: Calendar) -> tuple[date, date]:
    """The quarter's last working week: its Monday, and the quarter's last working day."""
    last = quarter_span(quarter)[1]
    while not calendar.is_workday(last):
        last -= DAY
    return last - timedelta(days=last.weekday()), last


def in_service(project: Project, quarter: str) -> bool:
    """Whether a project was in its service period in a quarter, and is not completed."""
    first, last = (day.isoformat() for day in quarter_span(quarter))
    begins, ends = project.service_from or "", project.service_to or "9999"
    return project.state == "running" and begins <= last and ends >= first


@expects("quarterly_check")
def quarterly(book: Book, window: DueWindow) -> Iterator[Expected]:
    """One check for each project and quarter; `behind`: that of the quarter before, too."""
    calendar = calendar_years.calendar(book)
    for quarter, behind in _quarters(window, calendar):
        first, last = last_week(quarter, calendar)
        asked = [one for one in window.projects if _asked(book, one, quarter)]
        found = _begun(book, asked, quarter)
        for project in asked:
            doers = frozenset(book.people.second_people(project.id, (PROJECT_MANAGER,), ()))
            record = found.get(project.id)
            done = record is not None and record.state == "reported"
            mine = window.people is None or not window.people.isdisjoint(doers)
            if mine and not (behind and done):
                yield Expected(
                    type=QuarterlyCheck.kind.name,
                    key=f"{project.id}/{quarter}",
                    title=say(TITLE, quarter=quarter),
                    project=project,
                    first=first,
                    last=last,
                    due=instant(last + DAY, 0, calendar.zone) - 1,
                    day=last,
                    doers=doers,
                    group="returned" if sent_back(record) else "quarter",
                    record=record,
                    done=done,
                    progress=lambda record=record: _progress(record),  # type: ignore[misc]
                    values={"quarter": quarter},
                )


def _quarters(window: DueWindow, calendar: Calendar) -> Iterator[tuple[str, bool]]:
    """The quarters whose last week has a day in the window, and whether it is the one before."""
    this, day = quarter_of(window.first), window.first
    before = quarter_span(this)[0] - DAY
    if window.behind and window.first - before <= STILL:
        yield quarter_of(before), True
    while quarter_span(this)[0] <= window.last:
        first, last = last_week(this, calendar)
        if window.behind and first <= window.last:
            yield this, False  # until it is done, also on the days after its last working day
        elif first <= window.last and last >= day:
            yield this, False
        this = quarter_of(quarter_span(this)[1] + DAY)


def _asked(book: Book, project: Project, quarter: str) -> bool:
    """A project that was known by then; what was before the program was used is not owed."""
    known = business_day(project.recorded, book.zone) <= quarter_span(quarter)[1]
    return known and in_service(project, quarter)


def _begun(book: Book, projects: list[Project], quarter: str) -> dict[str, QuarterlyCheck]:
    ids = [project.id for project in projects]
    where = f"WHERE quarter=? AND project IN ({places(ids)}) AND void IS NULL"
    found = rows.fetch(book.store, QuarterlyCheck, where, (quarter, *ids))
    return {str(one.project): one for one in found}


def _progress(record: QuarterlyCheck | None) -> str | W:
    return NOT_BEGUN if record is None else record.kind.state(record.state).label
