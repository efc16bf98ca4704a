"""Rules of the plans: what is submitted is complete and within the contract; what approval does.

An area that has a reason to hold an approval back registers in its rules
`before_move("service_plan", "approve")`, which raises `Refused`. Clause: 4.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from models.book.rows.child_rows import rows_of
from models.book.rules import after_move, before_move, given
from models.calendar.business_dates import day_of
from models.records.preparation.plans import plan_milestones, task_generation
from models.records.preparation.plans.milestone_plan import MilestonePlan
from models.records.preparation.plans.plan_periods import period_of, require_within_service
from models.records.preparation.plans.service_plan import ServicePlan
from models.records.preparation.plans.service_task import ServiceTask
from models.schema.record import Record
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

PLANS = ("milestone_plan", "service_plan")
OWN_REASON = ("cause", "impact")
NAMED = 3
"""Rows that a sentence names; the others are counted."""
UNDATED = W(
    "{number} 有 {count} 行没有填完整（{fields}）：{rows}。请补上再提交。",
    "{number} has {count} rows that are not complete ({fields}): {rows}. Complete them first.",
)
BEYOND = W(
    "{number} 有 {count} 项任务不在计划期间 {first} 至 {last} 内：{rows}。请改期限或计划期间。",
    "{count} tasks of {number} are outside its period {first} to {last}: {rows}. Change their days"
    " or the period.",
)
OTHER_PROJECT = W(
    "{number} 属于别的项目。请选择本项目的{type}。",
    "{number} is of another project. Choose a {type} of this project.",
)


@given(*PLANS)
def own_reason(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """A change says its own cause and impact; the copy of a version does not bring those along."""
    id = values.get("follows")
    before = book.find(str(id)) if id else None
    if before is None:
        return {}
    same = [n for n in OWN_REASON if values.get(n) and values[n] == getattr(before, n, None)]
    return dict.fromkeys(same)


def own_code(
    type: str,
    book: Book,
    values: Mapping[str, Any],
    project: str | None,  # noqa: ARG001
) -> dict[str, Any]:
    """A row without a code gets one that no other device gives."""
    return {} if values.get("code") else {"code": next_code(book, type)}


for _type in ("service_term", "service_task"):
    given(_type)(partial(own_code, _type))


def next_code(book: Book, type: str) -> str:
    """The next code of this device: its tag, a letter, and a number above all that it gave."""
    mark = f"{book.people.tag_of(book.change_log.device)}-{'S' if type == 'service_term' else 'T'}"
    sql = f'SELECT max(CAST(substr(code, ?) AS INTEGER)) FROM "{type}" WHERE code GLOB ?'
    found = book.store.row(sql, (len(mark) + 1, f"{mark}[0-9]*"))
    return f"{mark}{(found[0] if found is not None and found[0] else 0) + 1}"


@before_move("milestone_plan", "submit")
def milestones_complete(book: Book, plan: MilestonePlan) -> None:
    """A milestone plan lies within the service period, and each milestone has its day."""
    require_within_service(book.store, plan)
    _require(plan, plan_milestones.planned(book.store, plan), "due")


@before_move("service_plan", "submit")
def tasks_complete(book: Book, plan: ServicePlan) -> None:
    """A detailed plan lies within the service period; each task has a day in it and a person."""
    require_within_service(book.store, plan)
    found = [row for row in rows_of(book.store, plan, ServiceTask) if row.void is None]
    _require(plan, found, "due", "doer")
    first, last = period_of(plan)
    outside = [
        row
        for row in cast("list[ServiceTask]", found)
        if not first <= (day_of(row.due) or first) <= last
    ]
    if outside:
        said = {"first": first.isoformat(), "last": last.isoformat()}
        raise Refused(BEYOND, number=plan.number, count=len(outside), rows=_named(outside), **said)


def _require(plan: Record, found: list[Any], *names: str) -> None:
    lacking = plan_milestones.without_days(found, *names)
    if lacking:
        specs = type(lacking[0]).specs()
        fields = several(specs[name].label for name in names)
        raise Refused(
            UNDATED, number=plan.number, count=len(lacking), fields=fields, rows=_named(lacking)
        )


def _named(found: list[Any]) -> str:
    return several(row.title() for row in found[:NAMED])


@after_move("service_plan", "generate")
def tasks_generated(book: Book, plan: ServicePlan) -> None:
    """The tasks are those of the service terms."""
    task_generation.generate(book, plan)


@after_move("milestone_plan", "approve")
def milestones_follow(book: Book, plan: MilestonePlan) -> None:
    """The project's milestones are as the approved plan says."""
    plan_milestones.bring_up(book, plan)
