"""Rules between checklists and the plan: a task with a checklist template is done by its sheet.

Clause: 4.2.1, 5.1.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.calendar.business_dates import day_of
from models.records.checks.submitted_sheets import (
    SubmittedSheet,
    is_for,
    submitted_sheets,
    template_lines,
)
from models.records.checks.template import Template
from models.records.preparation.execution.performed import Performed, performs
from models.records.preparation.execution.plan_in_force import PlanLines
from models.records.preparation.plans.service_task import ServiceTask
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book


@performs("sheet")
def checked(book: Book, project: str, tasks: Sequence[ServiceTask]) -> Mapping[str, Performed]:
    """The tasks whose sheets were submitted, with the day on which that was first done.

    A sheet does not say its site: of several tasks of the project with one template, in whichever
    version, and the same days none is done by it; each is recorded by hand.
    """
    asked = [task for task in tasks if task.template and day_of(task.due)]
    if not asked:
        return {}
    alike = _alike(book, project, asked)
    lines = template_lines(book.store, {str(task.template) for task in asked})
    sheets = {line: submitted_sheets(book, project, line) for line in set(lines.values())}
    paces = {id: rows.one(book.store, Template, id) for id in lines}
    found: dict[str, Performed] = {}
    for task in asked:
        line, pace = lines[str(task.template)], paces[str(task.template)]
        if pace is None or alike[line, task.start or task.due, task.due] > 1:
            continue
        done = _done(pace, sheets[line], task)
        if done is not None:
            found[task.id] = done
    return found


def _alike(
    book: Book, project: str, asked: Sequence[ServiceTask]
) -> Counter[tuple[tuple[str, ...], str | None, str | None]]:
    """(versions of the template, first day, last day) -> how many tasks in force have these.

    The plans are asked, not the tasks at hand: those may be one person's, or one alone.
    """
    dues = [str(task.due) for task in asked]
    spans = PlanLines(book.store, [project], book.zone).spans()
    plans = sorted({span.plan.id for span in spans})
    sql = (
        "SELECT plan, template, coalesce(start, due), due FROM service_task"
        f" WHERE plan IN ({places(plans)}) AND due>=? AND due<=? AND template IS NOT NULL"
        " AND void IS NULL"
    )
    listed = list(book.store.rows(sql, (*plans, min(dues), max(dues)))) if plans else []
    lines = template_lines(book.store, {str(row[1]) for row in listed})
    counts: Counter[tuple[tuple[str, ...], str | None, str | None]] = Counter()
    for plan, template, start, due in listed:
        counts[lines[template], start, due] += sum(
            span.plan.id == plan and span.counts(day_of(due)) for span in spans
        )
    return counts


def _done(
    template: Template, sheets: Sequence[SubmittedSheet], task: ServiceTask
) -> Performed | None:
    """When all rounds of one of the task's days were submitted, and by which sheet."""
    days: dict[date, list[tuple[date, str]]] = {}
    for sheet in sheets:
        if is_for(template, sheet.day, task):
            days.setdefault(sheet.day, []).append((sheet.done, sheet.id))
    whole = [max(some) for some in days.values() if len(some) >= template.most_rounds()]
    return Performed(*min(whole)) if whole else None
