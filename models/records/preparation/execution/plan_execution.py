"""Plan execution: how each task that was due stands; counted once for page, paper and report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.calendar.business_dates import day_of
from models.derived.figures import Counted, counted, share
from models.frozen import NamedTuple
from models.records.preparation.execution.performed import Performed, performed
from models.records.preparation.execution.plan_in_force import PlanLines, PlanSpan
from models.records.preparation.execution.task_execution import TaskExecution
from models.records.preparation.plans.service_task import ServiceTask
from models.schema.lifecycle import Tone
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

ON_TIME, LATE, SKIPPED, OPEN, AHEAD = "on_time", "late", "skipped", "open", "ahead"
STANDINGS: dict[str, tuple[W, Tone]] = {
    ON_TIME: (W("按期完成", "done on time"), "good"),
    LATE: (W("逾期完成", "done late"), "warn"),
    SKIPPED: (W("未执行", "skipped"), "warn"),
    OPEN: (W("未完成", "not done"), "bad"),
    AHEAD: (W("未到期", "not due yet"), ""),
}
"""How a task stands."""
VERSION = 1
"""Of the formulas below."""


class TaskStanding(NamedTuple):
    """A planned task as it stands; plain data, which a report may keep."""

    task: str
    """The id of the task in the version in force on its due day."""
    code: str
    what: str
    due: str
    doer: str | None
    standing: str
    done_on: str | None
    record: str | None
    """The id of what shows it: the sheet, or the execution."""
    reason: str | None
    """Why it was skipped."""
    execution: str | None = None
    """The id of its execution, where one was begun."""


def standings(book: Book, projects: Sequence[str], first: date, last: date) -> list[TaskStanding]:
    """The tasks due from a day to another, as they stand today."""
    lines = PlanLines(book.store, projects, book.zone)
    return standings_of(book, lines.due(first, last))


def standings_of(book: Book, found: Sequence[tuple[PlanSpan, ServiceTask]]) -> list[TaskStanding]:
    """How some tasks stand today, each with the version that it counts by."""
    executions = executions_of(book, {span.root for span, _ in found})
    by_project: dict[str, list[ServiceTask]] = {}
    for span, task in found:
        by_project.setdefault(str(span.plan.project), []).append(task)
    shown: dict[str, Performed] = {}
    for project, tasks in by_project.items():
        shown |= performed(book, project, tasks)
    reasons = _reasons(book, executions.values())
    return [
        _standing(task, executions.get((span.root, str(task.code))), shown, reasons, book.today)
        for span, task in found
    ]


def executions_of(book: Book, roots: set[str]) -> dict[tuple[str, str], TaskExecution]:
    """(first version, code of the task) -> its execution."""
    ids = sorted(roots)
    where = f"WHERE plan IN ({places(ids)}) AND void IS NULL ORDER BY n"
    found = rows.fetch(book.store, TaskExecution, where, ids) if ids else []
    return {(str(one.plan), str(one.task)): one for one in found}


def _standing(
    task: ServiceTask,
    execution: TaskExecution | None,
    shown: dict[str, Performed],
    reasons: dict[str, str],
    today: date,
) -> TaskStanding:
    due, done = day_of(task.due), shown.get(task.id)
    state = execution.state if execution is not None else ""
    day, record = (done.day, done.record) if done is not None else (None, None)
    reason: str | None = None
    if done is None and execution is not None:
        record = execution.id if state != "open" else None
        day = day_of(execution.done_on) if state == "done" else None
    if done is None and execution is not None and state == "skipped":
        reason = reasons.get(execution.id)
    if day is not None:
        standing = ON_TIME if due is None or day <= due else LATE
    elif state == "skipped":
        standing = SKIPPED
    else:
        standing = OPEN if due is None or due <= today else AHEAD
    return TaskStanding(
        task=task.id,
        code=str(task.code),
        what=task.what or task.number,
        due=task.due or "",
        doer=task.doer,
        standing=standing,
        done_on=day.isoformat() if day is not None else None,
        record=record,
        reason=reason,
        execution=execution.id if execution is not None else None,
    )


def _reasons(book: Book, executions: object) -> dict[str, str]:
    """Execution -> why it was skipped last."""
    ids = [one.id for one in executions if one.state == "skipped"]  # type: ignore[attr-defined]
    sql = (
        f"SELECT record, comment FROM transition WHERE record IN ({places(ids)}) AND move='skip'"
        " ORDER BY n"
    )
    return {str(id): str(comment or "") for id, comment in book.store.rows(sql, ids)} if ids else {}


# -- the formulas ----------------------------------------------------------------------------------


def of_standing(found: Sequence[TaskStanding], *names: str) -> Counted:
    """The tasks that stand so, of all that have fallen due."""
    fallen = due(found)
    ids = [one.record or one.task for one in fallen if one.standing in names]
    return Counted(len(ids), len(fallen), tuple(dict.fromkeys(ids)))


def due(found: Sequence[TaskStanding]) -> list[TaskStanding]:
    """Those that have fallen due."""
    return [one for one in found if one.standing != AHEAD]


def planned(found: Sequence[TaskStanding]) -> Counted:
    """All that the plan has in the period, those not due yet among them."""
    return counted([one.task for one in found])


def fallen_due(found: Sequence[TaskStanding]) -> Counted:
    """What has fallen due so far."""
    return counted([one.task for one in due(found)])


def completion(found: Sequence[TaskStanding]) -> Counted:
    """The completion rate: done on or before due ÷ fallen due; not assessable without any."""
    fallen = due(found)
    met = [one for one in fallen if one.standing == ON_TIME]
    return share(len(met), len(fallen), [one.record or one.task for one in fallen])
