"""Service plans: plans of both levels with their rows, taken through their approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.calendar.business_dates import instant
from models.derived.revision_copy import new_revision
from models.records.preparation.plans.milestone_plan import MilestonePlan
from models.records.preparation.plans.plan_milestone import PlanMilestone
from models.records.preparation.plans.service_plan import ServicePlan
from models.records.preparation.plans.service_task import ServiceTask
from models.records.preparation.plans.service_term import ServiceTerm

YEAR = {
    "name": "2026 年度运维实施计划",
    "period_from": "2026-01-01",
    "period_to": "2026-12-31",
    "scope": "机房与传输设备的巡检、保养和季度报告",
    "basis": "维保合同第 4 条及附件二；双方里程碑计划",
}
MILESTONES = {
    "name": "2026 年度里程碑计划",
    "period_from": "2026-01-01",
    "period_to": "2026-12-31",
    "basis": "维保合同第 6 条付款条款",
}
REASON = {"cause": "客户机房搬迁", "impact": "二季度巡检顺延一周，第二期收款随之顺延"}


def noon(day: str | date) -> float:
    """Noon of a business day, in seconds, for a clock."""
    return instant(date.fromisoformat(str(day)), 12 * 60) / 1000


def plan_of(
    book: Book, project: str, terms: Iterable[Mapping[str, Any]] = (), **values: Any
) -> ServicePlan:
    """A draft of a detailed plan with these terms; who is not named is the writer."""
    plan = book.add("service_plan", {**YEAR, **values}, project=project)
    for at, one in enumerate(terms, 1):
        book.add("service_term", {"plan": plan.id, "position": at, "doer": book.me, **one})
    return cast(ServicePlan, plan)


def term(what: str = "机房巡检", frequency: str = "monthly", **values: Any) -> dict[str, Any]:
    """What a term says."""
    return {"what": what, "frequency": frequency, **values}


def task(book: Book, plan: str, what: str, due: str | None, **values: Any) -> ServiceTask:
    """A task written by hand."""
    given = {"plan": plan, "what": what, "due": due, "doer": book.me, **values}
    return cast(ServiceTask, book.add("service_task", given))


def tasks(book: Book, plan: str) -> list[ServiceTask]:
    """The tasks in use of a version, in order."""
    found = rows_of(book.store, book.get(plan), ServiceTask)
    return [one for one in cast("list[ServiceTask]", found) if one.void is None]


def terms(book: Book, plan: str) -> list[ServiceTerm]:
    """The terms in use of a version."""
    found = rows_of(book.store, book.get(plan), ServiceTerm)
    return [one for one in cast("list[ServiceTerm]", found) if one.void is None]


def dues(book: Book, plan: str) -> list[str | None]:
    """The due days of a version's tasks."""
    return [one.due for one in tasks(book, plan)]


def approved(team: Book, head: Book, plan: str) -> ServicePlan:
    """A plan, submitted by the team and approved by the department manager."""
    team.move(plan, "submit")
    return cast(ServicePlan, head.move(plan, "approve"))


def changed(book: Book, plan: str) -> ServicePlan:
    """The draft of a change, with its cause and impact."""
    made = new_revision(book, book.get(plan))
    return cast(ServicePlan, book.edit(made.id, REASON))


def milestone_plan(book: Book, project: str, **values: Any) -> MilestonePlan:
    """A draft of a milestone plan with two milestones."""
    plan = book.add("milestone_plan", {**MILESTONES, **values}, project=project)
    for at, (name, due, amount) in enumerate(
        (("半年验收", "2026-06-30", "CNY 200000"), ("年度验收", "2026-12-25", "CNY 300000")), 1
    ):
        given = {
            **{"plan": plan.id, "position": at, "name": name, "due": due},
            **{"deliverable": f"{name}报告", "payment": f"第 {at} 期", "amount": amount},
        }
        book.add("plan_milestone", given)
    return cast(MilestonePlan, plan)


def planned_milestones(book: Book, plan: str) -> list[PlanMilestone]:
    """The rows in use of a milestone plan."""
    found = rows_of(book.store, book.get(plan), PlanMilestone)
    return [one for one in cast("list[PlanMilestone]", found) if one.void is None]
