"""The content of a report on irregular services: counts, shares, causes and what is done.

Counted from the records until it is submitted, and kept with it from then on. Clause: 5.3.2(3)
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from models.book.projects import my_projects
from models.calendar.business_dates import day_of
from models.derived import figures
from models.derived.compiled import CompiledReport, LaterNews
from models.derived.figures import Kept, Scope
from models.records.nonconformity.irregular import irregular_statistics as statistics
from models.records.nonconformity.irregular.irregular_figures import FAMILY
from models.records.nonconformity.irregular.irregular_report import IrregularReport
from models.records.nonconformity.irregular.irregular_service import IrregularService
from models.schema.roles import LEADS, QUALITY
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.book.book import Book

FORM = 1
NO_PERIOD = W(
    "{number} 的统计期不是日期，或止日早于起日。请作废后另建一份。",
    "{number} has no period from a day to a later one. Void it and begin another.",
)


class GroupPart(NamedTuple):
    """A group and how many belong to it; '*' are those too small to be shown by themselves."""

    name: str
    cases: int


class CasePart(NamedTuple):
    """A service: its number, category, cause and what was done; nothing of whom it is about."""

    number: str
    category: str | None
    cause: str | None
    correction: str | None


class ActionPart(NamedTuple):
    """A corrective or preventive action that the report or one of its cases led to."""

    id: str
    number: str
    subject: str | None
    state: str
    due: str | None


class IrregularContent(NamedTuple):
    """A period's irregular services."""

    project: str | None
    first: str
    last: str
    projects: list[str]
    figures: list[Kept]
    categories: list[GroupPart]
    by_project: list[GroupPart]
    months: list[GroupPart]
    findings: list[GroupPart]
    numbers: list[str]
    """Of every service that was counted."""
    cases: list[CasePart]
    """Of a report on one project; one on all is read in the whole company."""
    actions: list[ActionPart]


def scope_of(book: Book, report: IrregularReport) -> Scope:
    """The projects and the days. Raises `Refused` for a record whose days are none."""
    first, last = day_of(report.first), day_of(report.last)
    if first is None or last is None or last < first:
        raise Refused(NO_PERIOD, number=report.number)
    if report.project is not None:
        return Scope((report.project,), first, last)
    return Scope(tuple(one.id for one in my_projects(book, (*LEADS, QUALITY))), first, last)


def compile_report(book: Book, report: IrregularReport) -> IrregularContent:
    """The period as the records say it now."""
    scope = scope_of(book, report)
    found = statistics.services(book, scope)
    alone = report.project is not None
    return IrregularContent(
        project=report.project,
        first=scope.first.isoformat(),
        last=scope.last.isoformat(),
        projects=list(scope.projects),
        figures=figures.keep(figures.of_family(book, scope, FAMILY)),
        categories=_parts(statistics.by_category(found)),
        by_project=_parts(statistics.by_project(found)),
        months=_parts(statistics.by_month(found)),
        findings=_parts(statistics.by_finding(found)),
        numbers=[one.number for one in found],
        cases=_cases(book, [one.id for one in found]) if alone else [],
        actions=actions(book, report, [one.id for one in found]),
    )


def _cases(book: Book, ids: Sequence[str]) -> list[CasePart]:
    where = "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY found_on, n"
    found = rows.fetch(book.store, IrregularService, where, (json.dumps(list(ids)),))
    return [CasePart(one.number, one.category, one.cause, one.correction) for one in found]


def _parts(groups: list[statistics.IrregularGroup]) -> list[GroupPart]:
    return [GroupPart(group.name, group.cases) for group in statistics.merged(groups)]


def actions(book: Book, report: IrregularReport, services: Sequence[str]) -> list[ActionPart]:
    """The actions that name the report or one of its services as their source."""
    sql = (
        "SELECT a.id, a.number, a.subject, a.state, a.due FROM json_each(?) s"
        " JOIN corrective_action a ON a.source=s.value WHERE a.void IS NULL ORDER BY s.key, a.n"
    )
    found = book.store.rows(sql, (json.dumps([report.id, *services]),))
    return [ActionPart(*row) for row in found]


def later(
    book: Book,
    report: IrregularReport,  # noqa: ARG001
    data: IrregularContent,
) -> list[LaterNews]:
    """The services of the period that were not known when the report was submitted."""
    known = set(data.numbers)
    first, last = day_of(data.first), day_of(data.last)
    if first is None or last is None:
        return []
    fresh = statistics.services(book, Scope(tuple(data.projects), first, last))
    return [
        LaterNews(one.recorded, one.id, one.number, NOT_COUNTED)
        for one in fresh
        if one.number not in known
    ]


NOT_COUNTED = W("提交时还不知道，未计入", "not known when it was submitted, not counted")
REPORT = CompiledReport(
    type=IrregularReport.kind.name,
    form=IrregularContent,
    version=FORM,
    key=lambda data: {"project": data.project, "first": data.first, "last": data.last},
    compile=compile_report,
    sources=lambda _data: {},
    open_points=lambda _data: (),
    later=later,
    scope=scope_of,
)
