"""Expected of the plan: its tasks, from a week before they are due. Clause: 4.2.1.

What has a checklist template is listed as that checklist; the task itself is only once it is
overdue. Of several overdue tasks of one term the last one is listed, with the count of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import day_of, instant
from models.derived.expected import DueWindow, Expected, expects
from models.frozen import NamedTuple
from models.queries.waiting.agenda import section
from models.records.preparation.execution import plan_execution
from models.records.preparation.execution.plan_execution import AHEAD, OPEN, TaskStanding
from models.records.preparation.execution.plan_in_force import PlanLines, PlanSpan
from models.records.preparation.execution.task_execution import TaskExecution
from models.records.preparation.plans.service_task import ServiceTask
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

BEFORE = timedelta(days=7)
BEHIND = timedelta(days=92)
"""How far back overdue tasks are looked for."""
DAY = timedelta(days=1)
AND_BEFORE = W("{what}（更早还有 {n} 次未做）", "{what} ({n} earlier not done)")
NOT_BEGUN = W("未开始", "not started")

section("plan", W("计划任务", "Planned tasks"), 15)


class _Asked(NamedTuple):
    span: PlanSpan
    task: ServiceTask
    standing: TaskStanding
    due: date
    earlier: int = 0


@expects("task_execution")
def tasks(book: Book, window: DueWindow) -> Iterator[Expected]:
    """The tasks of the window; `behind`: the overdue ones before it, too."""
    projects = {one.id: one for one in window.projects}
    lines = PlanLines(book.store, list(projects), book.zone)
    first = window.first - BEHIND if window.behind else window.first
    found = [
        (span, task)
        for span, task in lines.due(first, window.last + BEFORE)
        if window.people is None or task.doer in window.people
    ]
    executions = plan_execution.executions_of(book, {span.root for span, _ in found})
    for one in _asked(book, window, found):
        record = executions.get((one.span.root, one.standing.code))
        yield _expected(one, projects[str(one.span.plan.project)], record, book)


def _asked(
    book: Book, window: DueWindow, found: Sequence[tuple[PlanSpan, ServiceTask]]
) -> Iterator[_Asked]:
    standings = plan_execution.standings_of(book, found)
    behind: dict[tuple[str, str, str | None], list[_Asked]] = {}
    for (span, task), standing in zip(found, standings, strict=True):
        due = day_of(task.due)
        if due is None:
            continue
        one = _Asked(span, task, standing, due)
        over = due < book.today
        if task.template and not (over and standing.standing == OPEN):
            continue
        if due < window.first:
            if standing.standing == OPEN:
                key = (span.root, standing.code.partition("/")[0], task.doer)
                behind.setdefault(key, []).append(one)
        elif _begins(one) <= window.last:
            yield one
    for some in behind.values():
        yield some[-1]._replace(earlier=len(some) - 1)


def _begins(one: _Asked) -> date:
    return max(day_of(one.task.start) or one.due - BEFORE, one.due - BEFORE)


def _expected(one: _Asked, project: object, record: TaskExecution | None, book: Book) -> Expected:
    what, standing = one.standing.what, one.standing.standing
    return Expected(
        type="task_execution",
        key=f"{one.span.root}/{one.standing.code}",
        title=say(AND_BEFORE, what=what, n=one.earlier) if one.earlier else what,
        project=project,
        first=_begins(one),
        last=one.due,
        due=instant(one.due + DAY, 0, book.zone) - 1,
        day=one.due,
        doers=frozenset([one.task.doer] if one.task.doer else ()),
        group="plan",
        record=record,
        done=standing not in (OPEN, AHEAD),
        lingers=one.due == book.today,
        progress=lambda: progress(record),
        values={"plan": one.span.root, "task": one.standing.code},
    )


def progress(record: TaskExecution | None) -> W:
    """The state of an execution, or that nothing was begun."""
    return record.kind.state(record.state).label if record is not None else NOT_BEGUN
