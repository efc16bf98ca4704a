"""A project's week, compiled or issued: what it says, and what came after the issue.

Before its report is issued a week is compiled from the records; from then on it is what it was
issued with, and what came later is told beside it. Clause: 5.3.1(2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from models.derived import compiled
from models.derived.compiled import CompiledReport, Content, LaterNews
from models.records.registers import calendar_years
from models.records.registers.project import Project
from models.records.weekly.week import later, supplements
from models.records.weekly.week.content import (
    FAMILY,
    WeekContent,
    content_of,
    open_points,
    sources_of,
)
from models.records.weekly.week.project_week import week_report
from models.records.weekly.weekly_report import WeeklyReport

if TYPE_CHECKING:
    from models.book.book import Book

FORM, OLDEST = 2, 1
"""The version of `WeekContent`, raised with every change of it, and the oldest that is read: one of
form 1 has no planned tasks."""


def compile_week(book: Book, project: Project, week: str) -> WeekContent:
    """A project's week as the records say it now."""
    calendar = calendar_years.calendar(book)
    report = week_report(book, project, week, book.reach(), calendar, book.week_due)
    return content_of(book, report)


def content(book: Book, project: Project, week: str) -> Content:
    """A project's week: as it was issued, else compiled now."""
    report = supplements.report_of(book, project.id, week)
    if report is None:
        return Content(compile_week(book, project, week), False)
    return compiled.content(book, report)


def _of_report(book: Book, report: WeeklyReport) -> WeekContent:
    project = cast(Project, book.get(str(report.project)))
    return compile_week(book, project, report.week or "")


def _later(book: Book, report: WeeklyReport, issued: WeekContent) -> list[LaterNews]:
    return later.news(book, report, issued, _of_report(book, report))


REPORT = CompiledReport(
    type=WeeklyReport.kind.name,
    form=WeekContent,
    version=FORM,
    since=OLDEST,
    key=lambda week: {"project": week.project.id, "week": week.week},
    compile=_of_report,
    sources=sources_of,
    open_points=open_points,
    later=_later,
    figures=FAMILY,
)
