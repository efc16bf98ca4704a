"""Task generation: a year of tasks from the service terms of a plan, on the working calendar.

Generating again brings the tasks up to the terms: new ones are added, those of periods that no
term has any more are voided, changed terms are followed. What a person has moved or changed since,
tasks that were written by hand, and what lies before today once a version was approved, stay as
they are. Two devices that generate at once make the same tasks. Clause: 4.2.1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from models.book.rows.child_rows import rows_of
from models.calendar.business_dates import day_of
from models.calendar.working_calendar import Calendar
from models.records.preparation.plans.plan_periods import period_of
from models.records.preparation.plans.service_plan import ServicePlan
from models.records.preparation.plans.service_task import ServiceTask
from models.records.preparation.plans.service_term import ServiceTerm
from models.records.preparation.plans.term_days import days_of
from models.records.registers import calendar_years
from models.storage import rows
from models.text.words import Refused, W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

MOST = 4000
"""Tasks of one plan; more are the work of a checklist template, not of a plan."""
TAKEN = ("what", "site", "equipment_class", "template", "doer", "milestone")
"""What a task has from its term, besides its days."""
DAYS = ("start", "due")
NOTED = (*TAKEN, "frequency", "weekday", "first_due")
NO_TERMS = W(
    "{number} 还没有服务条款。请先添加（n），再生成任务。",
    "{number} has no service terms yet. Add them first (n), then generate the tasks.",
)
TOO_MANY = W(
    "{number} 的条款会生成 {count} 项任务，最多 {most} 项。"
    "每天的检查请用检查模板安排，不必写进计划。",
    "The terms of {number} come to {count} tasks; {most} is the most. Leave what is done every day"
    " to checklist templates.",
)
DROPPED = W("服务条款中已没有这一期", "its term has no such period any more")


class WantedTask(NamedTuple):
    """A task as the terms ask for it."""

    code: str
    values: dict[str, Any]


def generate(book: Book, plan: ServicePlan) -> None:
    """Bring the tasks of a plan up to its terms. Raises `Refused` without terms, or for
    too many."""
    terms = _terms(book, plan)
    if not terms:
        raise Refused(NO_TERMS, number=plan.number)
    calendar, span = calendar_years.calendar(book), period_of(plan)
    wanted = {one.code: one for term in terms for one in _wanted(term, span, calendar)}
    if len(wanted) > MOST:
        raise Refused(TOO_MANY, number=plan.number, count=len(wanted), most=MOST)
    since = book.today.isoformat() if plan.follows else ""
    there = {str(task.code): task for task in _tasks(book, plan)}
    before = _before(book, plan, terms, calendar)
    for code, one in wanted.items():
        known = there.get(code)
        if known is None:
            if str(one.values["due"]) >= since:
                book.add("service_task", {"plan": plan.id, "code": code, **one.values})
        elif (known.due or "") >= since:
            _follow(book, known, one, before.get(code, ()))
    for code, task in there.items():
        if "/" in code and code not in wanted and task.void is None and (task.due or "") >= since:
            book.void(task.id, say(DROPPED))
    for term in terms:
        noted = _noted(term)
        if term.generated != noted:
            book.edit(term.id, {"generated": noted})


def _follow(
    book: Book, task: ServiceTask, wanted: WantedTask, before: Sequence[Mapping[str, Any]]
) -> None:
    """Write what the term changed; what differs from what it said before was changed by a person.

    A task that was voided because its period was dropped comes back; one that a person took out
    does not.
    """
    if task.void is not None:
        if task.void not in (DROPPED.zh, DROPPED.en):
            return
        book.restore(task.id)
    now = {name: getattr(task, name) for name in wanted.values}
    moved = all(_days(now) != _days(values) for values in before)
    changed = {
        name: value
        for name, value in wanted.values.items()
        if value != now[name] and not (moved if name in DAYS else _touched(now[name], name, before))
    }
    if changed.keys() & DAYS:
        changed |= {name: wanted.values[name] for name in DAYS}  # they are one register
    if changed:
        book.edit(task.id, changed)


def _days(values: Mapping[str, Any]) -> tuple[Any, Any]:
    return values.get("start"), values.get("due")


def _touched(value: Any, name: str, before: Sequence[Mapping[str, Any]]) -> bool:
    return all(values.get(name) != value for values in before)


def _wanted(term: ServiceTerm, span: tuple[date, date], calendar: Calendar) -> list[WantedTask]:
    """The tasks of a term."""
    taken = {name: getattr(term, name) for name in TAKEN}
    return [
        WantedTask(
            f"{term.code or term.number}/{one.period}",
            {**taken, "start": one.start.isoformat(), "due": one.due.isoformat()},
        )
        for one in days_of(term, *span, calendar)
    ]


def _before(
    book: Book, plan: ServicePlan, terms: Sequence[ServiceTerm], calendar: Calendar
) -> dict[str, list[dict[str, Any]]]:
    """Code of a task -> what its term said of it before: when it was generated last, here or in the
    version before, by the calendar of now and by that of a year not announced yet.
    """
    earlier = rows.one(book.store, ServicePlan, plan.follows or "")
    known = {str(one.code): one for one in (_terms(book, earlier) if earlier is not None else ())}
    found: dict[str, list[dict[str, Any]]] = {}
    spans = {period_of(one) for one in (plan, earlier) if one is not None}
    calendars = (calendar, Calendar(zone=calendar.zone)) if calendar.imported else (calendar,)
    for term in terms:
        for said in (_as_noted(term), known.get(str(term.code))):
            if said is None:
                continue
            for span in spans:
                for of in calendars:
                    for one in _wanted(said, span, of):
                        found.setdefault(one.code, []).append(one.values)
    return found


def _noted(term: ServiceTerm) -> str:
    """What a term says, as it is noted when its tasks are generated."""
    said = {name: getattr(term, name) for name in NOTED if getattr(term, name) is not None}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _as_noted(term: ServiceTerm) -> ServiceTerm | None:
    """A term as it was when its tasks were generated last."""
    try:
        said = json.loads(term.generated or "")
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    then = {name: said.get(name) for name in NOTED}
    return ServiceTerm(id=term.id, number=term.number, code=term.code, **then)


def _terms(book: Book, plan: ServicePlan) -> list[ServiceTerm]:
    found = cast("list[ServiceTerm]", rows_of(book.store, plan, ServiceTerm))
    return [one for one in found if one.void is None]


def _tasks(book: Book, plan: ServicePlan) -> list[ServiceTask]:
    return cast("list[ServiceTask]", rows_of(book.store, plan, ServiceTask))


def tasks_of(store: Store, plan: ServicePlan) -> list[ServiceTask]:
    """The tasks in use of a version, in the order of their days."""
    found = cast("list[ServiceTask]", rows_of(store, plan, ServiceTask))
    return [one for one in found if one.void is None]


def provisional(plan: ServicePlan, calendar: Calendar) -> list[int]:
    """The years of a plan whose working calendar is not announced yet."""
    first, last = day_of(plan.period_from), day_of(plan.period_to)
    if first is None or last is None or last < first:
        return []
    return [year for year in range(first.year, last.year + 1) if not calendar.known(year)]
