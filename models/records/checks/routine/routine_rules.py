"""Rules of the routine check: its period, its deviations, its verdict. Clause: 5.1.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from models.book.rows import child_rows
from models.book.rules import after_add, before_move, before_write, given
from models.calendar.business_dates import day_of
from models.derived import compiled
from models.records.checks import remedies
from models.records.checks.routine import plan_execution, routine_content
from models.records.checks.routine.routine_check import RoutineCheck
from models.records.checks.routine.routine_deviation import RoutineDeviation
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

BACKWARDS = W(
    "检查期止 {last} 早于检查期起 {first}。请改正其中一个。",
    "The period ends on {last}, before it begins on {first}. Correct one of them.",
)
NOT_OVER = W(
    "检查期止 {last} 还没有到。请检查已经过去的日子。",
    "The period ends on {last}, which has not come yet. Check days that are over.",
)
TOO_LONG = W(
    "检查期不超过 {days} 天。请分几次检查。",
    "A period has at most {days} days. Check it in parts.",
)
MOST_DAYS = 100

compiled.compiles(routine_content.REPORT)


@before_write("routine_check")
def period_is_over(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """A routine check looks back on days that are over."""
    first, last = day_of(values.get("first")), day_of(values.get("last"))
    if record is not None or first is None or last is None:
        return
    if last < first:
        raise Refused(BACKWARDS, first=first.isoformat(), last=last.isoformat())
    if last > book.today:
        raise Refused(NOT_OVER, last=last.isoformat())
    if (last - first).days >= MOST_DAYS:
        raise Refused(TOO_LONG, days=MOST_DAYS)


@given("routine_deviation")
def own_code(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """One that is added by hand is no other one."""
    return {} if values.get("code") else {"code": str(uuid4())}


@after_add("routine_check")
def deviations_found(book: Book, check: RoutineCheck) -> None:
    """A check opens with what was late or not done, to be assessed one by one."""
    if book.brings:
        return
    scope = routine_content.scope_of(check)
    done = plan_execution.execution(book, scope.projects, scope.first, scope.last)
    for line in plan_execution.lines(book, done):
        if line.deviates:
            values = {
                "check": check.id,
                "code": line.code,
                "subject": line.name[:200],
                "found": line.text,
                "about": line.record,
            }
            book.add("routine_deviation", values, project=check.project)


def deviations(book: Book, check: Record) -> list[Record]:
    """The deviations of a check that are in use, in order."""
    found = child_rows.rows_of(book.store, check, RoutineDeviation)
    return [one for one in found if one.void is None]


@before_move("routine_check", "issue")
def major_ones_have_a_remedy(book: Book, check: RoutineCheck) -> None:
    """A major deviation is in somebody's charge before the check is issued."""
    remedies.require(book.store, [one for one in deviations(book, check) if one.state == "major"])
