"""The figures of the plan's execution. Clause: 4.2, 5.1.1, 6.1.

A task counts in the period in which it is due, by the version of the plan that was in force on that
day. The weekly report, the quarter and the summary count by the same functions
(`models.records.preparation.execution.plan_execution`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.derived.figures import Counted, Reading, Scope, figure, reading
from models.records.preparation.execution import plan_execution
from models.records.preparation.execution.plan_execution import (
    LATE,
    ON_TIME,
    OPEN,
    SKIPPED,
    VERSION,
    TaskStanding,
)
from models.records.preparation.execution.plan_in_force import PlanLines
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

Found = Sequence[TaskStanding]
PLANNED = W(
    "期内到期的任务，按到期日有效的计划版本计",
    "tasks due in the period, by the version of the plan in force on their due day",
)
DUE = W("其中到今天为止到期的", "those of them that have fallen due by today")
ON_TIME_FORMULA = W("到期日或之前完成的", "done on or before their due day")
LATE_FORMULA = W("到期日之后完成的", "done after their due day")
SKIPPED_FORMULA = W("写明理由不执行的", "skipped with a reason")
OPEN_FORMULA = W("到期而未完成的", "fallen due and not done")
RATE_FORMULA = W(
    "按期完成 ÷ 已到期；没有到期任务时不可评定",
    "done on time ÷ fallen due; not assessable where none has fallen due",
)


@reading("plan", W("计划执行", "Plan execution"))
def read(book: Book, scope: Scope) -> Reading | None:
    """The tasks due in the scope; None where its projects have no approved plan."""
    lines = PlanLines(book.store, scope.projects, book.zone)
    if not lines.spans():
        return None
    return Reading(plan_execution.standings_of(book, lines.due(scope.first, scope.last)))


@figure("plan.planned", W("计划任务", "tasks planned"), PLANNED, version=VERSION)
def planned(found: Found) -> Counted:
    """All tasks of the period."""
    return plan_execution.planned(found)


@figure("plan.due", W("已到期", "fallen due"), DUE, version=VERSION)
def due(found: Found) -> Counted:
    """Tasks that have fallen due."""
    return plan_execution.fallen_due(found)


@figure("plan.on_time", W("按期完成", "done on time"), ON_TIME_FORMULA, version=VERSION)
def on_time(found: Found) -> Counted:
    """Tasks done on or before their due day."""
    return plan_execution.of_standing(found, ON_TIME)


@figure("plan.late", W("逾期完成", "done late"), LATE_FORMULA, version=VERSION)
def late(found: Found) -> Counted:
    """Tasks done after their due day."""
    return plan_execution.of_standing(found, LATE)


@figure("plan.skipped", W("未执行", "skipped"), SKIPPED_FORMULA, version=VERSION)
def skipped(found: Found) -> Counted:
    """Tasks skipped with a reason."""
    return plan_execution.of_standing(found, SKIPPED)


@figure("plan.open", W("未完成", "not done"), OPEN_FORMULA, version=VERSION)
def open_(found: Found) -> Counted:
    """Tasks that have fallen due and are not done."""
    return plan_execution.of_standing(found, OPEN)


@figure("plan.rate", W("计划完成率", "completion rate"), RATE_FORMULA, version=VERSION, unit="%")
def rate(found: Found) -> Counted:
    """The completion rate of the plan."""
    return plan_execution.completion(found)
