"""The content of a service report: the quarter's figures, weeks and lists, in plain data.

Compiled from the records until the report is submitted, and kept with it from then on; so it holds
the names of that time. Clause: 5.1.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from models.calendar.business_dates import quarter_span, week_of
from models.derived import figures
from models.derived.compiled import CompiledReport
from models.derived.figures import Kept, Scope, of_week
from models.records.checks.quarterly.quarterly_answer import QuarterlyAnswer
from models.records.checks.quarterly.quarterly_check import QuarterlyCheck
from models.records.checks.quarterly.spare_part import SparePart
from models.records.checks.routine.plan_execution import PlanLine, execution, lines
from models.records.registers.project import Project
from models.records.statistics.service.service_records import records_of
from models.records.statistics.service.service_report import ServiceReport
from models.records.statistics.trends import span_of
from models.records.weekly.week.content import ProjectHead, head_of
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

FORM = 1
FAMILIES = (
    *("plan", "checks", "trends", "service", "irregular"),
    *("survey", "complaint", "communication", "incident"),
)
"""The families of figures that it gives, as far as the program has them."""
NOT_YET = {
    "survey": W("客户满意度", "customer satisfaction"),
    "complaint": W("客户投诉", "complaints"),
}
"""What is said not to be assessable where the program has no figures of that family."""
NO_PROJECT = W(
    "{number} 的项目不在本机。请先同步，或作废后在项目中另建一份。",
    "The project of {number} is not on this device. Sync first, or void it and begin another.",
)


class WeekPoint(NamedTuple):
    """Problems of a week."""

    week: str
    opened: int
    closed: int
    open: int


class ListedRecord(NamedTuple):
    """A record that is listed, as it stood."""

    type: str
    id: str
    number: str
    state: str
    title: str
    values: dict[str, str | int | bool | None]


class ServiceContent(NamedTuple):
    """A project's quarter."""

    project: ProjectHead
    quarter: str
    figures: list[Kept]
    weeks: list[WeekPoint]
    checks: list[PlanLine]
    faults: list[ListedRecord]
    reports: list[ListedRecord]
    actions: list[ListedRecord]
    parts: list[ListedRecord]
    questions: list[ListedRecord]

    @property
    def kept(self) -> dict[str, Kept]:
        """The figures by name."""
        return {one.name: one for one in self.figures}


TOLD = {
    "escalation": ("phenomenon", "severity", "due"),
    "problem_report": ("subject", "reason"),
    "corrective_action": ("subject", "sort", "due"),
    "spare_part": (
        *("part", "stock", "safety", "used", "lead_days", "failure_rate", "years"),
        *("verdict", "action"),
    ),
    "quarterly_answer": ("question", "basis", "finding"),
}
"""Type -> the fields that are told of its records."""


def scope_of(report: ServiceReport) -> Scope:
    """The project and the quarter's days. Raises `Refused` for a quarter that is none."""
    return Scope((str(report.project),), *quarter_span(str(report.quarter or "")))


def compile_report(book: Book, report: ServiceReport) -> ServiceContent:
    """The quarter as the records say it now."""
    scope = scope_of(report)
    project = rows.one(book.store, Project, str(report.project))
    if project is None:
        raise Refused(NO_PROJECT, number=report.number)
    known = [family for family in FAMILIES if family in figures.families()]
    found = [one for family in known for one in figures.of_family(book, scope, family)]
    done = execution(book, scope.projects, scope.first, scope.last)
    here = records_of(book, scope)
    check = _check(book, report)
    return ServiceContent(
        project=head_of(book, project),
        quarter=str(report.quarter),
        figures=figures.keep(found),
        weeks=list(_weeks(book, scope)),
        checks=lines(book, done),
        faults=_parts(here.major),
        reports=_parts(here.reports),
        actions=_parts(here.actions),
        parts=_parts(_rows(book, check, SparePart)),
        questions=_parts(_rows(book, check, QuarterlyAnswer)),
    )


def _weeks(book: Book, scope: Scope) -> Iterator[WeekPoint]:
    """The weeks of the quarter that have begun, the one with its first day too."""
    days = (min(scope.last, book.today) - scope.first).days + 1
    every = (week_of(scope.first + timedelta(days=n)) for n in range(days))
    for week in dict.fromkeys(every):
        of = of_week(scope.projects, week)
        span = span_of(book, of.projects, of.first, of.last)
        yield WeekPoint(week, len(span.opened), len(span.closed), len(span.open))


def _check(book: Book, report: ServiceReport) -> QuarterlyCheck | None:
    where = "WHERE project=? AND quarter=? AND void IS NULL"
    found = rows.fetch(book.store, QuarterlyCheck, where, (report.project, report.quarter))
    return found[0] if found else None


def _rows(book: Book, check: QuarterlyCheck | None, cls: type[Record]) -> list[Record]:
    if check is None:
        return []
    where = 'WHERE "check"=? AND void IS NULL ORDER BY n'
    return rows.fetch(book.store, cls, where, (check.id,))


def _parts(some: Iterable[Record]) -> list[ListedRecord]:
    return [_part(one) for one in some]


def _part(one: Record) -> ListedRecord:
    values = one.values()
    told = {name: values[name] for name in TOLD[one.type]}
    return ListedRecord(one.type, one.id, one.number, one.state, one.title(), told)


def sources_of(data: ServiceContent) -> dict[str, list[str]]:
    """The records that it is about: an open conflict in one of them refuses the submission."""
    found: dict[str, list[str]] = {}
    for one in (*data.faults, *data.reports, *data.actions):
        found.setdefault(one.type, []).append(one.id)
    return found


def _key(data: ServiceContent) -> dict[str, Any]:
    return {"project": data.project.id, "quarter": data.quarter}


REPORT = CompiledReport(
    type=ServiceReport.kind.name,
    form=ServiceContent,
    version=FORM,
    key=_key,
    compile=compile_report,
    sources=sources_of,
    open_points=lambda _data: (),
    later=lambda _book, _record, _data: (),
    scope=lambda _book, report: scope_of(report),
)
