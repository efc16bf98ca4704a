"""Shared tasks: the open planned tasks that one sheet may show as done.

A sheet does not say its site, so of several tasks with its template and days none is done by
itself: a person says for which of them it was filled in. Clause: 4.2.1, 5.1.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.calendar.business_dates import day_of
from models.frozen import NamedTuple
from models.records.checks.rounds.frequency import period
from models.records.checks.sheet import Sheet
from models.records.checks.submitted_sheets import (
    SUBMITTED,
    is_for,
    submitted_sheets,
    template_lines,
)
from models.records.checks.template import Template
from models.records.preparation.execution import plan_execution
from models.records.preparation.execution.plan_execution import AHEAD, OPEN
from models.records.preparation.execution.plan_in_force import PlanLines
from models.records.preparation.plans.service_task import ServiceTask
from models.schema.record import Record
from models.storage import rows
from models.storage.store import places
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NOT_SUBMITTED = W(
    "{number} 还没有提交，不能作为完成依据。请先提交检查表。",
    "{number} is not submitted, so it shows nothing as done. Submit it first.",
)
ROUNDS_LEFT = W(
    "{day} 应有 {asked} 轮，只提交了 {there} 轮。请先提交其余各轮。",
    "{day} has {asked} rounds, of which {there} are submitted. Submit the others first.",
)
NONE_OPEN = W(
    "没有未完成的计划任务与 {number} 的模板和日期相符。",
    "No open planned task has the template and day of {number}.",
)
NOT_ITS = W(
    "“{task}”不是 {number} 可作为完成依据的未完成任务。请重新打开列表选择。",
    "“{task}” is no open task that {number} can show as done. Open the list again and choose.",
)


class SharedTask(NamedTuple):
    """An open task of the plan in force, and the first version of its plan."""

    root: str
    task: ServiceTask


def open_tasks(book: Book, sheet: Sheet) -> list[SharedTask]:
    """The tasks of the sheet's project, template and day that are not done, by due day and name."""
    day, project = day_of(sheet.day), str(sheet.project)
    line = template_lines(book.store, [str(sheet.template)])[str(sheet.template)]
    every = ((id, rows.one(book.store, Template, id)) for id in line)
    paces = {id: pace for id, pace in every if pace is not None}
    line = tuple(paces)
    if day is None or not paces:
        return []
    periods = [period(pace.frequency, day) for pace in paces.values()]
    first = min(begin for begin, _ in periods).isoformat()
    last = max(end for _, end in periods).isoformat()
    where = (
        f"WHERE plan=? AND template IN ({places(line)}) AND due>=? AND coalesce(start, due)<=?"
        " AND void IS NULL ORDER BY n"
    )
    found = [
        (span, task)
        for span in PlanLines(book.store, [project], book.zone).spans()
        for task in rows.fetch(book.store, ServiceTask, where, (span.plan.id, *line, first, last))
        if span.counts(day_of(task.due)) and is_for(paces[str(task.template)], day, task)
    ]
    standings = plan_execution.standings_of(book, found)
    left = [
        SharedTask(span.root, task)
        for (span, task), one in zip(found, standings, strict=True)
        if one.standing in (OPEN, AHEAD)
    ]
    return sorted(left, key=lambda one: (one.task.due or "", one.task.what or "", one.task.id))


def done_on(book: Book, sheet: Sheet) -> date:
    """The day on which the last round of the sheet's day came in.

    Raises `Refused` where the sheet, or another round of its day, is not submitted.
    """
    template = rows.one(book.store, Template, str(sheet.template))
    if template is None or sheet.state not in SUBMITTED or sheet.void is not None:
        raise Refused(NOT_SUBMITTED, number=sheet.number)
    line = template_lines(book.store, [template.id])[template.id]
    every = submitted_sheets(book, str(sheet.project), line)
    rounds = [one.done for one in every if one.day == day_of(sheet.day)]
    asked = template.most_rounds()
    if len(rounds) < asked:
        raise Refused(ROUNDS_LEFT, day=sheet.day, asked=asked, there=len(rounds))
    return max(rounds)


def finish(book: Book, sheet: Sheet, tasks: Sequence[str]) -> list[Record]:
    """Record these tasks (ids) as done by the sheet, all or none; returns their executions.

    Raises `Refused` for a sheet that shows nothing as done, and for a task that is not open.
    """
    day = done_on(book, sheet).isoformat()
    known = {one.task.id: one for one in open_tasks(book, sheet)}
    made = []
    with book.saving():
        for id in tasks:
            if id not in known:
                task = rows.one(book.store, ServiceTask, id)
                raise Refused(NOT_ITS, task=task.what if task else id, number=sheet.number)
            values = {"plan": known[id].root, "task": known[id].task.code}
            begun = book.ensure("task_execution", values, project=sheet.project)
            made.append(book.move(begun.id, "finish_by", {"record": sheet.id, "done_on": day}))
    return made
