"""Rules of the executions: they are of a task in force, and say truly when it was done.

Clause: 4.2.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import after_move, given, proposes
from models.calendar.business_dates import day_of
from models.records.preparation.execution.plan_in_force import PlanLines
from models.records.preparation.execution.task_execution import TaskExecution
from models.records.preparation.plans.service_plan import ServicePlan
from models.records.preparation.plans.service_task import ServiceTask
from models.storage import rows
from models.storage.store import places
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NOT_IN_FORCE = W(
    "{number} 还没有批准的版本，不能登记执行情况。请先提交审批。",
    "No version of {number} is approved, so nothing can be recorded of it. Submit it first.",
)
NO_PLAN = W(
    "没有找到本项目的二级进度计划“{plan}”。请核对编号。",
    "There is no detailed plan “{plan}” in this project. Check the number.",
)
NO_TASK = W(
    "现行计划 {number} 中没有编码为“{task}”的任务。请核对任务编码。",
    "The plan in force, {number}, has no task with the code “{task}”. Check the code.",
)
AHEAD_OF_TIME = W(
    "完成日期 {day} 还没有到。请核对日期。", "{day} has not come yet. Check the day it was done on."
)
NO_RECORD = W(
    "{number} 不能作为依据：它已作废，或属于别的项目。请选择本项目的有效记录。",
    "{number} cannot show it: it is void, or of another project. Choose a record of this project.",
)


@given("task_execution")
def of_a_task(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """An execution belongs to the plan's first version, and has the words of the task in force."""
    plan = rows.one(book.store, ServicePlan, str(values.get("plan") or ""))
    code = values.get("task")
    if not code or not values.get("plan"):
        return {}  # both are required
    if plan is None or plan.project != project:
        raise Refused(NO_PLAN, plan=plan.number if plan is not None else values["plan"])
    lines = PlanLines(book.store, [str(plan.project)], book.zone)
    root = lines.root(plan)
    versions = [one for one in lines.spans() if one.root == root]
    if not versions:
        raise Refused(NOT_IN_FORCE, number=plan.number)
    # What an import brings was done by a version of its time.
    asked = [one.plan for one in versions] if book.brings else [versions[-1].plan]
    task = _task(book, [one.id for one in asked], str(code))
    if task is None:
        raise Refused(NO_TASK, number=asked[-1].number, task=code)
    return {"plan": root, "what": task.what}


def _task(book: Book, plans: list[str], code: str) -> ServiceTask | None:
    where = f"WHERE plan IN ({places(plans)}) AND code=? AND void IS NULL ORDER BY n DESC LIMIT 1"
    found = rows.fetch(book.store, ServiceTask, where, (*plans, code))
    return found[0] if found else None


@proposes("task_execution", "finish", "finish_by")
def today(book: Book, execution: TaskExecution) -> dict[str, Any]:
    """It was done today, unless another day is given."""
    return {"done_on": execution.done_on or book.today.isoformat()}


@after_move("task_execution", "finish", "finish_by")
def done_truly(book: Book, execution: TaskExecution) -> None:
    """What is done was done by today, and the record that shows it is one of the project."""
    day = day_of(execution.done_on)
    if day is not None and day > book.today:
        raise Refused(AHEAD_OF_TIME, day=execution.done_on)
    shown = book.find(execution.record) if execution.record else None
    if shown is not None and (
        shown.void is not None
        or shown.id == execution.id
        or shown.project not in (None, execution.project)
    ):
        raise Refused(NO_RECORD, number=shown.number)
