"""The content of a routine check: the period's figures and kinds of work, in plain data.

Counted from the records until the check is issued, and kept with it from then on. Clause: 5.1.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.calendar.business_dates import day_of
from models.derived import figures
from models.derived.compiled import CompiledReport
from models.derived.figures import Kept, Scope
from models.records.checks.routine.plan_execution import PlanLine, execution, lines
from models.records.checks.routine.routine_check import RoutineCheck
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

FAMILIES = ("checks", "plan")
"""The families of figures that a routine check opens with, as far as the program has them."""
FORM = 1
NO_PERIOD = W(
    "{number} 的检查期不是日期，或止日早于起日。请作废后另建一次。",
    "{number} has no period from a day to a later one. Void it and begin another.",
)


class RoutineContent(NamedTuple):
    """A project's period."""

    project: str
    first: str
    last: str
    figures: list[Kept]
    lines: list[PlanLine]


def scope_of(check: RoutineCheck) -> Scope:
    """The project and the days. Raises `Refused` for a record whose days are none."""
    first, last = day_of(check.first), day_of(check.last)
    if first is None or last is None or last < first:
        raise Refused(NO_PERIOD, number=check.number)
    return Scope((str(check.project),), first, last)


def compile_check(book: Book, check: RoutineCheck) -> RoutineContent:
    """The period as the records say it now."""
    scope = scope_of(check)
    here = [family for family in FAMILIES if family in figures.families()]
    found = [one for family in here for one in figures.of_family(book, scope, family)]
    done = execution(book, scope.projects, scope.first, scope.last)
    return RoutineContent(
        str(check.project),
        scope.first.isoformat(),
        scope.last.isoformat(),
        figures.keep(found),
        lines(book, done),
    )


REPORT = CompiledReport(
    type=RoutineCheck.kind.name,
    form=RoutineContent,
    version=FORM,
    key=lambda data: {"project": data.project, "first": data.first, "last": data.last},
    compile=compile_check,
    sources=lambda _data: {},
    open_points=lambda _data: (),
    later=lambda _book, _record, _data: (),
    scope=lambda _book, check: scope_of(check),
)
